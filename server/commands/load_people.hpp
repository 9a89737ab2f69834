// The people of `trede load`, as state machines that one thread drives: pupils who answer, teachers who watch. They
// guess: a load is not about learning, and who guesses needs to know nothing of the bank.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <unordered_map>

#include "engine/random.hpp"
#include "server/commands/load_socket.hpp"
#include "server/protocol/messages.hpp"

namespace trede::commands {

using LoadTime = std::chrono::steady_clock::time_point;

// What all people of one run write into.
struct LoadTally {
  std::vector<double> connect_ms, reply_ms, push_ms;
  std::int64_t videos = 0;
  std::int64_t pushes = 0;
  std::int64_t errors = 0;
  std::string first_error;
  std::int64_t open = 0;   // sockets
  std::int64_t ready = 0;  // pupils with a step, teachers with a class
  std::int64_t gone = 0;   // pupils who say no more
  bool measuring = false;

  void error(const std::string& what) {
    if (errors++ == 0) first_error = what;
  }
};

// When a pupil saw an answer acknowledged, until a teacher's page shows it.
class PushTimes {
 public:
  explicit PushTimes(LoadTally& tally) : tally_(tally) {}
  void acknowledged(const std::string& pupil, std::int64_t answers, LoadTime now);
  void shown(const std::string& pupil, std::int64_t answers, LoadTime now);

 private:
  struct Answers {
    std::int64_t shown = 0;
    std::deque<std::pair<std::int64_t, LoadTime>> acknowledged;  // not yet shown
  };
  LoadTally& tally_;
  std::unordered_map<std::string, Answers> pupils_;
};

class LoadPupil {
 public:
  LoadPupil(boost::asio::io_context& context, LoadTally& tally, PushTimes* pushes, int number);

  void open(const ServerAddress& address, const std::string& source, const std::string& cookie);

  // An answer is due: it goes out when the reply before is there and the server lets a connection say more.
  void answer_due(LoadTime due);
  void refill(double messages);  // what may be said more
  void close() { socket_.close(); }

  bool may_answer() const { return state_ == State::Waiting && due_.empty() && allowance_ >= 1; }
  bool without_step() const { return without_step_; }
  std::int64_t unanswered() const {
    return static_cast<std::int64_t>(due_.size()) + (state_ == State::Answering ? 1 : 0);
  }

 private:
  enum class State { Connecting, Waiting, Answering, Gone };

  void receive(std::string_view text);
  void take(protocol::Step step);
  void answer_next();
  void leave(const std::string& reason);

  LoadTally& tally_;
  PushTimes* pushes_;
  std::string name_;
  Random random_;
  LoadSocket socket_;
  State state_ = State::Connecting;
  LoadTime began_{};
  LoadTime asked_{};  // when the answer under way was due
  std::deque<LoadTime> due_;
  double allowance_;
  protocol::Step step_;
  std::int64_t requests_ = 0;
  bool without_step_ = false;
};

class LoadTeacher {
 public:
  LoadTeacher(boost::asio::io_context& context, LoadTally& tally, PushTimes& pushes);
  void open(const ServerAddress& address, const std::string& source, const std::string& cookie);
  void close() { socket_.close(); }

 private:
  void receive(std::string_view text);

  LoadTally& tally_;
  PushTimes& pushes_;
  LoadSocket socket_;
};

}  // namespace trede::commands
