// The sockets that are open: counted over all loops before they are admitted, swept once a second on their
// own loop. One sweep instead of a timer for every operation: those cost a third of a message, measured.
#pragma once

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "server/async.hpp"

namespace trede::net {

// A socket as its loop sees it. All calls on that loop.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void sweep() = 0;  // a second went by
  virtual void stop() = 0;   // finish what runs, then close
  virtual void cut() = 0;    // close now
};

// Counts the sockets in all and per address. Belongs to the accepting loop.
class Admissions : public std::enable_shared_from_this<Admissions> {
 public:
  explicit Admissions(Executor loop) : loop_(loop) {}

  // Null when there are too many; "" stands for many clients behind one web server, of which only the number of all is
  // bounded. The place is given back when the last copy is destroyed, on any thread.
  std::shared_ptr<void> admit(const std::string& address);

 private:
  void leave(const std::string& address);

  Executor loop_;
  std::size_t all_ = 0;
  std::unordered_map<std::string, std::size_t> by_address_;
};

// The open sockets of one loop; all calls on it.
class Connections : public std::enable_shared_from_this<Connections> {
 public:
  Connections(Executor loop, std::chrono::milliseconds interval) : timer_(loop), interval_(interval) {}

  // Sweeps until stopped and empty. The caller spawns it on the loop.
  static awaitable<void> keep_sweeping(std::shared_ptr<Connections> connections);

  // The socket is swept until the last copy of its place is destroyed (on the loop). Null when the server
  // stops.
  std::shared_ptr<void> add(std::shared_ptr<Connection> connection, std::shared_ptr<void> admission);

  // Stops all; emptied is called once, when the last is gone. Those that hang are cut after
  // limits::stop_time, and forgotten a little later, so that a stop always ends.
  void stop(std::function<void()> emptied);
  bool stopping() const { return emptied_ != nullptr; }

  void remove(Connection* connection);  // by its place

 private:
  using Timer =
      boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                        boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

  void sweep();

  Timer timer_;
  std::chrono::milliseconds interval_;
  std::unordered_set<Connection*> open_;
  std::function<void()> emptied_;
  long sweeps_left_ = 0;
};

}  // namespace trede::net
