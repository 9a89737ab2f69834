// Tables of answers in every layout, and what is done with what is unusual in them.
#include <fstream>
#include <string>
#include <vector>

#include "server/tables/answers.hpp"
#include "server/tables/categories.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::tables {
namespace {

using Catch::Matchers::Contains;
using Names = std::vector<std::string>;

Result<Answers> read(const std::string& text, const AnswerOptions& options = {}) {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "answers.csv";
  std::ofstream(path, std::ios::binary) << text;
  return read_answers(path, options);
}

std::string problem(const std::string& text, const AnswerOptions& options = {}) {
  const auto answers = read(text, options);
  return answers ? "" : answers.error().detail;
}

// "ann: 0=1 2=0" for every person: item = code.
Names shown(const Answers& answers) {
  Names lines;
  for (int person = 0; person < answers.table.people(); ++person) {
    std::string line = answers.people[static_cast<std::size_t>(person)] + ":";
    for (const auto& response : answers.table.of(person))
      line += " " + answers.items[static_cast<std::size_t>(response.item)] + "=" +
              std::to_string(response.category);
    lines.push_back(line);
  }
  return lines;
}

Names notes_of(const std::string& text) {
  return read(text).value().notes;
}

}  // namespace

TEST_CASE("answers: the three layouts hold the same answers", "[tables]") {
  const Names expected = {"1: x=1 y=0", "2: x=0 y=2"};
  const std::string as_long = "Person,ITEM,Response\n1,x,1\n2,x,0\n1,y,0\n2,y,2\n";
  CHECK(shown(read(as_long).value()) == expected);
  CHECK(shown(read("pupil,correct,time_s,item\n1,1,0,x\n1,0,3,y\n2,0,1,x\n2,2,9,y\n").value()) == expected);
  CHECK(shown(read("x,y\n1,0\n0,2\n").value()) == expected);
  CHECK(shown(read("\"\",\"x\",\"y\"\n\"1\",1,0\n\"2\",0,2\n").value()) == expected);
  CHECK(shown(read("ID;x;y\r\n1;1;0\r\n2;0;2").value()) == expected);
  const Answers patterns = read("x,y,Freq\n1,0,3\n0,2,2.5\n").value();
  CHECK(shown(patterns) == expected);
  CHECK(patterns.table.weights == std::vector<double>{3.0, 2.5});
}

TEST_CASE("answers: a missing response is no answer, a person without any stays", "[tables]") {
  const Answers wide = read("x,y\nNA,\n1.0,na\n").value();
  CHECK(shown(wide) == Names{"1:", "2: x=1"});
  CHECK(wide.notes ==
        Names{"3 responses are missing (empty or NA) and tell nothing",
              "1 person without any answer, the first of them \"1\": kept, nothing is learned from them"});
  CHECK(shown(read("person,item,response\nann,x,NA\nbob,x,1\n").value()) == Names{"ann:", "bob: x=1"});
}

TEST_CASE("answers: of two answers to the same item the first counts, and the line is told", "[tables]") {
  const Answers doubled = read("person,item,response\nann,x,0\nbob,x,1\nann,x,1\nann,y,1\nbob,x,0\n").value();
  CHECK(shown(doubled) == Names{"ann: x=0 y=1", "bob: x=1"});
  REQUIRE(doubled.notes.size() == 1);
  CHECK(doubled.notes[0] ==
        "answers.csv, line 4: the same person answered the same item before; the first "
        "answer counts (2 such answers in the file)");
  CHECK(doubled.codes[0][1].count == 1);
  const Answers rows = read("id,x,y\nann,1,NA\nbob,0,0\nann,0,1\n").value();
  CHECK(shown(rows) == Names{"ann: x=1 y=1", "bob: x=0 y=0"});
  CHECK_THAT(rows.notes[0], Contains("line 4"));
}

TEST_CASE("answers: times order the answers of a person", "[tables]") {
  const std::string text = "person,item,response,time\nann,x,1,30\nbob,x,1,0\nann,y,0,10.5\n";
  const Answers answers = read(text, {.with_times = true}).value();
  CHECK(shown(answers) == Names{"ann: y=0 x=1", "bob: x=1"});
  CHECK(answers.times == std::vector<double>{10.5, 30.0, 0.0});
  const Answers again =
      read("person,item,response,time\nann,x,0,1\nann,x,1,2\n", {.with_times = true}).value();
  CHECK(shown(again) == Names{"ann: x=0 x=1"});
  CHECK(again.notes.empty());
  CHECK(problem("person,item,response,time\nann,x,1,soon\n", {.with_times = true}) ==
        "answers.csv, line 2: the time is \"soon\", not a number");
  CHECK_THAT(problem("person,item,response\nann,x,1\n", {.with_times = true}),
             Contains("no column \"time\""));
}

