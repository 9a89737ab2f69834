// What the journal says of practice: how steps and answers went, what pupils say of them, where exercises lack.
// Readers bring their own read-only connection.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "server/protocol/parts.hpp"
#include "server/store/database.hpp"

namespace trede::store {

// A step done, as far as it tells something of the item or the video.
struct StepDone {
  Sequence sequence = 0;
  Milliseconds at_ms = 0;
  std::int64_t pupil = 0;
  std::string id;         // of the item or the video
  std::int64_t bank = 0;  // version it was drawn from
  double predicted = 0;
  bool right = false;
  bool rapid = false;
  bool video = false;
  double watched = 0;         // of a video: share seen
  std::string reason = {};    // protocol code
  double probability = 1;     // of the choice
  std::string withheld = {};  // the video in whose place an exercise came by lot, empty = none
};
// Calls visit for those after this sequence, in its order; the result is how many there were.
Result<std::int64_t> steps_since(Database& database, Sequence after,
                                 const std::function<void(const StepDone&)>& visit);

// An answer as far as it tells how a pupil gets on; rapid guesses are left out.
struct AnswerGiven {
  Milliseconds at_ms = 0;
  std::string topic;  // id
  bool right = false;
  double mean_after = 0;  // ability on the topic, logits
};
// Calls visit for the pupil's answers from then on, in their order; the result is how many there were.
Result<std::int64_t> answers_since(Database& database, PupilId pupil, Milliseconds from_ms,
                                   const std::function<void(const AnswerGiven&)>& visit);

// A pupil on an exercise. why: suspect, broken, unclear.
struct ItemSaid {
  std::string item;
  std::int64_t bank = 0;  // version it was drawn from
  std::int64_t pupil = 0;
  std::string why;
  Milliseconds at_ms = 0;
};
Result<std::vector<ItemSaid>> items_said(Database& database);

// For each file of this version of the bank the first version in which it reads as it does there.
Result<std::map<std::string, std::int64_t>> unchanged_since(Database& database, std::int64_t version);

// Of the steps since then, those for which a topic had nothing at the right level; most pupils first.
Result<std::vector<protocol::GapCount>> gaps_since(Database& database, Milliseconds at_ms);

}  // namespace trede::store
