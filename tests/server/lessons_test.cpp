#include <filesystem>
#include <fstream>

#include "server/practice/reasons.hpp"
#include "tests/server/lesson_teller.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {

namespace {

std::vector<std::filesystem::path> all_stories() {
  std::vector<std::filesystem::path> stories;
  for (const auto& file : std::filesystem::directory_iterator(TREDE_SOURCE_DIR "/tests/lessons"))
    if (file.path().extension() == ".txt") stories.push_back(file.path());
  std::sort(stories.begin(), stories.end());
  return stories;
}

// What is expected to be seen: the indented lines.
std::string all_that_is_seen() {
  std::string seen;
  for (const auto& story : all_stories()) {
    std::ifstream lines(story);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with(' ')) seen += line + "\n";
  }
  return seen;
}

}  // namespace

// Each file in tests/lessons is a story of its own; a title, then one sentence a line.
TEST_CASE("lessons: every story in tests/lessons comes true") {
  const auto stories = all_stories();
  REQUIRE(stories.size() >= 10);
  for (const auto& story : stories) {
    LessonTeller teller;
    std::ifstream lines(story);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      if (number == 1 || line.find_first_not_of(' ') == std::string::npos || line.starts_with('#')) continue;
      INFO(story.filename().string() << ":" << number << ": " << line);
      teller.tell(line);
    }
  }
}

TEST_CASE("lessons: every reason of a choice is met in a story") {
  const std::string seen = all_that_is_seen();
  for (int reason = 0; reason <= static_cast<int>(policy::Reason::NothingLeft); ++reason) {
    const std::string code(code_of(static_cast<policy::Reason>(reason)));
    CAPTURE(code);
    const bool met = seen.find("the reason is " + code + ".") != std::string::npos ||
                     seen.find("one is for " + code + ".") != std::string::npos ||
                     seen.find(" are for " + code + ".") != std::string::npos;
    CHECK(met);
  }
}

}  // namespace trede::practice
