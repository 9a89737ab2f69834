#include "server/commands/load_run.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "server/commands/load_people.hpp"
#include "server/commands/load_school.hpp"
#include "server/commands/process_figures.hpp"
#include "server/limits.hpp"

namespace trede::commands {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::chrono::milliseconds tick{5};
constexpr double tick_messages =
    0.9 * limits::messages_per_second * 0.005;  // with room for the server's own clock
constexpr int connections_each_source = 3'000;  // limits::connections_per_address with room to spare
constexpr std::chrono::seconds patience{120};   // for everybody to be there

Clock::time_point after(Clock::time_point start, double seconds) {
  return start + std::chrono::duration_cast<Clock::duration>(Seconds(seconds));
}

std::string source_of(int connection) {
  return "127.0.0." + std::to_string(2 + connection / connections_each_source);
}

// The smallest value that the share of all values does not exceed; 0 of none. Precondition: sorted.
double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(place, 1) - 1];
}

// Cookies in the order of the people; sixteen sign in at once.
Result<std::vector<std::string>> sign_everybody_in(const ServerAddress& address,
                                                   const std::vector<protocol::SignIn>& people) {
  std::vector<std::string> cookies(people.size());
  std::vector<std::optional<Error>> errors(people.size());
  std::atomic<std::size_t> next{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
      threads.emplace_back([&] {
        for (std::size_t at = next++; at < people.size(); at = next++) {
          auto cookie = sign_in(address, people[at]);
          if (cookie.has_error())
            errors[at] = cookie.error();
          else
            cookies[at] = std::move(*cookie);
        }
      });
  }
  for (const auto& error : errors)
    if (error) return *error;
  return cookies;
}

class LoadRun {
 public:
  explicit LoadRun(const LoadPlan& plan) : plan_(plan), pushes_(tally_) {}
  ~LoadRun() { leave(); }

  Result<LoadReport> run();

 private:
  Result<void> gather();
  Result<void> connect_everybody(const std::vector<std::string>& cookies);
  void add_idle_connections(const std::vector<std::string>& cookies);
  template <class Done>
  void run_until(Done done, Clock::time_point limit);
  void measure();
  void answers_due(Clock::time_point now);
  void leave();
  void tell_times();

  const LoadPlan& plan_;
  LoadTally tally_;
  PushTimes pushes_;
  LoadReport report_;
  boost::asio::io_context context_{1};  // outlives the sockets below
  std::vector<std::unique_ptr<LoadPupil>> pupils_;
  std::vector<std::unique_ptr<LoadTeacher>> teachers_;
  std::vector<std::unique_ptr<LoadSocket>> idle_;
  Clock::time_point start_{}, end_{};
  std::int64_t answers_asked_ = 0;
};

template <class Done>
void LoadRun::run_until(Done done, Clock::time_point limit) {
  context_.restart();
  while (!done() && Clock::now() < limit) context_.run_one_for(tick);
}

Result<void> LoadRun::gather() {
  std::vector<protocol::SignIn> people;
  for (int number = 1; number <= plan_.pupils; ++number) people.push_back(load_pupil_sign_in(number));
  for (int number = 1; number <= plan_.teachers; ++number) people.push_back(load_teacher_sign_in(number));
  const auto began = Clock::now();
  const auto cookies = sign_everybody_in(plan_.address, people);
  if (cookies.has_error()) return cookies.error();
  report_.sign_in_seconds = Seconds(Clock::now() - began).count();
  const auto connected = connect_everybody(*cookies);
  if (connected.has_value() && plan_.idle > 0) add_idle_connections(*cookies);
  return connected;
}

Result<void> LoadRun::connect_everybody(const std::vector<std::string>& cookies) {
  const auto began = Clock::now();
  for (int i = 0; i < plan_.pupils; ++i) {
    const bool watched = i < plan_.teachers * load_class_size;
    pupils_.push_back(std::make_unique<LoadPupil>(context_, tally_, watched ? &pushes_ : nullptr, i + 1));
    pupils_.back()->open(plan_.address, source_of(i), cookies[static_cast<std::size_t>(i)]);
  }
  for (int i = 0; i < plan_.teachers; ++i) {
    teachers_.push_back(std::make_unique<LoadTeacher>(context_, tally_, pushes_));
    teachers_.back()->open(plan_.address, source_of(plan_.pupils + i),
                           cookies[static_cast<std::size_t>(plan_.pupils + i)]);
  }
  const std::int64_t all = plan_.pupils + plan_.teachers;
  run_until([&] { return tally_.ready + tally_.errors >= all; }, Clock::now() + patience);
  report_.connect_seconds = Seconds(Clock::now() - began).count();
  if (tally_.ready == all) return {};
  return Error{ErrorCode::Unavailable, "only " + std::to_string(tally_.ready) + " of " + std::to_string(all) +
                                           " people got in: " + tally_.first_error};
}

