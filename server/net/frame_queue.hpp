// Frames that wait for a reader, bounded in number and bytes (limits.hpp). The first one is being written.
// One loop.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "server/limits.hpp"

namespace trede::net {

class FrameQueue {
 public:
  using Frame = std::shared_ptr<const std::string>;

  // False when the reader is too slow; the frame is not queued then.
  bool push(Frame frame) {
    if (frames_.size() >= limits::outbox_frames) return false;
    // A single frame larger than the bound is let through: it is ours, and the reader may be a fast one.
    if (!frames_.empty() && bytes_ + frame->size() > limits::outbox_bytes) return false;
    bytes_ += frame->size();
    frames_.push_back(std::move(frame));
    return true;
  }

  void pop() {
    bytes_ -= frames_.front()->size();
    frames_.pop_front();
  }

  // Forgets all but the first `kept`.
  void truncate(std::size_t kept) {
    while (frames_.size() > kept) {
      bytes_ -= frames_.back()->size();
      frames_.pop_back();
    }
  }

  const Frame& front() const { return frames_.front(); }
  bool empty() const { return frames_.empty(); }
  std::size_t bytes() const { return bytes_; }

 private:
  std::deque<Frame> frames_;
  std::size_t bytes_ = 0;
};

}  // namespace trede::net
