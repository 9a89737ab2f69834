#include <filesystem>
#include <fstream>

#include "tests/server/lesson_teller.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {

// Each file in tests/lessons is a story of its own; a title, then one sentence a line.
TEST_CASE("lessons: every story in tests/lessons comes true") {
  std::vector<std::filesystem::path> stories;
  for (const auto& file : std::filesystem::directory_iterator(TREDE_SOURCE_DIR "/tests/lessons"))
    if (file.path().extension() == ".txt") stories.push_back(file.path());
  std::sort(stories.begin(), stories.end());
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

}  // namespace trede::practice
