#include "server/commands/pupil_client.hpp"

#include <array>
#include <numeric>

#include "server/commands/simulated_hand.hpp"
#include "server/practice/recovery.hpp"
#include "server/protocol/codec.hpp"

namespace trede::commands {

using content::Answer;
using protocol::StepJudged;

Result<KnownStep> know(const practice::BankPointer& bank, const conversation::StepSeal& seal,
                       const protocol::Step& step) {
  const auto named = seal.opened(step.id);
  if (!named) return Error{ErrorCode::NotFound, "the step is of another school"};
  auto drawn = practice::lost_step(named->name, bank);
  if (drawn.has_error()) return drawn.error();
  if (drawn->choice.kind != "exercise") return Error{ErrorCode::Invalid, "the step is no exercise"};
  const auto place = static_cast<std::size_t>(drawn->index);
  return KnownStep{&bank->items[place], &bank->catalogue.items[place], std::move(drawn->instance)};
}

Answer answer_to(const KnownStep& known, bool right, Random& random) {
  return simulated_answer(*known.item, known.instance, content::Language::Nl, right, random);
}

Answer guess_at(const protocol::Step& step, Random& random) {
  const content::AnswerForm& form = step.exercise->form;
  const int options = static_cast<int>(form.options.size());
  if (form.type == "number") return {std::to_string(1 + random.below(40)), std::nullopt};
  if (form.type == "fraction") return {std::to_string(1 + random.below(6)) + "/7", std::nullopt};
  if (form.type == "mixed") return {"1 " + std::to_string(1 + random.below(6)) + "/7", std::nullopt};
  if (options == 0) return {"weet ik niet", std::nullopt};
  if (form.type != "ordering") return {std::nullopt, std::vector<int>{random.below(options)}};
  std::vector<int> order(static_cast<std::size_t>(options));
  std::iota(order.begin(), order.end(), 0);
  return {std::nullopt, order};
}

namespace {

ErrorCode code_of(std::string_view word) {
  constexpr std::array codes = {ErrorCode::Invalid,  ErrorCode::NotFound, ErrorCode::Forbidden,
                                ErrorCode::Conflict, ErrorCode::TooLarge, ErrorCode::TooMany};
  for (const ErrorCode code : codes)
    if (protocol::word(code) == word) return code;
  return ErrorCode::Unavailable;
}

// The reply that a message asked for, or the server's refusal.
template <class Reply>
Result<Reply> read_reply(std::string_view text) {
  const auto json = protocol::parse_json(text);
  if (json.has_error()) return json.error();
  std::optional<Reply> found;
  std::optional<Error> refused;
  using Expected = boost::mp11::mp_list<Reply, protocol::Refused>;
  const auto read = protocol::dispatch<Expected>(*json, [&](auto reply) {
    if constexpr (std::is_same_v<decltype(reply), protocol::Refused>)
      refused = Error{code_of(reply.code), reply.detail};
    else
      found = std::move(reply);
  });
  if (read.has_error()) return read.error();
  if (refused) return *refused;
  return std::move(*found);
}

}  // namespace

template <class Reply, class Message>
Result<Reply> PupilClient::talk(const Message& message) {
  const auto sent = socket_->send(protocol::encode(message));
  if (sent.has_error()) return sent.error();
  const auto text = socket_->receive();
  if (text.has_error()) return text.error();
  return read_reply<Reply>(*text);
}

std::string PupilClient::next_request() {
  return "simulated-" + std::to_string(++requests_);
}

Result<PupilClient> PupilClient::open(const ServerAddress& address, const protocol::SignIn& who) {
  auto socket = WebSocketClient::open(address, who);
  if (socket.has_error()) return socket.error();
  PupilClient client(std::move(*socket));
  auto welcome = client.talk<protocol::PupilWelcome>(
      protocol::PupilHello{client.next_request(), content::Language::Nl, 0});
  if (welcome.has_error()) return welcome.error();
  client.step_ = std::move(welcome->step);
  return client;
}

Result<StepJudged> PupilClient::go_on(Result<StepJudged> judged) {
  if (judged.has_value()) step_ = judged->next;
  return judged;
}

Result<StepJudged> PupilClient::answer(Answer answer, std::int64_t elapsed_ms) {
  return go_on(talk<StepJudged>(
      protocol::SubmitAnswer{next_request(), step_.number, step_.id, std::move(answer), elapsed_ms}));
}

Result<StepJudged> PupilClient::finish_video(double watched, std::int64_t elapsed_ms) {
  return go_on(
      talk<StepJudged>(protocol::FinishVideo{next_request(), step_.number, step_.id, watched, elapsed_ms}));
}

Result<void> PupilClient::report_video(double position_s, double watched) {
  const auto noted =
      talk<protocol::Noted>(protocol::ReportVideo{next_request(), step_.video->id, position_s, watched});
  if (noted.has_error()) return noted.error();
  return {};
}

Result<void> PupilClient::ask(double at_s, std::string_view text) {
  const auto noted =
      talk<protocol::Noted>(protocol::AskQuestion{next_request(), step_.video->id, at_s, std::string(text)});
  if (noted.has_error()) return noted.error();
  return {};
}

}  // namespace trede::commands
