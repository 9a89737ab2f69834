// Snapshots: a start from one is the start from the whole journal, and one that does not fit is not used.
#include "server/practice/snapshot.hpp"

#include <fstream>
#include <iterator>
#include <thread>

#include "server/conversation/school_snapshot.hpp"
#include "server/practice/recall.hpp"
#include "server/store/whole_file.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

// What the journal of a stopped school says, with or without its snapshot.
struct Recollection {
  explicit Recollection(const fs::path& file)
      : database(*store::Database::open(file, store::Database::Mode::ReadOnly)),
        shelf(*database),
        bank(*shelf.at(*store::newest_bank(*database))),
        owned(conversation::shards_of(loops, **accounts::Directory::load(*database), bank)),
        learner({1'000'000, 0}, bank) {
    auto recalling = recall(file, *database, shelf, shards(), learner, test_start_ms);
    REQUIRE(recalling.has_value());
    recalled = std::move(*recalling);
  }

  std::vector<Shard*> shards() const { return conversation::pointers_to(owned); }
  void save(const fs::path& file) const {
    REQUIRE(save_snapshot(file, *database, shards(), learner, recalled.replayed).has_value());
  }

  net::Loops loops{1};
  std::unique_ptr<store::Database> database;
  store::BankShelf shelf;
  BankPointer bank;
  conversation::Shards owned;
  Learner learner;
  Recalled recalled;
};

void live(PracticeSchool& school, int steps, std::uint64_t seed) {
  Random random(seed);
  for (std::size_t pupil = 0; pupil < 3; ++pupil) school.hello(pupil);
  for (int i = 0; i < steps; ++i) {
    if (i % 20 == 19) school.now_ms += 86'400'000;
    school.do_step(static_cast<std::size_t>(random.below(3)), random.uniform() < 0.7);
  }
}

// Something of every kind that is remembered beside beliefs.
void plan_and_steer(PracticeSchool& school) {
  const std::string topic = school.shard().bank()->topics.front().id;
  const std::string date = date_of(school.now_ms + 3 * 86'400'000);
  auto& service = school.service();
  for (int i = 0; i < 2; ++i) {
    const auto planned = school.run(
        service.plan_lesson(school.shard(), school.teacher, {"r", school.class_id.value, topic, date}));
    REQUIRE(planned.has_value());
    if (i == 1)
      REQUIRE(school.run(service.cancel_lesson(school.shard(), school.teacher, school.class_id, planned->id))
                  .has_value());
  }
  protocol::Steering steering;
  steering.blocked_items = {school.shard().bank()->items.back().id};
  REQUIRE(school.run(service.steer(school.shard(), school.teacher, school.class_id, std::nullopt, steering))
              .has_value());
  const std::string video = school.shard().bank()->videos.front().id;
  REQUIRE(school.run(service.ask_question(school.shard(), school.pupils[0], {"q", video, 3.0, "Waarom?"}))
              .has_value());
  REQUIRE(school.run(service.report_video(school.shard(), school.pupils[1], {"v", video, 12.0, 0.4}))
              .has_value());
}

void snapshot(const PracticeSchool& school) {
  REQUIRE(conversation::snapshot_school(school.database(), test_start_ms).has_value());
}

// The same bytes: every member of every pupil, class and parameter.
void check_same_without(const PracticeSchool& school) {
  const fs::path file = snapshot_of(school.database());
  const fs::path with = school.database().parent_path() / "with",
                 without = school.database().parent_path() / "without";
  {
    const Recollection from_snapshot(school.database());
    CHECK(from_snapshot.recalled.snapshot > 0);
    from_snapshot.save(with);
  }
  fs::remove(file);
  const Recollection from_all(school.database());
  CHECK(from_all.recalled.snapshot == 0);
  from_all.save(without);
  CHECK(bytes_of(with) == bytes_of(without));
}

void check_thrown_away(PracticeSchool& school) {
  const Recollection recollection(school.database());
  CHECK(recollection.recalled.snapshot == 0);
  CHECK_FALSE(fs::exists(snapshot_of(school.database())));
}

}  // namespace

TEST_CASE("snapshot: a start from it knows all that the whole journal says") {
  PracticeSchool school({.publication = {25, 365LL * 86'400'000}});
  live(school, 30, 1);
  plan_and_steer(school);
  live(school, 30, 2);
  school.close();
  snapshot(school);
  REQUIRE(school.reopen().has_value());
  CHECK(school.running().snapshot() == school.running().replayed().last);
  live(school, 30, 3);
  school.close();
  REQUIRE(school.reopen().has_value());
  CHECK(school.running().snapshot() > 0);
  CHECK(school.running().snapshot() < school.running().replayed().last);
  school.close();
  check_same_without(school);
}

