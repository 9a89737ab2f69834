// Marks that something about a pupil is on its way to the disk, while it lives; a second one must wait. On the loop
// of the pupil's shard.
#pragma once

#include "server/practice/pupil_state.hpp"

namespace trede::practice {

class WritingGuard {
 public:
  explicit WritingGuard(PupilState& pupil) : pupil_(pupil) { pupil_.writing = true; }
  ~WritingGuard() { pupil_.writing = false; }
  WritingGuard(const WritingGuard&) = delete;
  WritingGuard& operator=(const WritingGuard&) = delete;

 private:
  PupilState& pupil_;
};

}  // namespace trede::practice
