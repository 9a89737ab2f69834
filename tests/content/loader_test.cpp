#include "content/loader.hpp"

#include <fstream>

#include "content/topic_graph.hpp"
#include "tests/content/support.hpp"

using namespace trede;
using namespace trede::content;

namespace {

void replace(Source& source, const std::string& file, const std::string& from, const std::string& to) {
  const std::size_t at = source.at(file).find(from);
  REQUIRE(at != std::string::npos);
  source.at(file).replace(at, from.size(), to);
}

bool tells(const Loaded& loaded, const std::string& file, const std::string& field, const std::string& part) {
  for (const Problem& problem : loaded.problems) {
    if (problem.file == file && problem.field == field && problem.message.find(part) != std::string::npos)
      return true;
  }
  for (const Problem& problem : loaded.problems)
    UNSCOPED_INFO(problem.file << " " << problem.field << ": " << problem.message);
  return false;
}

}  // namespace

TEST_CASE("loader: the small bank becomes a bank whose catalogue has the same places") {
  const ItemBank& bank = small_bank();
  CHECK(bank.version == 1);
  CHECK(bank.topics.size() == 3);
  CHECK(bank.items.size() == 8);
  REQUIRE(bank.videos.size() == 1);
  CHECK(bank.videos[0].captions.nl == "captions.nl.vtt");
  REQUIRE(bank.catalogue.items.size() == bank.items.size());
  REQUIRE(bank.catalogue.topics.size() == bank.topics.size());
  for (std::size_t i = 0; i < bank.items.size(); ++i) {
    const Item& item = bank.items[i];
    const CatalogueItem& entry = bank.catalogue.items[i];
    CHECK(bank.find_item(item.id) == static_cast<int>(i));
    CHECK(entry.topic() == item.topic);
    CHECK(entry.parameters.difficulty == bank.topics[static_cast<std::size_t>(item.topic)].level + item.step);
    CHECK(entry.parameters.slope == 1.2);
  }
  CHECK_FALSE(bank.find_item("nothing"));
  const CatalogueItem& choice =
      bank.catalogue.items[static_cast<std::size_t>(*bank.find_item("half-picture"))];
  CHECK(choice.parameters.guessing == Approx(1.0 / 3.0));
  const CatalogueItem& multiple =
      bank.catalogue.items[static_cast<std::size_t>(*bank.find_item("which-are-half"))];
  CHECK(multiple.parameters.guessing == 0.0);
  const CatalogueItem& loaded =
      bank.catalogue.items[static_cast<std::size_t>(*bank.find_item("same-denominator"))];
  REQUIRE(loaded.loadings.size() == 2);
  CHECK(loaded.loadings[1].weight == 0.3);
  CHECK(bank.catalogue.topics[1].cut > bank.catalogue.topics[0].cut);
  CHECK(bank.catalogue.order == std::vector<int>{0, 1, 2});
}

TEST_CASE("loader: ten faults in one bank are all told at once") {
  Source source = small_source();
  replace(source, "bank.json", "\"format\": 1", "\"format\": 2");
  replace(source, "topics.json", "\"prerequisites\": []", "\"prerequisites\": [\"puzzles\"]");
  replace(source, "topics.json", "\"domain\": \"fractions\"", "\"domain\": \"algebra\"");
  replace(source, "items/halves/half-of-amount.json", "\"en\": \"You doubled @a@.\"", "\"fr\": \"Double.\"");
  replace(source, "items/halves/half-picture.json", "\"step\": -0.5", "\"step\": 0.3");
  replace(source, "items/adding/simplify.json", "gcd(p, q) = 1", "gcd(p, z) = 1");
  replace(source, "items/adding/simplify.json", "\"solve\"", "\"solved\"");
  replace(source, "items/adding/mixed-number.json", "\"id\": \"mixed-number\"", "\"id\": \"mixed\"");
  replace(source, "formulas.json", "<math><mfrac><mn>3</mn>", "<math><mfrac><mn onclick='x()'>3</mn>");
  replace(source, "videos/halves-cake/video.json", "video.webm", "other.webm");
  source["items/puzzles/broken.json"] = "{\"id\": \"broken\",\n \"topic\": }";
  const Loaded loaded = load(source, 1);
  CHECK(loaded.bank == nullptr);
  CHECK(tells(loaded, "bank.json", "format", "reads format 1"));
  CHECK(tells(loaded, "topics.json", "", "halves needs puzzles needs adding"));
  CHECK(tells(loaded, "topics.json", "[0].domain", "\"algebra\" is not in bank.json"));
  CHECK(tells(loaded, "items/halves/half-of-amount.json", "mistakes[0].feedback", "\"fr\" is unknown"));
  CHECK(tells(loaded, "items/halves/half-of-amount.json", "mistakes[0].feedback", "\"en\" is missing"));
  CHECK(tells(loaded, "items/halves/half-picture.json", "step", "The step is one of"));
  CHECK(tells(loaded, "items/adding/simplify.json", "require[0]", "\"z\" is not a known name at column 8"));
  CHECK(tells(loaded, "items/adding/simplify.json", "", "\"solved\" is unknown"));
  CHECK(tells(loaded, "items/adding/simplify.json", "", "\"solve\" is needed"));
  CHECK(tells(loaded, "items/adding/mixed-number.json", "", "must be items/adding/mixed.json"));
  CHECK(tells(loaded, "items/puzzles/name-of-three-quarters.json", "body.nl", "\"onclick\" is not allowed"));
  CHECK(tells(loaded, "videos/halves-cake/video.json", "", "\"other.webm\" is not in videos/halves-cake"));
  CHECK(tells(loaded, "items/puzzles/broken.json", "", "near line 2"));
}

