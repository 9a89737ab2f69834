// Parts of an author's messages, as parts.hpp has those of several roles: the bank in rows, what is wrong with a draft,
// and what practice shows of exercises and videos, in numbers about nobody.
#pragma once

#include "server/protocol/parts.hpp"

namespace trede::protocol {

struct FieldProblem {
  std::string field;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(FieldProblem, (), (field, message))

struct Formula {
  std::string tex;
  std::string mathml;
};
BOOST_DESCRIBE_STRUCT(Formula, (), (tex, mathml))

struct ItemRow {
  std::string id;
  std::string topic;
  std::string type;       // of the answer
  std::string preview;    // the beginning of the body, plain text
  double difficulty = 0;  // as its author has it, logits
  std::string status;     // active, trial, retired
  bool enrichment = false;
  std::int64_t answers = 0;  // that were no guesses at a glance, as below
  double right_share = 0;
  double right_low = 0, right_high = 1;  // between these in the long run, 95 %
  double predicted_share = 0;            // mean P(right) that was told before those answers
  double exposure = 0;                   // share of all exercises given in the last four weeks
  std::int64_t reports = 0;              // pupils who say that something is wrong with it
  // Once answers taught one, and what it may be beside it (two times in three).
  std::optional<double> learned_difficulty, learned_margin;
};
BOOST_DESCRIBE_STRUCT(ItemRow, (),
                      (id, topic, type, preview, difficulty, status, enrichment, answers, right_share,
                       right_low, right_high, predicted_share, exposure, reports, learned_difficulty,
                       learned_margin))

// What watching a whole video does: an exercise that comes right with chance `before` comes right with chance `after`
// then, between low and high in the long run (95 %). logits: the same as a shift of ability. known: answers have
// taught enough of it to tell; else it is mostly a first guess.
struct VideoEffect {
  bool known = false;
  double before = 0, after = 0, low = 0, high = 0;
  double logits = 0, sd = 0;
};
BOOST_DESCRIBE_STRUCT(VideoEffect, (), (known, before, after, low, high, logits, sd))

// An effect for each zone of pupils: far below the topic, or at it.
struct VideoEffects {
  VideoEffect novice, other;
};
BOOST_DESCRIBE_STRUCT(VideoEffects, (), (novice, other))

struct VideoRow {
  std::string id;
  std::string topic;
  std::string title;
  double seconds = 0;
  std::int64_t viewings = 0;  // half of it or more was seen
  VideoEffects effects;
};
BOOST_DESCRIBE_STRUCT(VideoRow, (), (id, topic, title, seconds, viewings, effects))

// How often an exercise or a video was given for a reason (Reason::code), and with which probabilities. predicted: mean
// P(right) of the exercise then; of a video: of the topic's easiest exercise. probability: geometric mean.
struct ReasonCount {
  std::string code;
  std::int64_t times = 0;
  double predicted = 0;
  double probability = 0;
  double least = 0;
};
BOOST_DESCRIBE_STRUCT(ReasonCount, (), (code, times, predicted, probability, least))

}  // namespace trede::protocol
