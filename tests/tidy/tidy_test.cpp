// The law of the house (docs/ARCHITECTURE.md), as a test of the source tree. Every message names the cure.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"

namespace trede {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_line = 120;     // characters; two files fit side by side
constexpr std::size_t longest_function = 70;  // lines; one screen
constexpr std::size_t longest_file = 400;     // lines; read in one sitting

struct SourceFile {
  std::string path;  // relative to the repository
  std::vector<std::string> lines;
};

std::vector<SourceFile> sources(const std::set<std::string>& folders) {
  std::vector<SourceFile> files;
  for (const auto& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(TREDE_SOURCE_DIR) / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      SourceFile file{fs::relative(entry.path(), TREDE_SOURCE_DIR).string(), {}};
      std::ifstream stream(entry.path());
      for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
      files.push_back(std::move(file));
    }
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

const std::set<std::string> product = {"engine", "content", "server"};
const std::set<std::string> everything = {"engine", "content", "server", "tests"};

// Characters, not bytes: θ is one.
std::size_t width(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(
      line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool starts_with_any(const std::string& text, const std::vector<std::string>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const auto& each) { return text.starts_with(each); });
}

// engine, content, or a room of the server; the headers at server/ itself belong to every room ("server").
std::string room_of(const std::string& path) {
  if (path == "server/main.cpp") return "main.cpp";
  if (!path.starts_with("server/")) return path.substr(0, path.find('/'));
  const auto end = path.find('/', 7);
  return end == std::string::npos ? "server" : path.substr(7, end - 7);
}

const std::map<std::string, std::set<std::string>>& may_include() {
  static const std::set<std::string> store = {"engine", "content", "server", "protocol", "store"};
  const auto with = [](std::set<std::string> rooms, const std::set<std::string>& more) {
    rooms.insert(more.begin(), more.end());
    return rooms;
  };
  static const auto accounts = with(store, {"accounts"});
  static const auto practice = with(store, {"classroom", "practice"});
  static const auto conversation =
      with(practice, {"accounts", "authoring", "privacy", "net", "conversation"});
  static const std::map<std::string, std::set<std::string>> allowed = {
      {"engine", {"engine"}},
      {"content", {"engine", "content"}},
      {"server", {"content", "server", "store"}},
      {"protocol", {"engine", "content", "server", "protocol"}},
      {"tables", {"engine", "content", "server", "tables"}},
      {"store", store},
      {"classroom", with(store, {"classroom"})},
      {"practice", practice},
      {"accounts", accounts},
      {"authoring", with(store, {"authoring"})},
      {"privacy", with(store, {"privacy"})},
      {"net", with(accounts, {"net"})},
      {"conversation", conversation},
      {"commands", with(conversation, {"tables", "commands"})},
      {"main.cpp", with(conversation, {"commands"})},
  };
  return allowed;
}

struct Banned {
  std::regex word;
  std::vector<std::string> homes;  // where it may stand
  std::string cure;
};

const std::vector<Banned>& banned_words() {
  static const std::vector<Banned> banned = {
      {std::regex("\\bsqlite3_\\w+\\("),
       {"server/store/", "tests/"},
       "go through store::Database or the Journal"},
      {std::regex("boost/beast"),
       {"server/net/", "server/commands/websocket_client.cpp", "server/commands/load_socket.cpp", "tests/"},
       "keep Beast behind net/conversation.hpp"},
      {std::regex("std::mutex|std::shared_mutex"),
       {"server/store/journal"},
       "post a value to the loop that owns the state"},
      {std::regex("system_clock::now"),
       {"server/commands/system_clock.hpp", "tests/"},
       "take a Clock (server/clock.hpp) as a parameter"},
      {std::regex("std::random_device|std::mt19937|uniform_(int|real)_distribution"),
       {},
       "use trede::Random with a seed, or libsodium for secrets"},
      {std::regex("std::cout|std::cerr"), {"server/commands/"}, "spdlog for logs, fmt::print in commands"},
      {std::regex("\\b(TODO|FIXME|XXX|HACK)\\b"), {"tests/tidy/"}, "do it, or open an issue"},
      {std::regex("#include <(iostream|thread|mutex|chrono|filesystem|fstream)>"),
       {"content/", "server/", "tests/", "engine/parallel"},
       "engine/ has no I/O, clock or lock; pass values in"},
  };
  return banned;
}

}  // namespace

TEST_CASE("tidy: lines, functions and files are short enough to read") {
  for (const auto& file : sources(everything)) {
    std::size_t function_start = 0;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      INFO(file.path << ":" << i + 1 << " is longer than " << longest_line
                     << " characters: break it, or run ./dev format");
      if (width(line) > longest_line) CHECK(width(line) <= longest_line);
      const bool opens =
          !line.empty() && line.back() == '{' && line[0] != ' ' && line.find('(') != std::string::npos;
      if (opens) function_start = i + 1;
      if (line.starts_with("}") && function_start > 0) {
        const std::size_t length = i + 1 - function_start;
        INFO("the function that ends here has " << length << " lines: give its steps names of their own");
        if (length > longest_function) CHECK(length <= longest_function);
        function_start = 0;
      }
    }
    INFO(file.path << " has " << file.lines.size() << " lines: split it along its ideas");
    CHECK(file.lines.size() <= longest_file);
  }
}