TEST_CASE("loader: missing files are told by name") {
  const Loaded loaded = load({}, 1);
  CHECK(loaded.bank == nullptr);
  for (const char* file : {"bank.json", "topics.json", "formulas.json"})
    CHECK(tells(loaded, file, "", "The file is missing"));
  Source source = small_source();
  source.erase("formulas.json");
  CHECK(load(source, 1).problems.size() == 1);  // not one for every formula
}

TEST_CASE("loader: a topic without items is told") {
  Source source = small_source();
  source.erase("items/puzzles/name-of-three-quarters.json");
  CHECK(tells(load(source, 1), "topics.json", "[2]", "\"puzzles\" has no items"));
}

TEST_CASE("loader: an id is used once in the whole bank, and files stand in their place") {
  Source source = small_source();
  source["items/adding/half-picture.json"] = source.at("items/halves/half-picture.json");
  source["items/lost.json"] = "{}";
  const Loaded loaded = load(source, 1);
  CHECK(loaded.bank == nullptr);
  CHECK(tells(loaded, "items/halves/half-picture.json", "", "also used by items/adding/half-picture.json"));
  CHECK(tells(loaded, "items/adding/half-picture.json", "", "must be items/halves/half-picture.json"));
  CHECK(tells(loaded, "items/lost.json", "", "Only items/<topic>/<id>.json"));
}

