#include "server/net/connections.hpp"

#include <spdlog/spdlog.h>
#include <boost/asio/as_tuple.hpp>

#include "server/limits.hpp"

namespace trede::net {
namespace {

// An operation that was cancelled ends at once; one that is lost never does.
constexpr long sweeps_after_cut = 2;

// A destructor, not a deleter: what a deleter keeps lives until the last weak copy is gone, and a conversation
// keeps one of its own place.
struct Place {
  Place(std::shared_ptr<Connections> of, std::shared_ptr<Connection> connection,
        std::shared_ptr<void> admitted)
      : connections(std::move(of)), taken_by(std::move(connection)), admission(std::move(admitted)) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { connections->remove(taken_by.get()); }

  std::shared_ptr<Connections> connections;
  std::shared_ptr<Connection> taken_by;
  std::shared_ptr<void> admission;
};

}  // namespace

std::shared_ptr<void> Admissions::admit(const std::string& address) {
  if (all_ >= limits::connections) return nullptr;
  const auto here = by_address_.find(address);
  const bool is_bounded = !address.empty();
  if (is_bounded && here != by_address_.end() && here->second >= limits::connections_per_address)
    return nullptr;
  ++all_;
  ++by_address_[address];
  return std::shared_ptr<void>(this, [self = shared_from_this(), address](void*) {
    boost::asio::post(self->loop_, [self, address] { self->leave(address); });
  });
}

void Admissions::leave(const std::string& address) {
  --all_;
  const auto here = by_address_.find(address);
  if (--here->second == 0) by_address_.erase(here);
}

awaitable<void> Connections::keep_sweeping(std::shared_ptr<Connections> connections) {
  while (!connections->stopping() || !connections->open_.empty()) {
    connections->timer_.expires_after(connections->interval_);
    co_await connections->timer_.async_wait(boost::asio::as_tuple(use_awaitable));
    connections->sweep();
  }
  connections->emptied_();
}

std::shared_ptr<void> Connections::add(std::shared_ptr<Connection> connection,
                                       std::shared_ptr<void> admission) {
  if (stopping()) return nullptr;
  open_.insert(connection.get());
  return std::make_shared<Place>(shared_from_this(), std::move(connection), std::move(admission));
}

void Connections::remove(Connection* connection) {
  open_.erase(connection);
  if (stopping() && open_.empty()) timer_.cancel();
}

void Connections::sweep() {
  const std::unordered_set<Connection*> swept = open_;  // a sweep may close, and so remove, some
  for (Connection* connection : swept)
    if (open_.contains(connection)) connection->sweep();
  if (!stopping() || --sweeps_left_ > 0) return;
  if (sweeps_left_ < -sweeps_after_cut) {
    spdlog::error("{} connections were cut and did not end; they are left behind", open_.size());
    return open_.clear();
  }
  const std::unordered_set<Connection*> hanging = open_;
  for (Connection* connection : hanging)
    if (open_.contains(connection)) connection->cut();
}

void Connections::stop(std::function<void()> emptied) {
  emptied_ = std::move(emptied);
  sweeps_left_ = std::chrono::seconds(limits::stop_time).count();
  const std::unordered_set<Connection*> stopped = open_;
  for (Connection* connection : stopped)
    if (open_.contains(connection)) connection->stop();
  if (open_.empty()) timer_.cancel();
}

}  // namespace trede::net
