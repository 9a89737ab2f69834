#include "server/practice/nightly.hpp"

#include <spdlog/spdlog.h>

#include "engine/version.hpp"

namespace trede::practice {
namespace {

constexpr Milliseconds minute_ms = 60'000;
constexpr Milliseconds day_ms = 24 * 60 * minute_ms;
constexpr std::chrono::milliseconds look_at_clock{20'000};

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
    : plan_(std::move(plan)), clock_(std::move(clock)), parameters_(parameters) {
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

Nightly::~Nightly() {
  thread_.request_stop();
  waker_.wake();
  thread_.join();
}

void Nightly::run_now() {
  asked_ = true;
  waker_.wake();
}

void Nightly::run(std::stop_token stop) {
  const auto next = [this] { return next_time(clock_(), plan_.minute_of_day.value_or(0)); };
  Milliseconds due_ms = next();
  Milliseconds other_due_ms = next_time(clock_(), plan_.other_minute_of_day);
  while (!stop.stop_requested()) {
    waker_.wait(look_at_clock);
    if (!stop.stop_requested() && plan_.other_work && clock_() >= other_due_ms) {
      plan_.other_work();
      other_due_ms = next_time(clock_(), plan_.other_minute_of_day);
    }
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
  const auto status = run_child(
      {plan_.program.string(), "nightly", "--database", plan_.database.string(), "--out", file.string()},
      plan_.time, stop);
  if (!status) return spdlog::error("nightly calibration: not started, or ended before it was done");
  if (!succeeded(status))
    return spdlog::error("nightly calibration: the child failed (wait status {})", *status);

  auto result = read_result(file);
  std::filesystem::remove(file, ignored);
  if (result.has_error()) return spdlog::error("nightly calibration: {}", result.error().detail);
  if (result->items.empty()) return spdlog::info("{}: nothing is published", summary(result->report));
  spdlog::info("{}: {} items", summary(result->report), result->items.size());
  parameters_.publish_later(version_of(std::move(*result)));
}

}  // namespace trede::practice
