// A simulated child behind a real connection: thinks as long as a child does, answers, reads the feedback,
// watches videos and sometimes asks something. Comes back when the server was away. run() takes a thread of
// its own; what it does is counted in Deeds, which any thread may read.
#pragma once

#include <atomic>
#include <memory>
#include <stop_token>
#include <string>

#include "engine/lab/simulated_pupil.hpp"
#include "server/commands/pupil_client.hpp"

namespace trede::commands {

// Of all live pupils together.
struct Deeds {
  std::atomic<int> present{0};
  std::atomic<std::int64_t> answers{0}, right{0}, videos{0}, questions{0};
  std::atomic<bool> away_told{false};  // one line says for all that the server is away
};

class LivePupil {
 public:
  // pace: how many times as fast as a child. seal: of the school, so that the child knows what is asked.
  LivePupil(ServerAddress address, std::string name, lab::SimulatedPupil child, double pace,
            practice::BankPointer bank, const conversation::StepSeal& seal, std::uint64_t seed, Deeds& deeds);

  void run(std::stop_token stop);

 private:
  Result<void> practise(PupilClient& client);
  Result<void> do_exercise(PupilClient& client);
  Result<void> watch_video(PupilClient& client);
  Result<void> live_on(PupilClient& client, double seconds);
  void wait_for_server(double seconds);

  ServerAddress address_;
  protocol::SignIn who_;
  lab::SimulatedPupil child_;
  double pace_;
  practice::BankPointer bank_;
  const conversation::StepSeal& seal_;
  Random random_;
  Deeds& deeds_;
  std::stop_token stop_;
};

}  // namespace trede::commands
