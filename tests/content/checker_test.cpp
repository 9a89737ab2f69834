#include "content/checker.hpp"

#include "tests/content/support.hpp"

using namespace trede;
using namespace trede::content;

namespace {

Problems checked(const std::string& members) {
  return check_family(made_item(members), 300);
}

std::string sum_item(const std::string& value, const std::string& solve, const std::string& rest = "") {
  return R"j("draw": ["a = rand(1, 9)", "b = rand(1, 9)"], "body": "@a@ + @b@ = ?", )j"
         R"j("answer": {"type": "number", "value": ")j" +
         value + R"j("}, "solve": ")j" + solve + "\"" + rest;
}

std::string choice_item(const std::string& wrong, const std::string& solve) {
  return R"j("draw": ["a = rand(2, 40)"], "body": "@a@ + @a@ = ?", "answer": {"type": "single", "options": )j"
         R"j([{"text": "@2*a@", "value": "2*a", "correct": true}, {"text": "@)j" +
         wrong + R"j(@", "value": ")j" + wrong + R"j("}]}, "solve": ")j" + solve + "\"";
}

// A fixed answer under a body of one's own.
std::string asking(const std::string& draw, const std::string& body, const std::string& value = "1") {
  return R"j("draw": [")j" + draw + R"j("], "body": ")j" + body +
         R"j(", "answer": {"type": "number", "value": ")j" + value + "\"}";
}

}  // namespace

TEST_CASE("checker: the families of the small bank are in order") {
  for (const Item& item : small_bank().items) {
    const Problems problems = check_family(item, 300);
    for (const Problem& problem : problems)
      UNSCOPED_INFO(problem.file << " " << problem.field << ": " << problem.message);
    CHECK(problems.empty());
  }
}

TEST_CASE("checker: a key that does not answer the question is found") {
  CHECK(checked(sum_item("a + b", "answer - a = b")).empty());
  CHECK(has_problem(checked(sum_item("a + b + 1", "answer - a = b")), "solve", "does not fulfil"));
  CHECK(has_problem(checked(sum_item("a + b + if(a = 9 and b = 9, 1, 0)", "answer - a = b")), "solve",
                    "a = 9, b = 9"));
}

TEST_CASE("checker: a question with two answers is found") {
  CHECK(has_problem(checked(sum_item("a + b", "answer >= a + b")), "solve", "also"));
  CHECK(has_problem(checked(sum_item("a + b", "abs(answer) = a + b")), "solve", "also"));
  CHECK(has_problem(checked(sum_item("a + b", "floor(answer) = a + b")), "solve", "also"));
}

TEST_CASE("checker: options that look the same or carry the wrong flag are found") {
  CHECK(checked(choice_item("2*a + 1", "answer/2 = a")).empty());
  CHECK(has_problem(checked(choice_item("a + 2", "answer/2 = a")), "answer.options", "look the same"));
  CHECK(has_problem(checked(choice_item("2*a - 1", "answer > a")), "answer.options[1]", "wrong option"));
  CHECK(has_problem(checked(choice_item("2*a - 1", "answer = a")), "answer.options[0]", "correct option"));
}

TEST_CASE("checker: a hole that cannot be shown is found, wherever it stands") {
  CHECK(has_problem(checked(sum_item("a + b", "answer - a = b",
                                     R"(, "mistakes": [{"value": "a - 20", "feedback": "@a/b@"}])")),
                    "mistakes[0]", "cannot be shown"));
  CHECK(has_problem(checked(asking("a = rand(1, 99)", "@round(1/(a - 5), 2)@")), "body", "no value"));
  CHECK(has_problem(checked(asking("a = rand(1, 99)", "@a/100:1@")), "body", "cannot be shown"));
}

TEST_CASE("checker: a mistake that is often the right answer is found") {
  CHECK(has_problem(checked(sum_item("a + b", "answer - a = b",
                                     R"j(, "mistakes": [{"value": "max(a + b, 10)", "feedback": "!"}])j")),
                    "mistakes[0]", "is the right answer"));
}

