// A folder of content comes into a school's bank: what is new, what differs, and what stays.
#include "content/merge.hpp"

#include <boost/json/parse.hpp>

#include "content/readable_json.hpp"
#include "tests/content/support.hpp"

using namespace trede;
using namespace trede::content;

namespace {

constexpr Differing stays = Differing::StaysTheSchools, replaced = Differing::BecomesTheFolders;

const std::string half = "items/halves/half-of-amount.json";
const std::string cake = "videos/halves-cake/";

std::string replace(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// A new topic in a new domain that wants a topic the school has, with two exercises; no more than that.
Source measuring() {
  Source folder;
  folder["bank.json"] = R"({"domains": [{"id": "measuring", "title": {"nl": "Meten", "en": "Measuring"}}]})";
  folder["topics.json"] = R"([{"id": "length", "title": {"nl": "Lengte", "en": "Length"},
    "goal": {"nl": "Ik kan meten.", "en": "I can measure."}, "domain": "measuring", "school_year": "groep7",
    "reference": "1F", "level": -0.5, "prerequisites": ["halves"]}])";
  for (const std::string id : {"ruler", "tape"}) {
    std::string text = replace(small_source().at(half), "\"half-of-amount\"", '"' + id + '"');
    folder["items/length/" + id + ".json"] = replace(text, "\"halves\"", "\"length\"");
  }
  return folder;
}

// The school's own half-of-amount, in which Sem is who has money.
Source with_sem() {
  Source folder;
  folder[half] = replace(small_source().at(half), "Noor heeft", "Sem heeft");
  return folder;
}

std::vector<std::string> ids_in(const Source& source, const std::string& path, const std::string& list) {
  const auto json = boost::json::parse(source.at(path));
  std::vector<std::string> ids;
  for (const auto& entry : (list.empty() ? json : json.at(list)).as_array())
    ids.emplace_back(entry.at("id").as_string());
  return ids;
}

}  // namespace

TEST_CASE("merge: the school's own bank changes nothing, however it is laid out") {
  CHECK(merge(small_source(), small_source(), replaced).differences.empty());
  Source folder = small_source();
  for (auto& [path, text] : folder)
    if (path.ends_with(".json")) text = readable_json(boost::json::parse(text));
  const Merged merged = merge(small_source(), folder, replaced);
  CHECK(merged.differences.empty());
  CHECK(merged.source == small_source());
  CHECK(merged.problems.empty());
}

TEST_CASE(
    "merge: new topics come in behind the school's, with a domain and exercises, and the school's stay") {
  const Merged merged = merge(small_source(), measuring(), stays);
  CHECK(merged.differences == std::vector<Difference>{{Part::Domain, "measuring", Fate::Added},
                                                      {Part::Topic, "length", Fate::Added},
                                                      {Part::Exercise, "ruler", Fate::Added},
                                                      {Part::Exercise, "tape", Fate::Added}});
  CHECK(ids_in(merged.source, "bank.json", "domains") == std::vector<std::string>{"fractions", "measuring"});
  CHECK(ids_in(merged.source, "topics.json", "") ==
        std::vector<std::string>{"halves", "adding", "puzzles", "length"});
  const Loaded loaded = load(merged.source, 2);
  for (const Problem& problem : loaded.problems) UNSCOPED_INFO(problem.file << " " << problem.message);
  REQUIRE(loaded.bank);
  CHECK(loaded.bank->items.size() == small_bank().items.size() + 2);
  CHECK(loaded.bank->videos.size() == small_bank().videos.size());
  CHECK(loaded.bank->topics.back().prerequisites == std::vector<int>{0});
  CHECK(merge(merged.source, measuring(), replaced).differences.empty());
}

TEST_CASE("merge: what differs stays the school's and is told, unless the folder's is to be taken") {
  const Merged kept = merge(small_source(), with_sem(), stays);
  CHECK(kept.differences == std::vector<Difference>{{Part::Exercise, "half-of-amount", Fate::Left}});
  CHECK(kept.source == small_source());
  const Merged taken = merge(small_source(), with_sem(), replaced);
  CHECK(taken.differences == std::vector<Difference>{{Part::Exercise, "half-of-amount", Fate::Changed}});
  CHECK(taken.source.at(half) == with_sem().at(half));
  CHECK(taken.source.size() == small_source().size());
}

TEST_CASE("merge: an exercise that moved to another topic is one exercise") {
  Source folder;
  const std::string moved = "items/adding/half-of-amount.json";
  folder[moved] = replace(small_source().at(half), "\"halves\"", "\"adding\"");
  CHECK_FALSE(merge(small_source(), folder, stays).source.contains(moved));
  const Source source = merge(small_source(), folder, replaced).source;
  CHECK(source.contains(moved));
  CHECK_FALSE(source.contains(half));
  CHECK(load(source, 2).bank);
}

