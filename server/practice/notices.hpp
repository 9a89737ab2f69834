// What the teachers of a pupil are told: alerts (engine/insight/alert_rules.hpp) that were raised, held until a
// teacher has seen them or as many new answers say otherwise. A pure fold over the pupil's answers and the
// acknowledgements, in the order of the journal, which is why replay restores it. Pupils never see it. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/insight/alert.hpp"
#include "engine/insight/watch.hpp"
#include "server/practice/belief.hpp"

namespace trede::practice {

// The topic goes by id, so that it outlives versions of the bank.
struct Notice {
  insight::AlertKind kind = insight::AlertKind::Stuck;
  insight::Cause cause = insight::Cause::None;
  std::string topic;         // empty = not about one topic
  double probability = 0.0;  // when it was last found
  int evidence = 0;          // answers
  int answers = 0;           // insight::Alert::answers
  int seen_at = 0;           // the pupil's answers when it was last found, or when it was acknowledged
  Milliseconds since_ms = 0;
};

// A topic had no exercise at the right level for the pupil.
struct TopicGap {
  std::string topic;  // id
  std::string lacks;  // harder, easier
  Milliseconds at_ms = 0;
};

struct Notices {
  std::vector<Notice> open;  // at most one of a kind
  std::vector<Notice> acknowledged;
  std::vector<TopicGap> gaps;  // of the last week of practice, at most one a topic
};

inline constexpr Milliseconds gap_stays_ms = 7 * 86'400'000LL;

// As many new answers may take an alert back, or bring back at the earliest one that a teacher has seen.
inline constexpr int new_evidence = insight::window;

// After an answer; belief: after it, under model. An alert that was acknowledged comes back when it is found on as
// much evidence again, and not before new_evidence more answers.
void notice(Notices& notices, const Belief& belief, const Model& model, Milliseconds at_ms);

// A step was chosen for the pupil.
void notice_gap(Notices& notices, const store::StoredChoice& next, Milliseconds at_ms);

// The open notice that a teacher was shown, by its codes; null when it is gone.
const Notice* find(const Notices& notices, std::string_view kind, std::string_view topic);
// answers: the pupil's so far.
void acknowledge(Notices& notices, std::string_view kind, std::string_view topic, int answers);

// The codes that messages and events carry (protocol::AlertRow).
std::string_view code_of(insight::AlertKind kind);
std::string_view code_of(insight::Cause cause);

}  // namespace trede::practice