TEST_CASE("tidy: a room includes only the rooms it may know") {
  const std::regex include("^#include \"((engine|content|server)/[^\"]+)\"");
  for (const auto& file : sources(product)) {
    const auto allowed = may_include().find(room_of(file.path));
    INFO(file.path << " lies in no room of the house: docs/ARCHITECTURE.md names the rooms");
    REQUIRE(allowed != may_include().end());
    for (const auto& line : file.lines) {
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      INFO(file.path << " includes " << match[1] << ": move the code, or pass what it needs as a value");
      const bool may = allowed->second.contains(room_of(match[1]));
      if (!may) CHECK(may);
    }
  }
}

TEST_CASE("tidy: words stay in their home") {
  for (const auto& file : sources(everything)) {
    for (const auto& banned : banned_words()) {
      if (starts_with_any(file.path, banned.homes)) continue;
      for (std::size_t i = 0; i < file.lines.size(); ++i) {
        INFO(file.path << ":" << i + 1 << ": " << file.lines[i] << "\n  cure: " << banned.cure);
        const bool found =
            file.path != "tests/tidy/tidy_test.cpp" && std::regex_search(file.lines[i], banned.word);
        if (found) CHECK_FALSE(found);
      }
    }
  }
}

TEST_CASE("tidy: every header says first what it is") {
  for (const auto& file : sources(product)) {
    if (!file.path.ends_with(".hpp")) continue;
    INFO(file.path << " does not begin with a paragraph: what is it, who may call it from which thread?");
    REQUIRE_FALSE(file.lines.empty());
    CHECK(file.lines.front().starts_with("// "));
  }
}

TEST_CASE("tidy: SQL lives in files, not in strings put together") {
  const std::regex concatenated("\"(SELECT|INSERT|UPDATE|DELETE)[^\"]*\" *\\+");
  for (const auto& file : sources(product)) {
    for (const auto& line : file.lines) {
      INFO(file.path << ": " << line
                     << "\n  cure: a statement of its own in server/store/sql/, with bound values");
      const bool found = std::regex_search(line, concatenated);
      if (found) CHECK_FALSE(found);
    }
  }
}

// What is given to the database: a literal, a statement of a file, or a parameter that was given one.
TEST_CASE("tidy: the database hears only statements that stand in the program") {
  const std::regex call("(\\.|->)(statement|execute|exec|execAndGet|prepare)\\(([^()\"]*)");
  const std::regex fixed("^(store::)?sql::\\w+$|^$|^statement$|^sql$|^text$|^std::string$");
  const std::string version = "execute(\"PRAGMA user_version=\" + std::to_string(version + 1))";
  for (const auto& file : sources({"server"})) {
    if (file.path.ends_with(".hpp")) continue;
    for (const auto& line : file.lines) {
      std::smatch match;
      if (line.find("database") == std::string::npos && line.find("connection") == std::string::npos)
        continue;
      if (!std::regex_search(line, match, call)) continue;
      INFO(file.path << ": " << line
                     << "\n  cure: a statement of its own in server/store/sql/, with bound values");
      CHECK(std::regex_match(match[3].str(), fixed));
      const bool joined = line.find("\" +") != std::string::npos && line.find(version) == std::string::npos;
      if (joined) CHECK_FALSE(joined);
    }
  }
}

}  // namespace trede