TEST_CASE("merge: entries of lists, formulas and what bank.json says of itself follow the same rule") {
  Source folder;
  folder["bank.json"] = R"({"title": {"nl": "Bank", "en": "Bank"}, "school_years": [
    {"id": "groep7", "title": {"nl": "groep 7", "en": "year 7"}, "mean": 0.1},
    {"id": "groep8", "title": {"nl": "groep 8", "en": "year 8"}, "mean": 0.7}]})";
  folder["formulas.json"] = R"({"\\frac{3}{4}": "<math><mn>3</mn></math>", "x": "<math><mi>x</mi></math>"})";
  const std::vector<Difference> told = {{Part::Detail, "title", Fate::Left},
                                        {Part::SchoolYear, "groep7", Fate::Left},
                                        {Part::SchoolYear, "groep8", Fate::Added},
                                        {Part::Formula, "\\frac{3}{4}", Fate::Left},
                                        {Part::Formula, "x", Fate::Added}};
  const Merged kept = merge(small_source(), folder, stays);
  CHECK(kept.differences == told);
  const Loaded as_before = load(kept.source, 2);
  REQUIRE(as_before.bank);
  CHECK(as_before.bank->title.en == "Small bank");
  CHECK(as_before.bank->school_years[1].mean == 0);
  CHECK(as_before.bank->school_years[2].mean == 0.7);
  const Source source = merge(small_source(), folder, replaced).source;
  const Loaded loaded = load(source, 2);
  REQUIRE(loaded.bank);
  CHECK(loaded.bank->title.en == "Bank");
  CHECK(loaded.bank->school_years[1].mean == 0.1);
  CHECK(formulas_of(source).at("\\frac{3}{4}") == "<math><mn>3</mn></math>");
  CHECK(formulas_of(source).size() == formulas_of(small_source()).size() + 1);
}

TEST_CASE("merge: a video is its document with all that lies beside it") {
  Source folder;
  for (const auto& [path, text] : small_source())
    if (path.starts_with(cake)) folder[path] = text;
  CHECK(merge(small_source(), folder, replaced).differences.empty());
  folder[cake + "captions.en.vtt"] += "\n00:05.000 --> 00:06.000\nAll of it.\n";
  CHECK(merge(small_source(), folder, stays).differences ==
        std::vector<Difference>{{Part::Video, "halves-cake", Fate::Left}});
  folder[cake + "video.json"] = replace(folder[cake + "video.json"], "video.mp4", "film.mp4");
  folder[cake + "film.mp4"];
  folder.erase(cake + "video.mp4");
  const Source source = merge(small_source(), folder, replaced).source;
  CHECK(source.contains(cake + "film.mp4"));
  CHECK_FALSE(source.contains(cake + "video.mp4"));
  CHECK(source.at(cake + "captions.en.vtt") == folder.at(cake + "captions.en.vtt"));
  CHECK(load(source, 2).bank);
}

TEST_CASE("merge: a document that cannot be read is told by name, even when the school's would stay") {
  Source folder = with_sem();
  folder[half].pop_back();
  folder[half].pop_back();
  folder["topics.json"] = "{}";
  folder["bank.json"] = R"({"domains": [{"title": "1"}]})";
  const Merged merged = merge(small_source(), folder, stays);
  CHECK(merged.differences.empty());
  REQUIRE(merged.problems.size() == 3);
  CHECK(merged.problems[0].file == "bank.json");
  CHECK(merged.problems[1].file == "topics.json");
  CHECK(merged.problems[2].file == half);
  CHECK(merged.problems[2].message.find("This is not JSON") != std::string::npos);
}

TEST_CASE("merge: files that are in no place of a bank are none of its business, or are told by the loader") {
  Source folder;
  folder["LICENSE.md"];
  folder["videos/lib/easing.mjs"];
  CHECK(merge(small_source(), folder, stays).source == small_source());
  folder["items/notes.txt"];
  CHECK_FALSE(load(merge(small_source(), folder, stays).source, 2).bank);
}

TEST_CASE("json text: an entry has a line, and numbers are read back as they were") {
  const std::string text = readable_json(boost::json::parse(
      R"({"id": "a", "level": -1.8, "one": 1.0, "large": 1e30, "list": [{"x": 1}, {"x": "é\n"}], "none": []})"));
  CHECK(text ==
        "{\n  \"id\": \"a\",\n  \"level\": -1.8,\n  \"one\": 1.0,\n  \"large\": 1e+30,\n"
        "  \"list\": [\n    {\"x\": 1},\n    {\"x\": \"é\\n\"}\n  ],\n  \"none\": []\n}\n");
  CHECK(boost::json::parse(text).at("one").is_double());
}
