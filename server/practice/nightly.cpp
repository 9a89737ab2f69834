#include "server/practice/nightly.hpp"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/version.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds minute_ms = 60'000;
constexpr Milliseconds day_ms = 24 * 60 * minute_ms;
constexpr std::chrono::milliseconds look_at_clock{20'000};

// Waits until the descriptor has something to say, or for that long.
bool is_ready(int descriptor, std::chrono::milliseconds time) {
  pollfd watched{descriptor, POLLIN, 0};
  return poll(&watched, 1, static_cast<int>(time.count())) > 0;
}

// Signals that the server keeps blocked for itself are as usual in the child. −1 when it cannot be started.
pid_t start(const std::vector<std::string>& arguments) {
  std::vector<char*> pointers;
  for (const auto& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t child = -1;
  const int failed = posix_spawn(&child, pointers.front(), nullptr, &attributes, pointers.data(), environ);
  posix_spawnattr_destroy(&attributes);
  return failed == 0 ? child : -1;
}

store::ParametersPublished version_of(NightlyResult result) {
  store::ParametersPublished version;
  version.origin = "nightly";
  version.through = result.report.through;
  version.engine = engine_version;
  version.items = std::move(result.items);
  return version;
}

std::string summary(const NightlyReport& report) {
  return fmt::format(
      "nightly calibration through {}: log-loss {:.4f} before, {:.4f} after, on {} of {} answers", report.day,
      report.log_loss_before, report.log_loss_after, report.last_day_answers, report.answers);
}

}  // namespace

Milliseconds next_time(Milliseconds now_ms, int minute_of_day) {
  const Milliseconds today = now_ms / day_ms * day_ms + minute_of_day * minute_ms;
  return today > now_ms ? today : today + day_ms;
}

Nightly::Nightly(NightlyPlan plan, Clock clock, ParameterService& parameters)
    : plan_(std::move(plan)),
      clock_(std::move(clock)),
      parameters_(parameters),
      wake_(eventfd(0, EFD_CLOEXEC)) {
  ENSURE(wake_ >= 0);
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

Nightly::~Nightly() {
  thread_.request_stop();
  wake();
  thread_.join();
  close(wake_);
}

void Nightly::run_now() {
  asked_ = true;
  wake();
}

void Nightly::wake() {
  const std::uint64_t one = 1;
  ENSURE(write(wake_, &one, sizeof one) == sizeof one);
}

void Nightly::run(std::stop_token stop) {
  const auto next = [this] { return next_time(clock_(), plan_.minute_of_day.value_or(0)); };
  Milliseconds due_ms = next();
  while (!stop.stop_requested()) {
    std::uint64_t woken = 0;
    if (is_ready(wake_, look_at_clock)) ENSURE(read(wake_, &woken, sizeof woken) == sizeof woken);
    const bool due = plan_.minute_of_day && clock_() >= due_ms;
    if (stop.stop_requested() || !(asked_.exchange(false) || due)) continue;
    calibrate(stop);
    due_ms = next();
    ++finished_;
  }
}

void Nightly::calibrate(std::stop_token stop) {
  const auto file = plan_.database.parent_path() / "nightly.result";
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  const pid_t child = start(
      {plan_.program.string(), "nightly", "--database", plan_.database.string(), "--out", file.string()});
  if (child < 0) return spdlog::error("nightly calibration: {} cannot be started", plan_.program.string());
  const auto status = wait_for_child(child, stop);
  if (!status) return spdlog::error("nightly calibration: ended before it was done");
  if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0)
    return spdlog::error("nightly calibration: the child failed (wait status {})", *status);

  auto result = read_result(file);
  std::filesystem::remove(file, ignored);
  if (result.has_error()) return spdlog::error("nightly calibration: {}", result.error().detail);
  if (result->items.empty()) return spdlog::info("{}: nothing is published", summary(result->report));
  spdlog::info("{}: {} items", summary(result->report), result->items.size());
  parameters_.publish_later(version_of(std::move(*result)));
}

// Its wait status; none when it had to be ended.
std::optional<int> Nightly::wait_for_child(pid_t child, std::stop_token stop) {
  const auto slice = std::min<std::chrono::milliseconds>(plan_.time, std::chrono::milliseconds{250});
  const int watched = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  bool exited = false;
  for (auto waited = slice; watched >= 0 && !exited && !stop.stop_requested() && waited <= plan_.time;
       waited += slice)
    exited = is_ready(watched, slice);
  if (watched >= 0) close(watched);
  if (!exited) kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return exited ? std::optional<int>(status) : std::nullopt;
}

}  // namespace trede::practice