void LoadRun::add_idle_connections(const std::vector<std::string>& cookies) {
  const double before = resident_kib_of(plan_.server_process).value_or(0);
  const std::int64_t wanted = tally_.open + plan_.idle;
  const auto began = Clock::now();
  for (int i = 0; i < plan_.idle; ++i) {
    const auto opened = [this, began] {
      ++tally_.open;
      tally_.connect_ms.push_back(1000 * Seconds(Clock::now() - began).count());
    };
    const auto lost = [this](const std::string& reason) { tally_.error("an idle connection: " + reason); };
    idle_.push_back(
        std::make_unique<LoadSocket>(context_, LoadSocket::Events{opened, [](std::string_view) {}, lost}));
    const auto cookie = cookies[static_cast<std::size_t>(i % plan_.pupils)];
    idle_.back()->open(plan_.address, source_of(plan_.pupils + plan_.teachers + i), cookie);
  }
  run_until([&] { return tally_.open + tally_.errors >= wanted; }, Clock::now() + patience);
  report_.connect_seconds = Seconds(Clock::now() - began).count();
  if (const auto now = resident_kib_of(plan_.server_process))
    report_.server_memory_kib_each_idle = (*now - before) / plan_.idle;
}

// Open loop: answer n is due n / rate after the start, by pupil n modulo pupils.
void LoadRun::answers_due(Clock::time_point now) {
  if (plan_.rate > 0) {
    while (true) {
      const auto due = after(start_, static_cast<double>(answers_asked_) / plan_.rate);
      if (due > now || due >= end_) return;
      pupils_[static_cast<std::size_t>(answers_asked_++) % pupils_.size()]->answer_due(due);
    }
  }
  for (const auto& pupil : pupils_) {
    if (plan_.answers > 0 && answers_asked_ >= plan_.answers) return;
    if (!pupil->may_answer()) continue;
    pupil->answer_due(now);
    ++answers_asked_;
  }
}

void LoadRun::measure() {
  tally_.measuring = true;
  start_ = Clock::now();
  end_ = after(start_, plan_.seconds);
  auto refilled = start_;
  const auto enough = [&] {
    if (tally_.gone == plan_.pupils) return true;
    return plan_.answers > 0 &&
           static_cast<std::int64_t>(tally_.reply_ms.size()) + tally_.videos + tally_.errors >= plan_.answers;
  };
  context_.restart();
  for (auto now = start_; now < end_ && !enough(); now = Clock::now()) {
    for (; now - refilled >= tick; refilled += tick)
      for (const auto& pupil : pupils_) pupil->refill(tick_messages);
    answers_due(now);
    const auto next =
        plan_.rate > 0 ? after(start_, static_cast<double>(answers_asked_) / plan_.rate) : now + tick;
    context_.run_one_until(std::min(next, now + tick));
    context_.poll();
  }
  report_.seconds = Seconds(Clock::now() - start_).count();
}

void LoadRun::leave() {
  for (const auto& pupil : pupils_) pupil->close();
  for (const auto& teacher : teachers_) teacher->close();
  for (const auto& socket : idle_) socket->close();
  run_until([] { return false; }, Clock::now() + std::chrono::milliseconds(50));
}

void LoadRun::tell_times() {
  auto& times = tally_.reply_ms;
  std::sort(times.begin(), times.end());
  report_.p50_ms = quantile(times, 0.50);
  report_.p90_ms = quantile(times, 0.90);
  report_.p99_ms = quantile(times, 0.99);
  report_.p999_ms = quantile(times, 0.999);
  report_.max_ms = quantile(times, 1);
  auto from = times.begin();
  for (double bound = 0.25; from != times.end(); bound *= 2) {
    const auto to = std::upper_bound(from, times.end(), bound);
    report_.histogram.push_back({bound, to - from});
    from = to;
  }
  std::sort(tally_.push_ms.begin(), tally_.push_ms.end());
  report_.push_p50_ms = quantile(tally_.push_ms, 0.50);
  report_.push_p99_ms = quantile(tally_.push_ms, 0.99);
  std::sort(tally_.connect_ms.begin(), tally_.connect_ms.end());
  report_.connect_p99_ms = quantile(tally_.connect_ms, 0.99);
}

Result<LoadReport> LoadRun::run() {
  const auto gathered = gather();
  if (gathered.has_error()) return gathered.error();
  const double server_before = cpu_s_of(plan_.server_process).value_or(0);
  const double own_before = own_cpu_s();
  measure();
  const double own_s = own_cpu_s() - own_before;
  const auto server_after = cpu_s_of(plan_.server_process);
  const auto pushes = static_cast<double>(tally_.pushes);
  report_.pupils = plan_.pupils;
  report_.teachers = plan_.teachers;
  report_.idle = plan_.idle;
  report_.answers = static_cast<std::int64_t>(tally_.reply_ms.size());
  report_.answers_per_second = static_cast<double>(report_.answers) / report_.seconds;
  report_.videos = tally_.videos;
  report_.errors = tally_.errors;
  report_.first_error = tally_.first_error;
  report_.pushes = tally_.pushes;
  if (plan_.teachers > 0) report_.pushes_per_second = pushes / report_.seconds / plan_.teachers;
  for (const auto& pupil : pupils_) {
    report_.without_step += pupil->without_step();
    report_.unanswered += pupil->unanswered();
  }
  tell_times();
  const double answers = static_cast<double>(std::max<std::int64_t>(report_.answers + report_.videos, 1));
  report_.client_cpu_ms = 1000 * own_s / answers;
  if (server_after) report_.server_cpu_ms = 1000 * (*server_after - server_before) / answers;
  report_.server_memory_kib = resident_kib_of(plan_.server_process);
  return report_;
}

}  // namespace

Result<LoadReport> run_load(const LoadPlan& plan) {
  return LoadRun(plan).run();
}

}  // namespace trede::commands
