#include "server/commands/load_run.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "engine/lab/simulated_pupil.hpp"
#include "server/commands/demo_school.hpp"
#include "server/commands/load_school.hpp"

namespace trede::commands {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
using Seconds = std::chrono::duration<double>;

constexpr double class_mean = -0.35;        // logits, as of the demo class
constexpr double answers_each_second = 18;  // of one pupil; limits::messages_per_second with room to spare

// One pupil's part of the run; a thread fills it, the caller reads it when the thread has ended.
struct Part {
  PupilClient client;
  lab::SimulatedPupil child;
  Random random;
  std::vector<double> reply_ms;
  std::int64_t videos = 0;
  bool without_step = false;
  std::optional<Error> error;
};

SteadyTime after(SteadyTime start, double seconds) {
  return start + std::chrono::duration_cast<SteadyTime::duration>(Seconds(seconds));
}

// The answer is thought out before it is due: the pupil's own work is not the server's.
Result<void> take_step(Part& part, SteadyTime due, const content::ItemBank& bank) {
  const bool is_video = part.client.step().kind == "video";
  content::Answer answer;
  int elapsed_ms = 1000;
  if (!is_video) {
    const auto known = know(bank, part.client.step());
    if (known.has_error()) return known.error();
    const bool right = part.child.answers(*known->in_catalogue, part.random);
    answer = answer_to(*known, right, part.random);
    elapsed_ms = part.child.elapsed_ms(*known->in_catalogue, right, part.random);
    part.child.practise(*known->in_catalogue);
  }
  const auto now = std::chrono::steady_clock::now();
  if (now < due) {
    const auto paused = part.client.pause(due - now);
    if (paused.has_error()) return paused;
  }
  const auto judged = is_video ? part.client.finish_video(1.0, elapsed_ms)
                               : part.client.answer(std::move(answer), elapsed_ms);
  if (judged.has_error()) return judged.error();
  const Seconds taken = std::chrono::steady_clock::now() - due;
  if (is_video)
    ++part.videos;
  else
    part.reply_ms.push_back(1000 * taken.count());
  return {};
}

// first: when the pupil's first answer is due. interval: between the due times.
void practise(Part& part, const content::ItemBank& bank, bool open_loop, SteadyTime first, double interval,
              SteadyTime end) {
  SteadyTime due = first;
  while (due < end && !part.error && !part.without_step) {
    if (part.client.step().kind == "nothing") {
      part.without_step = true;
      return;
    }
    const auto taken = take_step(part, due, bank);
    if (taken.has_error()) part.error = taken.error();
    due = after(due, interval);
    if (!open_loop) due = std::max(due, std::chrono::steady_clock::now());
  }
}

double own_cpu_s() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) { return time.tv_sec + 1e-6 * time.tv_usec; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// utime and stime of /proc/PID/stat; the name in parentheses may hold spaces.
std::optional<double> cpu_s_of(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  if (process == 0 || !std::getline(file, text)) return std::nullopt;
  std::istringstream rest(text.substr(text.rfind(')') + 1));
  std::string ignored;
  for (int field = 3; field < 14; ++field) rest >> ignored;
  double user = 0, system = 0;
  rest >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// The smallest value that the share of all values does not exceed. Precondition: sorted, not empty.
double quantile(const std::vector<double>& sorted, double share) {
  const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(place, 1) - 1];
}

Result<std::vector<Part>> open_parts(const LoadPlan& plan, const content::ItemBank& bank) {
  std::vector<Part> parts;
  for (int number = 1; number <= plan.pupils; ++number) {
    auto client = PupilClient::open(
        plan.address, {"pupil", std::string(demo_class_code), load_pupil(number), std::string(demo_pin)});
    if (client.has_error()) return client.error();
    Random random(static_cast<std::uint64_t>(number));
    auto child = lab::simulate_pupil(bank.catalogue, class_mean, random);
    parts.push_back({std::move(*client), std::move(child), random, {}, 0, false, std::nullopt});
  }
  return parts;
}

LoadReport report_on(const std::vector<Part>& parts, double seconds) {
  LoadReport report;
  report.pupils = static_cast<std::int64_t>(parts.size());
  report.seconds = seconds;
  std::vector<double> all;
  for (const Part& part : parts) {
    all.insert(all.end(), part.reply_ms.begin(), part.reply_ms.end());
    report.videos += part.videos;
    report.without_step += part.without_step;
    if (part.error && report.errors++ == 0) report.first_error = part.error->detail;
  }
  std::sort(all.begin(), all.end());
  report.answers = static_cast<std::int64_t>(all.size());
  report.answers_per_second = static_cast<double>(report.answers) / seconds;
  if (all.empty()) return report;
  report.p50_ms = quantile(all, 0.50);
  report.p90_ms = quantile(all, 0.90);
  report.p99_ms = quantile(all, 0.99);
  report.max_ms = all.back();
  return report;
}

}  // namespace

Result<LoadReport> run_load(const LoadPlan& plan, std::shared_ptr<const content::ItemBank> bank) {
  auto parts = open_parts(plan, *bank);
  if (parts.has_error()) return parts.error();
  const double server_before = cpu_s_of(plan.server_process).value_or(0);
  const double own_before = own_cpu_s();
  const SteadyTime start = std::chrono::steady_clock::now();
  const SteadyTime end = after(start, plan.seconds);
  const bool open_loop = plan.rate > 0;
  const double interval = open_loop ? plan.pupils / plan.rate : 1 / answers_each_second;
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < parts->size(); ++i) {
      const SteadyTime first = after(start, interval * static_cast<double>(i) / plan.pupils);
      threads.emplace_back([&part = (*parts)[i], &bank, open_loop, first, interval, end] {
        practise(part, *bank, open_loop, first, interval, end);
      });
    }
  }
  const Seconds taken = std::chrono::steady_clock::now() - start;
  const double own_s = own_cpu_s() - own_before;
  const auto server_after = cpu_s_of(plan.server_process);
  LoadReport report = report_on(*parts, taken.count());
  const double answers = static_cast<double>(std::max<std::int64_t>(report.answers, 1));
  report.client_cpu_ms = 1000 * own_s / answers;
  if (server_after) report.server_cpu_ms = 1000 * (*server_after - server_before) / answers;
  return report;
}

}  // namespace trede::commands
