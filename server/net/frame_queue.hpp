// Frames that wait for a reader, bounded in number and bytes (limits.hpp). The first one is being written; those behind
// it are counted.
// One loop.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "server/limits.hpp"

namespace trede::net {

class FrameQueue {
 public:
  using Frame = std::shared_ptr<const std::string>;
  using Time = std::chrono::steady_clock::time_point;

  // False when the reader is too slow; the frame is not queued then.
  bool push(Frame frame, Time now) {
    if (waiting_.size() >= limits::outbox_frames) return false;
    // What is being written may be larger than the bound: it is ours, and the reader may be a fast one.
    if (!waiting_.empty() && bytes_ - front()->size() + frame->size() > limits::outbox_bytes) return false;
    bytes_ += frame->size();
    waiting_.push_back({std::move(frame), now});
    return true;
  }

  void pop() {
    bytes_ -= front()->size();
    waiting_.pop_front();
  }

  // Forgets all but the first `kept`.
  void truncate(std::size_t kept) {
    while (waiting_.size() > kept) {
      bytes_ -= waiting_.back().frame->size();
      waiting_.pop_back();
    }
  }

  const Frame& front() const { return waiting_.front().frame; }
  Time front_since() const { return waiting_.front().since; }
  bool empty() const { return waiting_.empty(); }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Waiting {
    Frame frame;
    Time since;
  };
  std::deque<Waiting> waiting_;
  std::size_t bytes_ = 0;
};

}  // namespace trede::net
