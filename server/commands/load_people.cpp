#include "server/commands/load_people.hpp"

#include <utility>

#include "server/commands/load_school.hpp"
#include "server/commands/pupil_client.hpp"
#include "server/limits.hpp"
#include "server/protocol/codec.hpp"

namespace trede::commands {
namespace {

constexpr std::int64_t thinking_ms = 20'000;  // told of each step: long enough to be no rapid guess

using Clock = std::chrono::steady_clock;

double ms_between(LoadTime from, LoadTime to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

std::string_view text_in(const boost::json::object& object, const char* member) {
  const auto* value = object.if_contains(member);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::int64_t number_in(const boost::json::object& object, const char* member) {
  const auto* value = object.if_contains(member);
  return value && value->is_int64() ? value->get_int64() : 0;
}

}  // namespace

void PushTimes::acknowledged(const std::string& pupil, std::int64_t answers, LoadTime now) {
  Answers& known = pupils_[pupil];
  if (answers > known.shown)
    known.acknowledged.emplace_back(answers, now);
  else
    tally_.push_ms.push_back(0);  // the teacher saw it first
}

void PushTimes::shown(const std::string& pupil, std::int64_t answers, LoadTime now) {
  Answers& known = pupils_[pupil];
  known.shown = answers;
  while (!known.acknowledged.empty() && known.acknowledged.front().first <= answers) {
    tally_.push_ms.push_back(ms_between(known.acknowledged.front().second, now));
    known.acknowledged.pop_front();
  }
}

LoadPupil::LoadPupil(boost::asio::io_context& context, LoadTally& tally, PushTimes* pushes, int number)
    : tally_(tally),
      pushes_(pushes),
      name_(load_pupil(number)),
      random_(static_cast<std::uint64_t>(number)),
      socket_(context,
              {[this] {
                 ++tally_.open;
                 tally_.connect_ms.push_back(ms_between(began_, Clock::now()));
                 socket_.send(protocol::encode(protocol::PupilHello{"hello", content::Language::Nl, 0}));
               },
               [this](std::string_view text) { receive(text); },
               [this](const std::string& reason) { leave(reason); }}),
      allowance_(limits::messages_burst - 10) {}

void LoadPupil::open(const ServerAddress& address, const std::string& source, const std::string& cookie) {
  began_ = Clock::now();
  socket_.open(address, source, cookie);
}

void LoadPupil::answer_due(LoadTime due) {
  due_.push_back(due);
  if (state_ == State::Waiting) answer_next();
}

void LoadPupil::refill(double messages) {
  allowance_ = std::min(allowance_ + messages, static_cast<double>(limits::messages_burst - 10));
  if (state_ == State::Waiting && !due_.empty()) answer_next();
}

void LoadPupil::answer_next() {
  if (due_.empty() || allowance_ < 1 || without_step_) return;
  asked_ = due_.front();
  due_.pop_front();
  allowance_ -= 1;
  state_ = State::Answering;
  const std::string request = "load-" + std::to_string(++requests_);
  if (step_.kind == "video")
    socket_.send(protocol::encode(protocol::FinishVideo{request, step_.number, step_.id, 1.0, thinking_ms}));
  else
    socket_.send(protocol::encode(
        protocol::SubmitAnswer{request, step_.number, step_.id, guess_at(step_, random_), thinking_ms}));
}

void LoadPupil::leave(const std::string& reason) {
  if (std::exchange(state_, State::Gone) != State::Gone) ++tally_.gone;
  tally_.error(reason);
}

void LoadPupil::take(protocol::Step step) {
  step_ = std::move(step);
  without_step_ = step_.kind == "nothing";
  state_ = State::Waiting;
}

void LoadPupil::receive(std::string_view text) {
  const LoadTime now = Clock::now();
  const auto json = protocol::parse_json(text);
  const auto* object = json.has_value() ? json->if_object() : nullptr;
  if (!object) return tally_.error("not JSON");
  const std::string_view type = text_in(*object, "type");
  const bool welcome = type == "pupil-welcome";
  if (!welcome && type != "step-judged") {
    if (type != "refused") return;  // pushed: nothing that was asked for
    return leave(std::string(text_in(*object, "detail")));
  }
  auto step = protocol::struct_from_json<protocol::Step>(object->at(welcome ? "step" : "next"));
  if (step.has_error()) return tally_.error(step.error().detail);
  const bool was_video = step_.kind == "video";
  tally_.ready += welcome;
  if (!welcome && tally_.measuring) {
    if (was_video)
      ++tally_.videos;
    else
      tally_.reply_ms.push_back(ms_between(asked_, now));
    if (pushes_ && !was_video) pushes_->acknowledged(name_, number_in(*object, "answers_today"), now);
  }
  take(std::move(*step));
  answer_next();
}

LoadTeacher::LoadTeacher(boost::asio::io_context& context, LoadTally& tally, PushTimes& pushes)
    : tally_(tally),
      pushes_(pushes),
      socket_(context,
              {[this] {
                 ++tally_.open;
                 socket_.send(protocol::encode(protocol::WatchClass{"watch", content::Language::Nl, 0}));
               },
               [this](std::string_view text) { receive(text); },
               [this](const std::string& reason) { tally_.error("a teacher: " + reason); }}) {}

void LoadTeacher::open(const ServerAddress& address, const std::string& source, const std::string& cookie) {
  socket_.open(address, source, cookie);
}

void LoadTeacher::receive(std::string_view text) {
  const LoadTime now = Clock::now();
  const auto json = protocol::parse_json(text);
  const auto* object = json.has_value() ? json->if_object() : nullptr;
  if (!object) return;
  const std::string_view type = text_in(*object, "type");
  tally_.ready += type == "class-shown";
  if (type != "class-changed") return;
  ++tally_.pushes;
  const auto* pupils = object->at("pupils").if_array();
  for (const auto& each : *pupils) {
    const auto& row = each.get_object();
    pushes_.shown(std::string(text_in(row, "name")), number_in(row, "answers_today"), now);
  }
}

}  // namespace trede::commands
