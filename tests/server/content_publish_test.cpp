// An edition of content comes into a school that exists: out as a folder, worked on, and in again.
#include "server/commands/content_publish.hpp"

#include <boost/json/parse.hpp>

#include <fstream>
#include <iterator>

#include "content/readable_json.hpp"
#include "server/commands/content_export.hpp"
#include "server/protocol/present.hpp"
#include "server/store/audit.hpp"
#include "server/store/bank_store.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

namespace fs = std::filesystem;
using content::Fate;
using content::Part;

const std::string first_bank = TREDE_SOURCE_DIR "/tests/content/bank";
const std::string moving_pictures = "\x1A\x45\xDF\xA3 moving pictures";

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

boost::json::value json_of(const std::string& text) {
  return boost::json::parse(text);
}

// A school that stands still, and what its authors have on their table.
struct Edition {
  Edition() {
    school.hello(0);
    school.skip_placement(0);
    for (int i = 0; i < 4; ++i) school.do_step(0, true);
    school.close();
  }

  fs::path data() const { return school.database().parent_path(); }
  fs::path folder() const { return table.path() / "edition"; }

  Result<Exported> take_out(const std::string& name = "edition") const {
    return export_content({data().string(), (table.path() / name).string(), first_bank});
  }
  Result<Publication> bring_in(bool replace = false, bool only_try = false) const {
    return publish_content({folder().string(), data().string(), first_bank, replace, only_try},
                           test_start_ms);
  }
  Publication brought_in(bool replace = false, bool only_try = false) const {
    const auto published = bring_in(replace, only_try);
    if (published.has_error()) FAIL(published.error().detail);
    return *published;
  }
  std::int64_t version() const {
    const auto database = store::Database::open(school.database(), store::Database::Mode::ReadOnly);
    return *store::newest_bank(**database);
  }
  content::Source bank() const {
    const auto database = store::Database::open(school.database(), store::Database::Mode::ReadOnly);
    return *store::read_bank(**database, *store::newest_bank(**database));
  }
  std::vector<std::string> uploads() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(data() / "media"))
      names.push_back(entry.path().filename().string());
    return names;
  }

  // Some of the folder's text becomes another.
  void change(const std::string& path, const std::string& from, const std::string& to) const {
    std::string text = text_of(folder() / path);
    REQUIRE(text.find(from) != std::string::npos);
    put(folder() / path, text.replace(text.find(from), from.size(), to));
  }
  // A subject of one topic with so many exercises, and a video about it.
  void write_subject(int exercises) const {
    auto bank = json_of(text_of(fs::path(first_bank) / "bank.json"));
    bank.at("domains").as_array().push_back(
        json_of(R"({"id": "measuring", "title": {"nl": "Meten", "en": "Measuring"}})"));
    put(folder() / "bank.json", content::readable_json(bank));
    put(folder() / "topics.json", R"([{"id": "length", "title": {"nl": "Lengte", "en": "Length"},
      "goal": {"nl": "Ik kan meten.", "en": "I can measure."}, "domain": "measuring", "school_year": "groep7",
      "reference": "1F", "level": -0.5, "prerequisites": ["halves"]}])");
    auto exercise = json_of(text_of(fs::path(first_bank) / "items/halves/half-of-amount.json")).as_object();
    exercise["topic"] = "length";
    for (int i = 1; i <= exercises; ++i) {
      const std::string id = "length-" + std::to_string(i);
      exercise["id"] = id;
      put(folder() / "items/length" / (id + ".json"), content::readable_json(exercise));
    }
    write_video();
  }
  void write_video() const {
    const fs::path place = folder() / "videos/ruler";
    put(place / "video.json",
        R"({"id": "ruler", "topic": "length", "title": {"nl": "Liniaal", "en": "Ruler"},
      "seconds": 30, "media": [{"file": "video.webm", "mime": "video/webm"}], "poster": "poster.png",
      "captions": {"nl": "nl.vtt", "en": "en.vtt"}, "chapters": [], "author": "Trede", "licence": "CC-BY-4.0"})");
    put(place / "video.webm", moving_pictures);
    put(place / "poster.png", "\x89PNG\r\n\x1A\n a ruler");
    put(place / "nl.vtt", "WEBVTT\n\n00:00.000 --> 00:05.000\nEen liniaal.\n");
    put(place / "en.vtt", "WEBVTT\n\n00:00.000 --> 00:05.000\nA ruler.\n");
  }

  PracticeSchool school;
  testing::TemporaryFolder table;
};