TEST_CASE("checker: too few different exercises are found") {
  CHECK(has_problem(checked(asking("a = rand(1, 9)", "@a@")), "draw", "Only 9 different"));
}

TEST_CASE("checker: conditions that cannot be met are found") {
  CHECK(has_problem(checked(asking("a = rand(1, 9)", "@a@") + R"j(, "require": ["a > 9"])j"), "require",
                    "No numbers were found"));
}

TEST_CASE("checker: a key that cannot be typed is found") {
  CHECK(has_problem(checked(R"("body": "?", "answer": {"type": "number", "value": "1/3"})"), "answer.value",
                    "no decimal number"));
  CHECK(has_problem(checked(R"("body": "?", "answer": {"type": "fraction", "value": "0 - 1/3"})"),
                    "answer.value", "negative"));
}

TEST_CASE("checker: a hint that is the answer is worth a look") {
  const Problems problems =
      check_family(made_item(R"("body": "6 × 7 = ?", "answer": {"type": "number", "value": "42"})"), 50);
  CHECK(problems.empty());
  Item item = made_item(R"("body": "6 × 7 = ?", "answer": {"type": "number", "value": "42"})");
  item.hints[0] = item.solution =
      made_item(R"("body": "… 42.", "answer": {"type": "number", "value": "42"})").body;
  const Problems warned = check_family(item, 50);
  REQUIRE(warned.size() == 1);
  CHECK(warned[0].warning);
  CHECK(warned[0].field == "hints[0]");
}

TEST_CASE("checker: pictures that cannot be drawn are found") {
  const auto figure = [](const std::string& members) {
    return checked(R"("body": "?", "answer": {"type": "number", "value": "1"}, "figure": {"alt": "!", )" +
                   members + "}");
  };
  CHECK(figure(R"("type": "bar", "parts": 4, "shaded": 3)").empty());
  CHECK(has_problem(figure(R"("type": "bar", "parts": 4, "shaded": 5)"), "figure.shaded", "from 0 to 4"));
  CHECK(has_problem(figure(R"("type": "circle", "parts": "1/2", "shaded": 0)"), "figure.parts",
                    "whole number"));
  CHECK(has_problem(figure(R"("type": "grid", "rows": 30, "columns": 30, "shaded": 0)"), "figure",
                    "900 parts"));
  CHECK(has_problem(figure(R"("type": "line", "from": 1, "to": 1, "ticks": 4)"), "figure",
                    "ends before it begins"));
  CHECK(has_problem(figure(R"("type": "line", "from": 0, "to": 1, "ticks": 4, "mark": 2)"), "figure.mark",
                    "outside"));
}

TEST_CASE("checker: two families that ask nearly the same are found") {
  Source source = small_source();
  std::string copy = source.at("items/halves/half-of-amount.json");
  copy.replace(copy.find("half-of-amount"), 14, "half-once-more");
  copy.replace(copy.find("rand(11, 99)"), 12, "rand(50, 80)");
  source["items/halves/half-once-more.json"] = copy;
  const Loaded loaded = load(source, 1);
  REQUIRE(loaded.bank != nullptr);
  const Problems problems = check_near_duplicates(*loaded.bank);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].message.find("half-of-amount") != std::string::npos);
  CHECK(check_near_duplicates(small_bank()).empty());
}

TEST_CASE("checker: a thin bank is told where it is thin") {
  const Problems problems = check_coverage(small_bank());
  CHECK(has_problem(problems, "[0]", "3 families; write at least 5"));
  CHECK(has_problem(problems, "[1]", "2 answer types"));
  CHECK(has_problem(problems, "[0]", "span less than 1.5"));
  CHECK(has_problem(problems, "", "1 enrichment"));
}

TEST_CASE("checker: families are checked even when others cannot be read") {
  Source source = small_source();
  source["items/halves/broken.json"] = "{";
  std::string& wrong = source.at("items/halves/half-of-amount.json");
  wrong.replace(wrong.find("\"a/2\""), 5, "\"a/4\"");
  const Problems problems = check_source(source, 50);
  CHECK(has_problem(problems, "solve", "does not fulfil"));
  CHECK(has_problem(problems, "", "This is not JSON"));
}
