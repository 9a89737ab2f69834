#include "server/commands/analysis.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

namespace trede::commands {
namespace {

constexpr std::chrono::seconds patience{1};
constexpr std::chrono::milliseconds between{100};

}  // namespace

void ProgressLine::tell(const std::string& text) {
  const auto now = std::chrono::steady_clock::now();
  if (now - start_ < patience || now - told_ < between || isatty(STDERR_FILENO) == 0) return;
  told_ = now;
  shown_ = true;
  fmt::print(stderr, "\r\033[K{}", text);
  std::fflush(stderr);
}

ProgressLine::~ProgressLine() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

double Stopwatch::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void add_layout_option(CLI::App& command, std::optional<tables::Layout>& layout) {
  command
      .add_option_function<std::string>(
          "--format",
          [&layout](const std::string& said) {
            layout = said == "long"   ? tables::Layout::Long
                     : said == "wide" ? tables::Layout::Wide
                                      : tables::Layout::Frequencies;
          },
          "long: person,item,response[,time]; wide: a row a person, a column an item;\n"
          "freq: patterns with a last column freq. Recognised from the header when not said")
      ->type_name("long|wide|freq")
      ->check(CLI::IsMember({"long", "wide", "freq"}).description(""));
}

int all_workers() {
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

std::string fixed(std::optional<double> value, int digits) {
  if (!value) return "–";
  const std::string text = fmt::format("{:.{}f}", *value, digits);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  return is_zero && text.front() == '-' ? text.substr(1) : text;
}

std::string counted(std::size_t count, const char* one, const char* more) {
  return fmt::format("{} {}", count, count == 1 ? one : more);
}

std::string thousands(double count) {
  std::string text = fmt::format("{:.0f}", count);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

void print_notes(const std::vector<std::string>& notes) {
  if (notes.empty()) return;
  fmt::print("\nTo know:\n");
  for (const std::string& note : notes) fmt::print("- {}\n", note);
}

}  // namespace trede::commands