TEST_CASE("loader: hostile documents are refused") {
  Source source = small_source();
  source["items/halves/deep.json"] = std::string(5000, '[');
  source["items/halves/large.json"] = std::string(300'000, ' ');
  source["items/halves/list.json"] = "[1, 2]";
  source["items/halves/bytes.json"] = "{\"id\": \"\xff\xfe\"}";
  const Loaded loaded = load(source, 1);
  CHECK(loaded.bank == nullptr);
  CHECK(tells(loaded, "items/halves/deep.json", "", "This is not JSON"));
  CHECK(tells(loaded, "items/halves/large.json", "", "larger than"));
  CHECK(tells(loaded, "items/halves/list.json", "", "Here belongs an object"));
  CHECK(tells(loaded, "items/halves/bytes.json", "", "This is not JSON"));
}

TEST_CASE("loader: a video's files lie beside it and nowhere else") {
  Source source = small_source();
  source["secret.png"] = "";
  replace(source, "videos/halves-cake/video.json", "\"poster.png\"", "\"../../secret.png\"");
  replace(source, "videos/halves-cake/video.json", "\"at_s\": 20", "\"at_s\": 0");
  const Loaded loaded = load(source, 1);
  CHECK(tells(loaded, "videos/halves-cake/video.json", "", "../../secret.png"));
  CHECK(tells(loaded, "videos/halves-cake/video.json", "chapters[1]", "order of time"));
}

TEST_CASE("loader: a folder that is not there is an error") {
  CHECK(read_folder("/nowhere/at/all").error().code == ErrorCode::NotFound);
}

TEST_CASE("loader: media are known by name, not read") {
  const Source source = small_source();
  CHECK(source.at("videos/halves-cake/video.webm").empty());
  CHECK(source.at("videos/halves-cake/captions.nl.vtt").starts_with("WEBVTT"));
}

TEST_CASE("check_item: a good draft becomes an item") {
  const CheckedItem checked =
      check_members(R"("body": "2 + 2 = ?", "answer": {"type": "number", "value": "4"})");
  REQUIRE(checked.item.has_value());
  CHECK(checked.item->file == "items/halves/made.json");
}

TEST_CASE("check_item: every field is watched") {
  struct Row {
    const char* members;
    const char* field;
    const char* part;
  };
  const char* number = R"("answer": {"type": "number", "value": "4"})";
  const Row rows[] = {
      {R"("body": "2 cm", ANSWER)", "body", "both languages"},
      {R"("body": 5, ANSWER)", "body", "object"},
      {R"("body": "", ANSWER)", "body", "empty"},
      {R"("body": "?")", "", "\"answer\" is missing"},
      {R"("body": "?", "answer": {"type": "essay"})", "answer.type", "one of number"},
      {R"("body": "?", "answer": {"type": "number"})", "answer", "\"value\" is missing"},
      {R"("body": "?", "answer": {"type": "number", "value": "4 +"})", "answer.value", "ends too early"},
      {R"("body": "?", "answer": {"type": "number", "value": "4", "options": []})", "answer",
       "\"options\" is unknown"},
      {R"("body": "?", "answer": {"type": "fraction", "value": "4", "form": "big"})", "answer.form",
       "any, simplest, mixed"},
      {R"("body": "?", "answer": {"type": "single", "options": [{"text": "1", "correct": true}]})",
       "answer.options", "2 to"},
      {R"("body": "?", "answer": {"type": "single", "options": [{"text": "1"}, {"text": "2"}]})",
       "answer.options", "No option is correct"},
      {R"("body": "?", "answer": {"type": "single", "options": [{"text": "1", "correct": true},
                                                                {"text": "2", "correct": true}]})",
       "answer.options", "one correct option"},
      {R"("body": "?", "answer": {"type": "text", "accept": {"nl": ["**a**"], "en": ["b"]}})",
       "answer.accept.nl[0]", "plain words"},
      {R"("body": "?", "answer": {"type": "ordering", "order": "up", "entries": [{"text": "1"}, {"text": "2"}]})",
       "answer.order", "ascending or"},
      {R"("body": "?", "answer": {"type": "ordering", "entries": [{"text": "1", "value": "1"}, {"text": "2"}]})",
       "answer.entries", "Either every"},
      {R"("body": "?", ANSWER, "draw": ["a"])", "draw[0]", "name = expression"},
      {R"("body": "?", ANSWER, "draw": ["A = 1"])", "draw[0]", "is no name"},
      {R"("body": "?", ANSWER, "draw": ["gcd = 1"])", "draw[0]", "word of the language"},
      {R"("body": "?", ANSWER, "draw": ["a = 1", "a = 2"])", "draw[1]", "used twice"},
      {R"("body": "?", ANSWER, "draw": ["a = b", "b = 2"])", "draw[0]", "\"b\" is not a known name"},
      {R"("body": "?", ANSWER, "draw": ["a = 1 < 2"])", "draw[0]", "a number is needed"},
      {R"("body": "?", ANSWER, "require": ["1 + 1"])", "require[0]", "a condition"},
      {R"("body": "?", ANSWER, "words": {"w": {"nl": ["a", "b"], "en": ["c"]}})", "words.w", "equally long"},
      {R"("body": "?", ANSWER, "mistakes": [{"value": "5"}])", "mistakes[0]", "\"feedback\" is missing"},
      {R"("body": "?", ANSWER, "mistakes": [{"order": "reversed", "feedback": "!"}])", "mistakes[0]",
       "\"order\" is unknown"},
      {R"("body": "?", ANSWER, "minutes": 500)", "minutes", "between 0.1 and 30"},
      {R"("body": "?", ANSWER, "also": {"halves": 0.3})", "also.halves", "differs from"},
      {R"("body": "?", ANSWER, "also": {"adding": 0.9})", "also.adding", "between 0.2 and 0.6"},
      {R"("body": "?", ANSWER, "also": {"sums": 0.3})", "also.sums", "not in topics.json"},
      {R"("body": "?", ANSWER, "figure": {"type": "photo"})", "figure", "bar, circle"},
      {R"("body": "?", ANSWER, "figure": {"type": "bar", "alt": "!", "parts": "4"})", "figure",
       "\"shaded\" is missing"},
      {R"("body": "?", ANSWER, "figure": {"type": "line", "alt": "!", "from": 0, "to": 1, "ticks": 4,
                                          "labels": "some"})",
       "figure.labels", "ends, all, none"},
      {R"("body": "?", ANSWER, "figure": {"type": "table", "alt": "!", "rows": [{"label": "1", "cells": [1, 2]},
                                                                              {"label": "2", "cells": [1]}]})",
       "figure.rows[1]", "equally many cells"},
      {R"("body": "?", ANSWER, "hint": "x")", "", "\"hint\" is unknown"},
      {R"("body": "a\u0007", ANSWER)", "body", "control character"},
  };
  for (const Row& row : rows) {
    std::string members = row.members;
    const std::size_t at = members.find("ANSWER");
    if (at != std::string::npos) members.replace(at, 6, number);
    INFO(members);
    const CheckedItem checked = check_members(members);
    CHECK_FALSE(checked.item.has_value());
    CHECK(has_problem(checked.problems, row.field, row.part));
  }
}

TEST_CASE("check_item: what is no JSON at all is told with its place") {
  const CheckedItem checked = check_item("{\n  \"id\" 5}", small_bank(), {});
  CHECK_FALSE(checked.item.has_value());
  CHECK(has_problem(checked.problems, "", "near line 2"));
}

TEST_CASE("topic graph: a cycle is found wherever it hides") {
  std::vector<Topic> topics(5);
  topics[0].prerequisites = {1, 2};
  topics[1].prerequisites = {2};
  topics[3].prerequisites = {0};
  CHECK(find_cycle(topics).empty());
  topics[2].prerequisites = {4};
  topics[4].prerequisites = {1};
  CHECK(find_cycle(topics) == std::vector<int>{1, 2, 4});
}
