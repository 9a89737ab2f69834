// A backup of a school that serves, and the way back.
#include "server/store/backup.hpp"

#include <atomic>
#include <fstream>
#include <thread>

#include "server/protocol/codec.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/server/journal_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::store {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

std::int64_t sound_events_in(const fs::path& file) {
  const auto database = Database::open(file, Database::Mode::ReadOnly);
  REQUIRE(database.has_value());
  const auto checked = check_chain(**database);
  REQUIRE(checked.has_value());
  return *checked;
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

// A small backup with one video in it.
struct Made {
  Made() {
    fs::create_directories(school / "media");
    write(school / "media" / "video.webm", "moving pictures");
    auto journal = Journal::open(school / "school.db");
    for (std::int64_t i = 1; i <= 20; ++i)
      REQUIRE((*journal)->write_and_wait(append(numbered(i))).has_value());
    REQUIRE(back_up(school, backup, 5).has_value());
  }

  TemporaryFolder folder;
  fs::path school = folder.path() / "school", backup = folder.path() / "backup",
           back = folder.path() / "back";
};

void check_refused(const Made& made, const std::string& why) {
  const auto refused = restore(made.backup, made.back);
  REQUIRE(refused.has_error());
  INFO(refused.error().detail);
  CHECK(refused.error().detail.find(why) != std::string::npos);
  CHECK((!fs::exists(made.back) || fs::is_empty(made.back)));
  CHECK_FALSE(fs::exists(made.back.string() + ".restoring"));
}

}  // namespace

TEST_CASE("backup: made while the journal is written it holds what one moment knew, and the journal goes on",
          "[backup]") {
  const TemporaryFolder folder;
  const fs::path school = folder.path() / "school", to = folder.path() / "backup",
                 back = folder.path() / "back";
  fs::create_directories(school / "media");
  auto journal = Journal::open(school / "school.db");
  REQUIRE(journal.has_value());
  std::atomic<std::int64_t> acknowledged = 0;
  {
    const std::jthread writer([&](std::stop_token stop) {
      for (std::int64_t i = 1; !stop.stop_requested(); ++i)
        if ((*journal)->write_and_wait(append(numbered(i))).has_value()) acknowledged = i;
    });
    while (acknowledged < 50) std::this_thread::yield();
    const std::int64_t before = acknowledged;
    const auto backup = back_up(school, to, 5);
    REQUIRE(backup.has_value());
    CHECK(backup->sequence >= before);
    const std::int64_t then = acknowledged;
    while (acknowledged < then + 20) std::this_thread::yield();
  }
  const auto restored = restore(to, back);
  REQUIRE(restored.has_value());
  CHECK(sound_events_in(back / "school.db") == restored->sequence);
  CHECK(restored->sequence < sound_events_in(school / "school.db"));
  auto again = Journal::open(back / "school.db");
  REQUIRE(again.has_value());
  CHECK(*(*again)->write_and_wait(append(numbered(1'000'000))) == restored->sequence + 1);
}

TEST_CASE("backup: a restored school practises on where the backup was made", "[backup]") {
  practice::PracticeSchool school;
  school.hello(0);
  for (int i = 0; i < 10; ++i) school.do_step(0, true);
  const fs::path data = school.database().parent_path(), to = data.parent_path() / "backup";
  REQUIRE(back_up(data, to, 5).has_value());
  const auto number = school.pupil(0).number;
  for (int i = 0; i < 5; ++i) school.do_step(0, true);
  school.close();
  fs::remove_all(data);
  REQUIRE(restore(to, data).has_value());
  REQUIRE(school.reopen().has_value());
  CHECK(school.pupil(0).number == number);
  const auto welcome = school.hello(0, number + 5);  // the browser knows of more
  CHECK(welcome.lost);
  school.do_step(0, true);
}

TEST_CASE("backup: a folder that holds something is left alone", "[backup]") {
  const Made made;
  CHECK(back_up(made.school, made.backup, 6).error().code == ErrorCode::Conflict);
  fs::create_directory(made.back);
  write(made.back / "thesis.txt", "all of it");
  const auto refused = restore(made.backup, made.back);
  REQUIRE(refused.has_error());
  CHECK(refused.error().detail.find("holds something already") != std::string::npos);
  CHECK(fs::exists(made.back / "thesis.txt"));
}

TEST_CASE("backup: one that was damaged, or was not finished, is not restored", "[backup]") {
  SECTION("a video") {
    const Made made;
    write(made.backup / "media" / "video.webm", "moving pictureS");
    check_refused(made, "video.webm is not what was backed up");
  }
  SECTION("the database") {
    const Made made;
    auto bytes = fs::file_size(made.backup / "school.db");
    fs::resize_file(made.backup / "school.db", bytes - 1);
    check_refused(made, "school.db is not what was backed up");
  }
  SECTION("a database of another school with a manifest that was made to fit it") {
    const Made made, other;
    auto journal = Journal::open(other.school / "school.db");
    REQUIRE((*journal)->write_and_wait(append(numbered(21))).has_value());
    REQUIRE(back_up(other.school, other.back, 5).has_value());
    fs::copy_file(other.back / "school.db", made.backup / "school.db", fs::copy_options::overwrite_existing);
    std::ifstream honest(made.backup / "backup.json"), forged(other.back / "backup.json");
    const std::string text(std::istreambuf_iterator<char>(honest), {}),
        wrong(std::istreambuf_iterator<char>(forged), {});
    auto manifest = *protocol::decode<Backup>(text);
    manifest.files = protocol::decode<Backup>(wrong)->files;
    write(made.backup / "backup.json", protocol::encode_plain(manifest));
    check_refused(made, "another one than its manifest tells of");
  }
  SECTION("a manifest that names a file outside the school") {
    const Made made;
    std::ifstream stream(made.backup / "backup.json");
    auto manifest = *protocol::decode<Backup>(std::string(std::istreambuf_iterator<char>(stream), {}));
    manifest.files.push_back({"media/../../elsewhere", 0, ""});
    write(made.backup / "backup.json", protocol::encode_plain(manifest));
    check_refused(made, "none of a school's");
  }
  SECTION("no manifest") {
    const Made made;
    fs::remove(made.backup / "backup.json");
    check_refused(made, "no finished backup");
  }
}

}  // namespace trede::store