using Differences = std::vector<content::Difference>;

TEST_CASE("content publish: a subject comes in, and who practised before begins it with a first look",
          "[content]") {
  Edition edition;
  REQUIRE(edition.take_out().has_value());
  edition.write_subject(8);
  const auto tried = edition.brought_in(false, true);
  CHECK(tried.version == 0);
  CHECK(edition.version() == 1);
  CHECK(edition.uploads().empty());

  const auto published = edition.brought_in();
  CHECK(published.version == 2);
  CHECK(published.differences == tried.differences);
  CHECK(published.differences.size() == 1 + 1 + 8 + 1);
  CHECK(published.differences.front() == content::Difference{Part::Domain, "measuring", Fate::Added});

  PracticeSchool& school = edition.school;
  REQUIRE(school.reopen().has_value());
  CHECK_FALSE(school.hello(0).step.placement.has_value());  // what lay on the screen may be finished
  const auto first = school.do_step(0, true).next;
  REQUIRE(first.placement.has_value());
  CHECK(first.placement->subject == "Meten");
  CHECK(first.placement->given == 0);
  CHECK(first.topic == "Lengte");
  school.do_step(0, true);
  REQUIRE(school.reopen().has_value());  // what was published is replayed
  CHECK(school.hello(0).step.placement->given == 1);
  const auto newcomer = school.hello(1).step;
  REQUIRE(newcomer.placement.has_value());
  CHECK(newcomer.placement->subject.empty());
}

TEST_CASE("content publish: the files of a video are there before the version that names them", "[content]") {
  const Edition edition;
  edition.write_subject(2);
  REQUIRE(edition.brought_in().version == 2);
  const auto loaded = content::load(edition.bank(), 2);
  REQUIRE(loaded.bank);
  const auto& video = loaded.bank->videos.at(static_cast<std::size_t>(*loaded.bank->find_video("ruler")));
  for (const std::string& name :
       {video.media.at(0).file, video.poster, video.captions.nl, video.captions.en}) {
    CHECK(protocol::media_url(video, name) == "/media/" + name);
    CHECK(fs::exists(edition.data() / "media" / name));
  }
  CHECK(text_of(edition.data() / "media" / video.media.at(0).file) == moving_pictures);
  CHECK(edition.uploads().size() == 4);
  CHECK(edition.brought_in(true).differences.empty());  // the same folder once more
  CHECK(edition.version() == 2);

  put(edition.folder() / "videos/ruler/video.webm", moving_pictures + " of another day");
  CHECK(edition.brought_in().differences == Differences{{Part::Video, "ruler", Fate::Left}});
  CHECK(edition.brought_in(true).version == 3);
  CHECK(edition.uploads().size() == 5);  // the old version keeps its own
}

TEST_CASE("content publish: what is no video is told before anything changes", "[content]") {
  const Edition edition;
  edition.write_subject(2);
  put(edition.folder() / "videos/ruler/video.webm", "<script>");
  put(edition.folder() / "videos/ruler/poster.png", moving_pictures);
  fs::remove(edition.folder() / "videos/ruler/en.vtt");
  const auto refused = edition.brought_in(false, true);
  REQUIRE(refused.problems.size() == 3);
  CHECK(refused.problems[0].file == "videos/ruler/video.json");
  CHECK(refused.problems[0].message.find("en.vtt") != std::string::npos);
  CHECK(edition.brought_in().problems.size() == 3);
  CHECK(edition.version() == 1);
  CHECK(edition.uploads().empty());
}

TEST_CASE("content publish: beside a running server it is refused, a try and an export are not",
          "[content]") {
  Edition edition;
  edition.write_subject(2);
  REQUIRE(edition.school.reopen().has_value());
  const auto refused = edition.bring_in();
  REQUIRE(refused.has_error());
  CHECK(refused.error().detail.find("another Trede program uses the data folder") != std::string::npos);
  CHECK(edition.brought_in(false, true).differences.size() == 1 + 1 + 2 + 1);
  CHECK(edition.take_out("beside").has_value());
  CHECK(edition.version() == 1);
}