TEST_CASE("answers: what has no meaning is an error with its line", "[tables]") {
  const std::string rest = "; a whole number from 0 to 999, NA or nothing may stand here";
  CHECK(problem("x,y\n1,0\n0,maybe\n") ==
        "answers.csv, line 3: the response to item \"y\" is \"maybe\"" + rest);
  CHECK(problem("x,y\n1,0.5\n") == "answers.csv, line 2: the response to item \"y\" is \"0.5\"" + rest);
  CHECK(problem("x,y\n1,-1\n") == "answers.csv, line 2: the response to item \"y\" is \"-1\"" + rest);
  CHECK_THAT(problem("x,y\n1,1000\n"), Contains("\"1000\""));
  CHECK_THAT(problem("x,y\n1,nan\n"), Contains("\"nan\""));
  CHECK(problem("person,item,response\nann,,1\n") == "answers.csv, line 2: the item has no name");
  CHECK(problem("person,item,response\n,x,1\n") == "answers.csv, line 2: the person has no name");
  CHECK(problem("x,,y\n1,1,1\n") == "answers.csv, line 1: column 2 has no name");
  CHECK_THAT(problem("x,freq\n1,-2\n"), Contains("line 2: the frequency is \"-2\""));
  CHECK_THAT(problem("x,freq\n1,\n"), Contains("the frequency"));
  CHECK_THAT(problem("1,0\n0,0\n"), Contains("is the header missing"));
  CHECK_THAT(problem("1,0,1\n0,0,1\n"), Contains("stands twice; is this line a header?"));
  CHECK_THAT(problem("x,y\n"), Contains("holds no answer"));
  CHECK_THAT(problem(""), Contains("is empty"));
  CHECK_THAT(problem("x,y\n1,1\n", {.layout = Layout::Long}), Contains("needs the columns person, item and"));
  CHECK_THAT(problem("x,y\n1,1\n", {.layout = Layout::Frequencies}), Contains("should be called freq"));
  CHECK_THAT(problem("id\nann\n"), Contains("names no item"));
}

TEST_CASE("answers: items may have numbers for names where the layout is said", "[tables]") {
  CHECK(shown(read("1,2\n1,0\n", {.layout = Layout::Wide}).value()) == Names{"1: 1=1 2=0"});
}

TEST_CASE("answers: a file without a last line end is taken with a warning", "[tables]") {
  CHECK_THAT(notes_of("x,y\n1,0")[0], Contains("if it was cut short"));
  CHECK(notes_of("x,y\n1,0\n").empty());
}

TEST_CASE("answers: categories are numbered from 0, whatever they are called", "[tables]") {
  Answers answers = read("x,y\n1,4\n2,1\n4,2\n").value();
  const auto codings = number_categories(answers, Scale::Ordered);
  REQUIRE(codings.has_value());
  CHECK(*codings == std::vector<Coding>{{1, 2, 4}, {1, 2, 4}});
  CHECK(answers.table.categories == std::vector<int>{3, 3});
  CHECK(shown(answers) == Names{"1: x=0 y=2", "2: x=1 y=0", "3: x=2 y=1"});
  CHECK(answers.notes == Names{"the categories of every item are written 1, 2, 4 and read as 0, 1, 2"});
}

TEST_CASE("answers: a category that the item does not have is an error with its line", "[tables]") {
  Answers answers = read("x,y\n1,0\n0,3\n").value();
  const auto refused = number_categories(answers, Scale::RightOrWrong);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().detail ==
        "answers.csv, line 3: item \"y\" is answered 3, but its categories are 0, 1");
  answers = read("x,y\n1,0\n0,3\n").value();
  const auto known = number_categories(answers, Scale::RightOrWrong, {{}, {0, 2, 3}});
  REQUIRE(known.has_value());
  CHECK(shown(answers) == Names{"1: x=1 y=0", "2: x=0 y=2"});
}

TEST_CASE("answers: items change their number or leave with their answers", "[tables]") {
  Answers answers = read("x,y,z\n1,0,1\n0,NA,0\n").value();
  REQUIRE(number_categories(answers, Scale::RightOrWrong).has_value());
  renumber_items(answers, {1, -1, 0}, {"z", "x"});
  CHECK(shown(answers) == Names{"1: x=1 z=1", "2: x=0 z=0"});
  CHECK(answers.table.categories == std::vector<int>{2, 2});
}

TEST_CASE("answers: many rows in any order are read as they are", "[tables]") {
  std::string text = "person,item,response\n";
  for (int i = 0; i < 300'000; ++i)
    text += "p" + std::to_string(i * 7 % 1000) + ",i" + std::to_string(i / 1000) + "," +
            std::to_string(i % 2) + "\n";
  const Answers answers = read(text).value();
  CHECK(answers.table.people() == 1000);
  CHECK(answers.table.items() == 300);
  CHECK(answers.table.responses.size() == 300'000);
  CHECK(answers.notes.empty());
}

}  // namespace trede::tables
