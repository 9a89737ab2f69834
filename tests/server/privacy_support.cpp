#include "tests/server/privacy_support.hpp"

#include <fstream>
#include <iterator>

#include "server/accounts/creation.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {

PrivacySchool::PrivacySchool() {
  const accounts::NewAccount made{running().accounts().directory()->account(teacher)->school,
                                  accounts::Role::Pupil, canary_name, "no hash"};
  const auto added = running().journal().write_and_wait(accounts::create_pupil(made, class_id));
  REQUIRE(added.has_value());
  pupils.push_back(PupilId{*added});
  REQUIRE(reopen().has_value());
}

void PrivacySchool::live(int steps) {
  for (const std::size_t pupil : {std::size_t{0}, canary()}) {
    hello(pupil);
    for (int i = 0; i < steps; ++i) do_step(pupil, i % 3 != 0);
  }
}

void PrivacySchool::ask(const std::string& text) {
  const std::string video = shard().bank()->videos.front().id;
  const protocol::AskQuestion asked{"ask", video, 12.0, text};
  REQUIRE(run(service().ask_question(shard(), canary_id(), asked)).has_value());
}

std::unique_ptr<store::Database> PrivacySchool::opened(store::Database::Mode mode) const {
  auto connection = store::Database::open(database(), mode);
  REQUIRE(connection.has_value());
  return std::move(*connection);
}

std::vector<std::string> files_with(const std::filesystem::path& folder, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    if (content.find(bytes) != std::string::npos) found.push_back(entry.path().filename());
  }
  return found;
}

}  // namespace trede::practice
