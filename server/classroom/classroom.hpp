// One class live: its dashboard and the teachers who watch it. Lives on the loop of the class's pupils; every
// call is made there. The first change goes out at once, later ones at most every limits::push_interval, in
// one frame that all watchers share.
#pragma once

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <memory>

#include "server/async.hpp"
#include "server/classroom/dashboard.hpp"

namespace trede::classroom {

using Frame = std::shared_ptr<const std::string>;

// A teacher's open page. send may be called from any loop and never blocks.
struct Watcher {
  std::function<void(Frame)> send;
  protocol::Language language = protocol::Language::Nl;
  std::int64_t lesson = 0;  // whose page is open, 0 = none
};

class Classroom : public std::enable_shared_from_this<Classroom> {
 public:
  using Bank = std::shared_ptr<const content::ItemBank>;

  Classroom(net::Executor loop, ClassId id, Bank bank);

  ClassId id() const { return id_; }
  const Dashboard& dashboard() const { return dashboard_; }
  const Bank& bank() const { return bank_; }
  Sequence sequence() const { return sequence_; }

  void publish(PupilChange change, Sequence sequence);
  void publish(protocol::LessonRow lesson, Sequence sequence);
  void publish(const std::string& video, protocol::Question question, Sequence sequence);
  void publish(protocol::GroupSet groups, std::int64_t replaces, Sequence sequence);
  void remove(PupilId pupil);  // from the next page on that is opened
  void adopt(Bank bank);       // a new version: from now on pages name its topics

  // key names the page (its conversation); watching again replaces what it watched.
  void watch(const void* key, Watcher watcher);
  void unwatch(const void* key);

 private:
  void changed(Sequence sequence);
  void push();
  static net::awaitable<void> push_later(std::shared_ptr<Classroom> self);

  net::Executor loop_;
  ClassId id_;
  Bank bank_;
  Dashboard dashboard_;
  Sequence sequence_ = 0;
  std::map<const void*, Watcher> watchers_;
  bool waiting_ = false;  // push_later runs
};

}  // namespace trede::classroom
