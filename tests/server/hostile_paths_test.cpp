// Addresses that mean to lead out of the folders of pages, videos and uploads: none does.
#include "tests/server/hostile_support.hpp"
#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"

namespace trede::net {
namespace {

namespace fs = std::filesystem;

const std::string secret = "the secret of the school";

// Secrets beside and above the open folders, and links from inside to them.
void lay_traps(const TestSchool& school) {
  const fs::path above = school.media().parent_path();
  for (const fs::path& place : {above / "secret.vtt", above / "secret.txt", school.media() / ".hidden.vtt",
                                school.media() / ".upload-1.vtt"})
    write_file(place, secret);
  for (const fs::path& folder : {school.media(), school.videos(), school.web()}) {
    fs::create_symlink(above / "secret.vtt", folder / "link.vtt");
    fs::create_directory_symlink(above, folder / "folder-link");
    fs::create_symlink("../secret.vtt", folder / "up.vtt");
    fs::create_symlink("loop.vtt", folder / "loop.vtt");
  }
}

bool tells_a_secret(const std::string& body) {
  for (const std::string& word :
       {secret, std::string("root:"), std::string("SQLite format 3"), std::string("PATH=")})
    if (body.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("hostile: no address leads out of the folders, however it is written", "[net]") {
  const TestSchool school;
  lay_traps(school);
  const auto paths = hostile::corpus("paths.txt");
  REQUIRE(paths.size() >= 60);
  for (const std::string& path : paths)
    for (const char* prefix : {"/media/", "/", "/pupil/"}) {
      INFO(prefix << path);
      const Answer answer = ask(school.port(), "GET", prefix + path);
      CHECK_FALSE(tells_a_secret(answer.body));
      CHECK((answer.status == 400 || answer.status == 404));
    }
}

TEST_CASE("hostile: an upload has no name that could lead somewhere", "[net]") {
  const TestSchool school;
  const std::string author = cookie_of_author(school.port());
  const auto files = [&] {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(school.media().parent_path()))
      count += !entry.path().filename().string().starts_with("school.");
    return count;
  };
  const std::size_t before = files();
  for (const std::string& path : hostile::corpus("paths.txt")) {
    INFO(path);
    CHECK(post(school.port(), "/api/media/" + path, "WEBVTT", author).status != 200);
  }
  CHECK(files() == before);
}

}  // namespace trede::net
