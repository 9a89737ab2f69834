// From the journal to the states in memory, at start-up and for `trede verify`. Every belief is recomputed
// with the functions of the live path and compared with the digest that was stored with it.
#pragma once

#include <deque>
#include <functional>
#include <limits>

#include "server/practice/shard.hpp"
#include "server/store/bank_shelf.hpp"

namespace trede::practice {

struct Replayed {
  Sequence last = 0;
  std::int64_t events = 0;  // up to the last, wherever it began
  std::int64_t steps = 0;
  std::int64_t other_engine =
      0;  // steps whose belief was made by another version of the engine, not compared
  ParametersPointer parameters = std::make_shared<const Parameters>();  // the newest version
  std::deque<ParametersPointer> recent{parameters};  // that steps may still name, the newest last
};

// A choice as it was made: everything the policy knew. Refers to replay's own values: lives no longer than the call.
struct ChoiceMade {
  PupilId pupil;
  const Belief& belief;  // after the step before
  const Model& model;
  const std::vector<LessonWork>& lessons;
  const Decisions& decisions;
  const store::StepTaken& taken;  // the step before; taken.next is the choice
  Milliseconds at_ms = 0;
};
using Witness = std::function<void(const ChoiceMade&)>;

// shard_of a class; null when the class is not served. Conflict names the first pupil and step whose belief
// differs by more than 1e-9. Before the loops run, or on the one thread that owns the shards.
// witness: is told every choice but a pupil's first. Says in the log every few seconds how far it is.
struct ReplayPlan {
  Replayed from = {};  // shards and learner are as of then
  Sequence through = std::numeric_limits<Sequence>::max();
  Witness witness = {};
};
Result<Replayed> replay(store::Database& database, store::BankShelf& shelf, const std::vector<Shard*>& shards,
                        Learner& learner, Milliseconds now_ms, ReplayPlan plan = {});

}  // namespace trede::practice
