// Learns what pupils share from their answers, in the order of the journal: each item's slope and difficulty
// by a joint update with the pupil's belief (engine/calibration/online_item.hpp), effects by adding up
// sufficient statistics (engine/effects/statistics.hpp). The live owner and replay feed it the same, so after
// a restart it knows what it knew. A plain value without clock or lock; one owner at a time.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "engine/effects/statistics.hpp"
#include "server/practice/model.hpp"

namespace trede::practice {

// What one answer tells about what pupils share.
struct Evidence {
  struct OfItem {
    int item = 0;  // position in the bank
    calibration::ItemEvidence answer;
    double seconds = 0;  // that it took, 0 = unknown
  };
  BankPointer bank;            // that the positions are of
  std::optional<OfItem> item;  // none: a video, or an answer that says nothing of ability
  effects::Evidence effects;
};

// When to publish: after so many answers, or when the first unpublished one is this old.
struct PublicationRule {
  std::size_t answers;
  Milliseconds window_ms;
};

class Learner {
 public:
  struct Item {
    calibration::OnlineItem belief;
    tracking::ItemTime time;
  };
  struct Waiting {
    Sequence sequence = 0;
    Milliseconds at_ms = 0;
    Evidence evidence;
  };
  // All it knows.
  struct Memory {
    BankPointer bank;          // the newest version that an answer was about: the effects are numbered by it
    std::int64_t version = 0;  // of the parameters, the last one published
    std::map<std::string, Item, std::less<>> items;
    effects::EffectStatistics statistics;
    std::map<std::string, store::LearnedEffect, std::less<>> effects;  // as published
    std::deque<Waiting>
        waiting;  // not in a published version yet; bounded by the rule and the journal's queue
  };

  Learner(PublicationRule rule, BankPointer bank);

  std::int64_t version() const { return known_.version; }  // the last one published
  const Memory& memory() const { return known_; }
  void restore(Memory memory) { known_ = std::move(memory); }

  void take(Sequence sequence, Milliseconds at_ms, Evidence evidence);
  bool due() const;  // as of the last answer taken
  std::size_t waiting() const { return known_.waiting.size(); }

  // The next version as it would be now: the items that were answered since the last, the effects that moved.
  store::ParametersPublished publication() const;

  // A version is in the journal (all parts of it put together). What it says replaces what is known of the
  // items it names; answers after `through` are learned again on top.
  void published(const store::ParametersPublished& version);

 private:
  void learn_item(const Evidence& evidence);
  void learn_effects(const Evidence& evidence);
  bool is_news(const store::LearnedEffect& effect) const;

  PublicationRule rule_;
  Memory known_;
};

}  // namespace trede::practice