TEST_CASE("content publish: what the school has otherwise stays, and --replace takes the folder's",
          "[content]") {
  const Edition edition;
  REQUIRE(edition.take_out().has_value());
  CHECK(edition.brought_in().differences.empty());
  const std::string half = "items/halves/half-of-amount.json";
  edition.change(half, "Noor heeft", "Sem heeft");
  const std::string before = edition.bank().at(half);
  const auto left = edition.brought_in();
  CHECK(left.differences == Differences{{Part::Exercise, "half-of-amount", Fate::Left}});
  CHECK(left.version == 0);
  CHECK(edition.version() == 1);
  CHECK(edition.bank().at(half) == before);
  CHECK(edition.brought_in(true).version == 2);
  CHECK(edition.bank().at(half) == text_of(edition.folder() / half));
}

TEST_CASE("content publish: a folder with a fault changes nothing and is told by file", "[content]") {
  const Edition edition;
  edition.write_subject(3);
  SECTION("a document that is no JSON") {
    put(edition.folder() / "items/length/length-2.json", "{");
    CHECK(edition.brought_in().problems.at(0).file == "items/length/length-2.json");
  }
  SECTION("a topic that wants one nobody has") {
    edition.change("topics.json", "halves", "quarters");
    CHECK(edition.brought_in().problems.at(0).file == "topics.json");
  }
  SECTION("a key that is not what the question asks") {
    edition.change("items/length/length-2.json", "a/2", "a/3");
    CHECK(edition.brought_in().problems.at(0).file == "items/length/length-2.json");
  }
  SECTION("a folder that holds something else") {
    fs::remove_all(edition.folder());
    put(edition.folder() / "thesis.txt", "all of it");
    CHECK(edition.bring_in().error().detail.find("there is no content in") == 0);
  }
  CHECK(edition.version() == 1);
  CHECK(edition.uploads().empty());
}

TEST_CASE("content publish: the audit knows of it", "[content]") {
  const Edition edition;
  edition.write_subject(2);
  edition.brought_in();
  const auto database = store::Database::open(edition.school.database(), store::Database::Mode::ReadOnly);
  const auto entries = store::audit_about(**database, PupilId{0});  // about the whole folder
  REQUIRE(entries.has_value());
  REQUIRE(entries->size() == 1);
  CHECK(entries->front().action == "content-published");
  CHECK(entries->front().actor == 0);
  CHECK(store::check_audit(**database).has_value());
}

TEST_CASE("content publish: where no school is none is made", "[content]") {
  const Edition edition;
  edition.write_subject(2);
  const fs::path empty = edition.table.path() / "empty";
  const auto refused = publish_content({edition.folder().string(), empty.string(), ""}, test_start_ms);
  REQUIRE(refused.has_error());
  CHECK(refused.error().detail == "there is no school in " + empty.string());
  CHECK_FALSE(fs::exists(empty));
}

TEST_CASE("content export: what was published comes out whole, media included, and can come in again",
          "[content]") {
  const Edition edition;
  edition.write_subject(2);
  edition.brought_in();
  const auto exported = edition.take_out("out");
  REQUIRE(exported.has_value());
  CHECK(exported->version == 2);
  CHECK(exported->media == 3 + 2);
  const fs::path out = edition.table.path() / "out";
  const auto source = content::read_folder(out);
  REQUIRE(source.has_value());
  const auto loaded = content::load(*source, 1);
  REQUIRE(loaded.bank);
  CHECK(loaded.bank->videos.size() == 2);
  CHECK(text_of(out / "videos/halves-cake/video.mp4") ==
        text_of(fs::path(first_bank) / "videos/halves-cake/video.mp4"));
  const auto& video = loaded.bank->videos.at(static_cast<std::size_t>(*loaded.bank->find_video("ruler")));
  CHECK(text_of(out / video.folder / video.media.at(0).file) == moving_pictures);
  const PublishOptions again{out.string(), edition.data().string(), first_bank, true};
  CHECK(publish_content(again, test_start_ms)->differences.empty());
}

TEST_CASE("content export: a folder that holds something, or a video that is not there, is told",
          "[content]") {
  const Edition edition;
  put(edition.folder() / "thesis.txt", "all of it");
  CHECK(edition.take_out().error().detail.find("holds something already") != std::string::npos);
  const fs::path to = edition.table.path() / "new";
  const auto lacking = export_content({edition.data().string(), to.string(), edition.folder().string()});
  REQUIRE(lacking.has_error());
  CHECK(lacking.error().detail.find("videos/halves-cake/") != std::string::npos);
  CHECK_FALSE(fs::exists(to));
}

}  // namespace
}  // namespace trede::practice
