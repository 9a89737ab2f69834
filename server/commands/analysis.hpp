// What the commands that analyse answers share: their options for the table of answers, a line of progress,
// numbers for people and for JSON. The command's own thread.
#pragma once

#include <CLI/CLI.hpp>

#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "engine/calibration/calibration.hpp"
#include "server/tables/answers.hpp"

namespace trede::commands {

// Rewrites one line of stderr, from the first second of work on and only for somebody at a terminal.
class ProgressLine {
 public:
  ~ProgressLine();
  void tell(const std::string& text);

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point told_ = {};
  bool shown_ = false;
};

class Stopwatch {
 public:
  double seconds() const;

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// An option that takes one of a few words.
template <class Value>
CLI::Option* add_word_option(CLI::App& command, const std::string& name, Value& value,
                             const std::map<std::string, std::decay_t<Value>>& words,
                             const std::string& description) {
  std::string listed;
  for (const auto& [word, unused] : words) listed += (listed.empty() ? "" : "|") + word;
  const auto known = [words, listed](const std::string& said) {
    return words.contains(said) ? std::string() : said + " is none of " + listed;
  };
  return command
      .add_option_function<std::string>(
          name, [&value, words](const std::string& said) { value = words.at(said); }, description)
      ->type_name(listed)
      ->check(CLI::Validator(known, ""));
}

void add_layout_option(CLI::App& command, std::optional<tables::Layout>& layout);

// As many as the machine has cores.
int all_workers();

inline std::optional<double> finite(double value) {
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::string fixed(std::optional<double> value, int digits = 3);             // "–" when there is none
std::string thousands(double count);                                        // 12,345
std::string counted(std::size_t count, const char* one, const char* more);  // 1 item, 2 items
void print_notes(const std::vector<std::string>& notes);

}  // namespace trede::commands
