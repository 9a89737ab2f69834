// What a pupil's page says to the server, for simulated pupils: one step after another through a real
// WebSocket. Blocking; one thread uses a client. KnownStep is how such a pupil knows what a right answer is: with the
// server's key the step's id names item and seed, and the same bank draws the same exercise again. Pure; any thread.
#pragma once

#include "content/item_bank.hpp"
#include "engine/random.hpp"
#include "server/commands/websocket_client.hpp"
#include "server/conversation/step_seal.hpp"
#include "server/practice/model.hpp"

namespace trede::commands {

// An exercise as the bank at hand draws it; not found when the server practises with another one.
struct KnownStep {
  const content::Item* item = nullptr;
  const CatalogueItem* in_catalogue = nullptr;
  content::Instance instance;
};
Result<KnownStep> know(const practice::BankPointer& bank, const conversation::StepSeal& seal,
                       const protocol::Step& step);

// The right or a plausible wrong answer to a known step.
content::Answer answer_to(const KnownStep& known, bool right, Random& random);
// What somebody types who has no idea. Precondition: the step is an exercise.
content::Answer guess_at(const protocol::Step& step, Random& random);

class PupilClient {
 public:
  // Signs in, connects and says hello.
  static Result<PupilClient> open(const ServerAddress& address, const protocol::SignIn& who);

  const protocol::Step& step() const { return step_; }  // what is on the pupil's screen

  // These go on to the next step. The server's refusals come back as errors.
  Result<protocol::StepJudged> answer(content::Answer answer, std::int64_t elapsed_ms);
  Result<protocol::StepJudged> finish_video(double watched, std::int64_t elapsed_ms);

  Result<void> report_video(double position_s, double watched);
  Result<void> ask(double at_s, std::string_view text);
  Result<void> pause(WebSocketClient::Duration duration) { return socket_->pause(duration); }

 private:
  explicit PupilClient(std::unique_ptr<WebSocketClient> socket) : socket_(std::move(socket)) {}
  template <class Reply, class Message>
  Result<Reply> talk(const Message& message);
  Result<protocol::StepJudged> go_on(Result<protocol::StepJudged> judged);
  std::string next_request();

  std::unique_ptr<WebSocketClient> socket_;
  protocol::Step step_;
  std::int64_t requests_ = 0;
};

}  // namespace trede::commands
