#include "server/store/high_water.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "server/store/bank_store.hpp"

namespace trede::store {
namespace {

// One line of fixed length, so that a later mark covers an earlier one: sequence, link, and a hash of both that tells a
// mark from half of one.
constexpr std::size_t digits = 20, link_letters = 64, check_letters = 16;
constexpr std::size_t line_length = digits + 1 + link_letters + 1 + check_letters + 1;

std::string line_of(const Tip& tip) {
  char link[link_letters + 1];
  sodium_bin2hex(link, sizeof link, tip.link.data(), tip.link.size());
  const std::string body = fmt::format("{:0{}} {}", tip.sequence, digits, link);
  return fmt::format("{} {}\n", body, content_hash(body).substr(0, check_letters));
}

std::optional<Tip> tip_in(const std::string& line) {
  Tip tip;
  const char* end = line.data() + digits;
  if (std::from_chars(line.data(), end, tip.sequence).ptr != end) return std::nullopt;
  if (sodium_hex2bin(tip.link.data(), tip.link.size(), end + 1, link_letters, nullptr, nullptr, nullptr) != 0)
    return std::nullopt;
  return line == line_of(tip) ? std::optional(tip) : std::nullopt;
}

}  // namespace

Result<HighWater> HighWater::open(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return Error{ErrorCode::Unavailable, "cannot write " + file.string() + ": " + std::strerror(errno)};
  return HighWater(descriptor);
}

HighWater::HighWater(HighWater&& other) noexcept
    : file_(std::exchange(other.file_, -1)), synced_(std::exchange(other.synced_, true)) {}

HighWater::~HighWater() {
  sync();
  if (file_ >= 0) ::close(file_);
}

std::optional<Tip> HighWater::read() const {
  std::string line(line_length, '\0');
  const auto size = ::pread(file_, line.data(), line.size(), 0);
  return size == static_cast<ssize_t>(line.size()) ? tip_in(line) : std::nullopt;
}

void HighWater::write(const Tip& tip) {
  const std::string line = line_of(tip);
  if (::pwrite(file_, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size())) synced_ = false;
}

void HighWater::sync() {
  if (!synced_ && ::fdatasync(file_) == 0) synced_ = true;
}

Result<std::optional<Loss>> compare(Database& database, const std::optional<Tip>& mark) {
  std::optional<Loss> loss;
  const auto compared = guarded([&]() -> Result<std::int64_t> {
    if (!mark) return 0;
    const Tip tip = tip_of(database);
    if (tip.sequence < mark->sequence) {
      loss = Loss{tip.sequence, mark->sequence};
    } else if (mark->sequence > 0 && link_at(database, mark->sequence) != mark->link) {
      return Error{
          ErrorCode::Conflict,
          fmt::format("event {} of the journal is another one than was acknowledged", mark->sequence)};
    }
    return 0;
  });
  if (compared.has_error()) return compared.error();
  return loss;
}

}  // namespace trede::store
