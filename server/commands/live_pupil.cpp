#include "server/commands/live_pupil.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <thread>

#include "server/commands/demo_school.hpp"

namespace trede::commands {
namespace {

constexpr double late_s = 20;   // the last child comes in so much after the first
constexpr double away_s = 5;    // before knocking again
constexpr double reads_s = 4;   // feedback on a right answer; twice as long on a wrong one
constexpr double report_s = 5;  // between reports of a playing video, as the page does
constexpr double watches_to_the_end = 0.8;
constexpr double asks_while_live = 0.25;  // chance per video
constexpr double nothing_left_s = 60;     // before looking again
constexpr double slice_s = 0.25;          // how soon a stop is noticed
constexpr double guesses_right = 0.3, live_guess_ms = 9'000;

WebSocketClient::Duration seconds_of(double seconds) {
  return std::chrono::duration_cast<WebSocketClient::Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace

LivePupil::LivePupil(ServerAddress address, std::string name, lab::SimulatedPupil child, double pace,
                     practice::BankPointer bank, const conversation::StepSeal& seal, std::uint64_t seed,
                     Deeds& deeds)
    : address_(std::move(address)),
      who_{"pupil", std::string(demo_class_code), std::move(name), std::string(demo_pin)},
      child_(std::move(child)),
      pace_(pace),
      bank_(std::move(bank)),
      seal_(seal),
      random_(seed),
      deeds_(deeds) {}

void LivePupil::run(std::stop_token stop) {
  stop_ = std::move(stop);
  wait_for_server(random_.uniform() * late_s / pace_);
  while (!stop_.stop_requested()) {
    auto client = PupilClient::open(address_, who_);
    Result<void> ended;
    if (client.has_error()) {
      ended = client.error();
    } else {
      deeds_.away_told = false;
      ++deeds_.present;
      while (ended.has_value() && !stop_.stop_requested()) ended = practise(*client);
      --deeds_.present;
    }
    if (ended.has_value()) return;
    if (!deeds_.away_told.exchange(true))
      spdlog::info("{} waits and comes back: {}", who_.name, ended.error().detail);
    wait_for_server(away_s * (0.5 + random_.uniform()));
  }
}

// Asleep, without a connection.
void LivePupil::wait_for_server(double seconds) {
  for (; seconds > 0 && !stop_.stop_requested(); seconds -= slice_s)
    std::this_thread::sleep_for(seconds_of(std::min(seconds, slice_s)));
}

// Awake, in the child's time.
Result<void> LivePupil::live_on(PupilClient& client, double seconds) {
  for (double left = seconds / pace_; left > 0 && !stop_.stop_requested(); left -= slice_s) {
    const auto paused = client.pause(seconds_of(std::min(left, slice_s)));
    if (paused.has_error()) return paused;
  }
  return {};
}

Result<void> LivePupil::practise(PupilClient& client) {
  if (client.step().kind == "exercise") return do_exercise(client);
  if (client.step().kind == "video") return watch_video(client);
  const auto waited = live_on(client, nothing_left_s);
  if (waited.has_error()) return waited;
  return Error{ErrorCode::Unavailable, "there is nothing left to practise"};
}

Result<void> LivePupil::do_exercise(PupilClient& client) {
  const auto known = know(bank_, seal_, client.step());
  const bool right =
      known.has_value() ? child_.answers(*known->in_catalogue, random_) : random_.uniform() < guesses_right;
  const double thought_ms =
      known.has_value() ? child_.elapsed_ms(*known->in_catalogue, right, random_) : live_guess_ms;
  const auto thought = live_on(client, thought_ms / 1000);
  if (thought.has_error() || stop_.stop_requested()) return thought;
  const auto judged =
      client.answer(known.has_value() ? answer_to(*known, right, random_) : guess_at(client.step(), random_),
                    static_cast<std::int64_t>(thought_ms));
  if (judged.has_error()) return judged.error();
  const bool was_right = judged->feedback && judged->feedback->right;
  ++deeds_.answers;
  if (was_right) ++deeds_.right;
  if (known.has_value()) child_.practise(*known->in_catalogue);
  return live_on(client, (was_right ? 1 : 2) * reads_s * (0.5 + random_.uniform()));
}

Result<void> LivePupil::watch_video(PupilClient& client) {
  const protocol::VideoView video = *client.step().video;
  const double end_s =
      video.seconds * (random_.uniform() < watches_to_the_end ? 1.0 : 0.2 + 0.7 * random_.uniform());
  const double asks_at_s = random_.uniform() < asks_while_live ? random_.uniform() * end_s : -1;
  double at_s = 0;
  while (at_s < end_s) {
    const double next_s = std::min(end_s, at_s + report_s * pace_);
    const auto watched = live_on(client, next_s - at_s);
    if (watched.has_error() || stop_.stop_requested()) return watched;
    const auto reported = client.report_video(next_s, next_s / video.seconds);
    if (reported.has_error()) return reported;
    if (asks_at_s >= at_s && asks_at_s < next_s) {
      const auto asked = client.ask(asks_at_s, demo_question(random_));
      if (asked.has_error()) return asked;
      ++deeds_.questions;
    }
    at_s = next_s;
  }
  const double share = end_s / video.seconds;
  const auto finished = client.finish_video(share, static_cast<std::int64_t>(1000 * end_s));
  if (finished.has_error()) return finished.error();
  ++deeds_.videos;
  if (const auto index = bank_->find_video(video.id)) child_.watch(bank_->catalogue, *index, share);
  return {};
}

}  // namespace trede::commands