TEST_CASE("snapshot: one after the other, each made from the one before") {
  PracticeSchool school({.publication = {10, 365LL * 86'400'000}});
  for (std::uint64_t round = 1; round <= 4; ++round) {
    live(school, 12, round);
    school.close();
    snapshot(school);
    REQUIRE(school.reopen().has_value());
  }
  plan_and_steer(school);
  school.close();
  check_same_without(school);
}

TEST_CASE("snapshot: who came to the class afterwards is known as the whole journal has it") {
  PracticeSchool school;
  live(school, 5, 1);
  plan_and_steer(school);
  school.close();
  snapshot(school);
  {
    auto database = store::Database::open(school.database(), store::Database::Mode::ReadWrite);
    REQUIRE(database.has_value());
    (*database)->execute(
        "INSERT INTO account (school, role, name, secret) SELECT school, 'pupil', 'Yara', 'no hash' FROM "
        "class "
        "LIMIT 1; INSERT INTO enrolment VALUES (" +
        std::to_string(school.class_id.value) + ", last_insert_rowid())");
  }
  check_same_without(school);
}

TEST_CASE("snapshot: one that was damaged, or is of another journal or another class list, is thrown away") {
  PracticeSchool school;
  live(school, 8, 1);
  school.close();
  snapshot(school);
  const fs::path file = snapshot_of(school.database());
  const std::string good = bytes_of(file);
  Random random(4);
  for (int i = 0; i < 10; ++i) {
    std::string bad = good;
    bad[static_cast<std::size_t>(random.below(static_cast<int>(bad.size())))] ^= 0x10;
    write(file, bad);
    check_thrown_away(school);
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{31}, good.size() / 2, good.size() - 1}) {
    write(file, good.substr(0, size));
    check_thrown_away(school);
  }
  write(file, good);
  REQUIRE(Recollection(school.database()).recalled.snapshot > 0);

  PracticeSchool other;
  live(other, 9, 2);
  other.close();
  write(snapshot_of(other.database()), good);
  check_thrown_away(other);

  auto database = store::Database::open(school.database(), store::Database::Mode::ReadWrite);
  REQUIRE(database.has_value());
  (*database)->execute("UPDATE enrolment SET class = (SELECT MAX(id) FROM class) WHERE account = " +
                       std::to_string(school.pupils[0].value));
  database->reset();
  check_thrown_away(school);
}

TEST_CASE("snapshot: a forged one is found by comparing it with the journal") {
  PracticeSchool school;
  live(school, 10, 1);
  school.close();
  Recollection honest(school.database()), forger(school.database());
  const fs::path file = snapshot_of(school.database());
  const auto compared = [&] {
    return compare_snapshot(file, honest.shelf, honest.shards(), honest.learner, honest.recalled.replayed);
  };
  forger.save(file);
  CHECK(compared().has_value());
  PupilState& noor = *forger.owned.front()->pupil(school.pupils[0]);
  noor.belief->tracked.state.posterior.means[2] += 1e-6;
  forger.save(file);
  REQUIRE(compared().has_error());
  CHECK(compared().error().detail.find("the belief") != std::string::npos);
  noor.belief->tracked.state.posterior.means[2] -= 1e-6;
  ++noor.answers_today;
  forger.save(file);
  REQUIRE(compared().has_error());
  CHECK(compared().error().detail.find("keeps of pupil") != std::string::npos);
}

TEST_CASE("snapshot: a school that serves gets a new one from a child process") {
  PracticeSchool school;
  live(school, 8, 1);
  SnapshotPlan plan;
  plan.program = fs::read_symlink("/proc/self/exe").parent_path() / "trede";
  plan.events = 5;
  plan.look = std::chrono::milliseconds{10};
  school.running().keep_snapshots(plan);
  const fs::path file = snapshot_of(school.database());
  for (int i = 0; i < 3'000 && !fs::exists(file); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  REQUIRE(fs::exists(file));
  std::size_t sections = 0;
  const auto read = store::read_whole(file, [&](const std::string&) {
    ++sections;
    return Result<void>{};
  });
  CHECK(read.has_value());
  CHECK(sections == 2 + school.pupils.size());
}

}  // namespace trede::practice
