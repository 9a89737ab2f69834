// The event loops: one thread each, each with its own io_context. Made before, and destroyed after,
// everything that posts to them (journal, services, server). A loop ends when nothing is left to do on it, so
// nothing is ever cut off in the middle.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "server/async.hpp"

namespace trede::net {

class Loops {
 public:
  explicit Loops(std::size_t count);
  ~Loops();  // finish()

  std::size_t size() const { return contexts_.size(); }
  Executor executor(std::size_t index) const { return contexts_.at(index)->get_executor(); }

  void start();   // starts the threads
  void finish();  // waits until every loop has nothing left to do; a server that runs must be stopped before

 private:
  using Context = boost::asio::io_context;
  std::vector<std::unique_ptr<Context>> contexts_;
  std::vector<boost::asio::executor_work_guard<Executor>> guards_;
  std::vector<std::jthread> threads_;
};

}  // namespace trede::net
