// A school for tests of practice: real journal, real bank, the services on one loop or several; only the clock
// is the test's. One thread.
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

struct PracticeOptions {
  std::size_t loops = 1;
  PublicationRule publication = {1'000'000, 365LL * 86'400'000};  // not by itself
  std::filesystem::path starter = TREDE_SOURCE_DIR "/tests/content/bank";
  std::size_t more_pupils = 0;  // in "Groep 7", after Daan
};

class PracticeSchool {
 public:
  // Class "Groep 7" with pupils Noor, Sem and Amira and one teacher, class "Groep 7b" with pupil Daan.
  explicit PracticeSchool(PracticeOptions options = {});
  ~PracticeSchool();

  void close();           // as a stop of the program
  Result<void> reopen();  // replays the journal

  template <class T>
  T run(net::awaitable<T> coroutine) {
    return run_on(shard(), std::move(coroutine));
  }
  template <class T>
  T run_on(Shard& shard, net::awaitable<T> coroutine) {
    return boost::asio::co_spawn(shard.loop(), std::move(coroutine), boost::asio::use_future).get();
  }

  PracticeService& service() { return running_->practice(); }
  Shard& shard() { return *running_->school().shards.front(); }
  Shard& shard_of(std::size_t pupil);
  conversation::RunningSchool& running() { return *running_; }
  std::filesystem::path database() const { return folder_.path() / "data" / "school.db"; }
  PupilState& pupil(std::size_t index) { return *shard_of(index).pupil(pupils[index]); }

  protocol::PupilWelcome hello(std::size_t pupil, std::int64_t last_number = 0);
  // The message that answers the step on the pupil's screen, right or wrong.
  protocol::SubmitAnswer answer_to_pending(std::size_t pupil, bool right);
  // Does whatever step is on the screen; videos are watched to the end.
  protocol::StepJudged do_step(std::size_t pupil, bool right);
  void skip_placement(std::size_t pupil);
  // An open page of the pupil: what it is told without asking, frame by frame.
  void listen(std::size_t pupil, std::vector<std::string>& heard);
  std::vector<store::Event> events() const;
  std::vector<std::string> items_of(const std::string& topic);  // ids; of all topics when empty
  // As an author changes an item's status; returns when the pupils' loop has that bank.
  protocol::DocumentPublished publish_status(const std::string& item, const std::string& status);
  // The bank becomes this; returns when the pupils' loop has it.
  void publish(const content::Source& source);

  std::atomic<Milliseconds> now_ms{test_start_ms};
  ClassId class_id;
  AccountId teacher;
  std::vector<PupilId> pupils;

 private:
  void add_people();
  void wait_for_bank(std::int64_t version);

  PracticeOptions options_;
  testing::TemporaryFolder folder_;
  std::optional<store::DataFolder> data_;
  std::unique_ptr<net::Loops> loops_;
  std::unique_ptr<conversation::RunningSchool> running_;
};

}  // namespace trede::practice
