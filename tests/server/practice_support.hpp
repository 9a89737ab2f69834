// A school for tests of practice: real journal, real bank, the services on one loop; only the clock is the
// test's. One thread.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <future>
#include <memory>

#include "content/draw.hpp"
#include "server/conversation/running_school.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::practice {

inline constexpr Milliseconds test_start_ms = 1'800'000'000'000;

class PracticeSchool {
 public:
  PracticeSchool();  // class "Groep 7" with pupils Noor, Sem and Amira and one teacher
  ~PracticeSchool();

  void close();           // as a stop of the program
  Result<void> reopen();  // replays the journal

  template <class T>
  T run(net::awaitable<T> coroutine) {
    return boost::asio::co_spawn(loops_->executor(0), std::move(coroutine), boost::asio::use_future).get();
  }

  PracticeService& service() { return running_->practice(); }
  Shard& shard() { return *running_->school().shards.front(); }
  conversation::RunningSchool& running() { return *running_; }
  std::filesystem::path database() const { return folder_.path() / "data" / "school.db"; }
  PupilState& pupil(std::size_t index) { return *shard().pupil(pupils[index]); }

  protocol::PupilWelcome hello(std::size_t pupil, std::int64_t last_number = 0);
  // The message that answers the step on the pupil's screen, right or wrong.
  protocol::SubmitAnswer answer_to_pending(std::size_t pupil, bool right);
  // Does whatever step is on the screen; videos are watched to the end.
  protocol::StepJudged do_step(std::size_t pupil, bool right);
  std::vector<store::Event> events() const;

  std::atomic<Milliseconds> now_ms{test_start_ms};
  ClassId class_id;
  AccountId teacher;
  std::vector<PupilId> pupils;

 private:
  void add_people();

  testing::TemporaryFolder folder_;
  std::optional<store::DataFolder> data_;
  std::unique_ptr<net::Loops> loops_;
  std::unique_ptr<conversation::RunningSchool> running_;
};

}  // namespace trede::practice
