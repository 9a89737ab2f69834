// Which exercises and videos may be given now: in use, rested long enough, of the right pool. Rules first,
// then ever less rest, so that a pupil is never left with nothing while the bank has an exercise in use.
// Pure, any thread.
#pragma once

#include "engine/policy/context.hpp"

namespace trede::policy {

// An exercise that is always the same comes back after 20 others, one with new numbers each time after four.
inline constexpr int rest_answers = 20;
inline constexpr int rest_answers_varied = 4;
inline constexpr int last_relaxation = 4;  // at 3 still never the same family twice in a row, at 4 even that

inline constexpr int video_most_times = 3;
inline constexpr int video_rest_answers = 5;

// Ordinary exercises, or those above the curriculum.
enum class Pool { Ordinary, Enrichment };

// Not retired, of this pool, and not one the teacher has blocked for this pupil.
bool in_use(const Catalogue& catalogue, const PupilContext& context, int item, Pool pool);

// Whether an exercise of one topic may be given, with all worked out that its exercises share. relaxation 0 …
// last_relaxation: rest of 20, 10, 5, 1, 0 answers (4, 4, 4, 1, 0 for an exercise that varies). Refers to its inputs.
class Eligible {
 public:
  Eligible(const Catalogue& catalogue, const PupilContext& context, int topic, Pool pool, int relaxation);

  bool operator()(int item) const {
    const CatalogueItem& candidate = catalogue_.items[item];
    if (candidate.status == ItemStatus::Retired || (all_above_ || candidate.enrichment) != above_) return false;
    if (context_.answers - context_.item_answered_at[item] < (candidate.varies ? rest_varied_ : rest_) &&
        context_.item_answered_at[item] >= 0)
      return false;
    return context_.steering.blocked_items.empty() || !is_blocked(item);
  }

 private:
  bool is_blocked(int item) const;

  const Catalogue& catalogue_;
  const PupilContext& context_;
  bool above_, all_above_;
  int rest_, rest_varied_;
};

// The same of one exercise.
bool eligible(const Catalogue& catalogue, const PupilContext& context, int item, Pool pool, int relaxation);

bool any_in_use(const Catalogue& catalogue, const PupilContext& context, int topic, Pool pool);
bool any_eligible(const Catalogue& catalogue, const PupilContext& context, int topic, Pool pool,
                  int relaxation);

// The strictest relaxation at which some topic has an eligible exercise.
// Precondition: one of them has one in use.
int least_relaxation(const Catalogue& catalogue, const PupilContext& context, const std::vector<int>& topics,
                     Pool pool);

// The topic's videos that may be shown now, only the least seen.
// None when one was seen in the last five answers.
std::vector<int> eligible_videos(const Catalogue& catalogue, const PupilContext& context, int topic);

}  // namespace trede::policy
