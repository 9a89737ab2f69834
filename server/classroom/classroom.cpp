#include "server/classroom/classroom.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>

#include "server/limits.hpp"
#include "server/protocol/codec.hpp"

namespace trede::classroom {
namespace {

template <class Message>
Frame frame(const Message& message) {
  return std::make_shared<const std::string>(protocol::encode(message));
}

}  // namespace

Classroom::Classroom(net::Executor loop, ClassId id, Bank bank)
    : loop_(loop), id_(id), bank_(std::move(bank)) {}

void Classroom::publish(PupilChange change, Sequence sequence) {
  dashboard_.put(std::move(change));
  changed(sequence);
}

void Classroom::publish(protocol::LessonRow lesson, Sequence sequence) {
  dashboard_.put(std::move(lesson));
  changed(sequence);
}

void Classroom::publish(const std::string& video, protocol::Question question, Sequence sequence) {
  dashboard_.put(video, std::move(question));
  changed(sequence);
}

void Classroom::publish(protocol::GroupSet groups, std::int64_t replaces, Sequence sequence) {
  dashboard_.put(std::move(groups), replaces);
  changed(sequence);
}

void Classroom::remove(PupilId pupil) {
  dashboard_.remove(pupil.value);
}

void Classroom::adopt(Bank bank) {
  bank_ = std::move(bank);
}

void Classroom::watch(const void* key, Watcher watcher) {
  watchers_[key] = std::move(watcher);
}

void Classroom::unwatch(const void* key) {
  watchers_.erase(key);
}

void Classroom::changed(Sequence sequence) {
  sequence_ = std::max(sequence_, sequence);
  if (waiting_) return;
  push();
  if (watchers_.empty()) return;
  waiting_ = true;
  boost::asio::co_spawn(loop_, push_later(shared_from_this()), boost::asio::detached);
}

net::awaitable<void> Classroom::push_later(std::shared_ptr<Classroom> self) {
  using Timer =
      boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                        boost::asio::wait_traits<std::chrono::steady_clock>, net::Executor>;
  Timer timer(self->loop_);
  do {
    timer.expires_after(limits::push_interval);
    co_await timer.async_wait(net::use_awaitable);
    if (!self->dashboard_.has_changes()) break;
    self->push();
  } while (true);
  self->waiting_ = false;
}

void Classroom::push() {
  auto changes = dashboard_.take_changes();
  if (watchers_.empty() || changes.empty()) return;
  Frame rows;
  if (changes.rows()) {
    protocol::ClassChanged changed;
    changed.class_id = id_.value;
    changed.sequence = sequence_;
    changed.pupils = std::move(changes.pupils);
    changed.lessons = std::move(changes.lessons);
    if (changes.alerts) changed.alerts = dashboard_.alerts();
    if (changes.gaps) changed.gaps = dashboard_.gaps();
    if (changes.groups) changed.groups = dashboard_.groups();
    rows = frame(changed);
  }
  std::map<std::pair<std::int64_t, protocol::Language>, Frame> pages;
  for (const auto& [key, watcher] : watchers_) {
    if (rows) watcher.send(rows);
    if (!changes.lesson_pages || watcher.lesson == 0) continue;
    Frame& page = pages[{watcher.lesson, watcher.language}];
    if (!page)
      if (const auto shown = dashboard_.lesson_page(watcher.lesson, *bank_, watcher.language))
        page = frame(*shown);
    if (page) watcher.send(page);
  }
}

}  // namespace trede::classroom
