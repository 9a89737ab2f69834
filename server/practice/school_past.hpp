// The journal as numbers, for calibration: what each pupil did when, in the positions of the newest bank. Read
// in one transaction of a read-only connection, which is a snapshot; a school that has more than a window of
// steps is read from there on. One thread.
#pragma once

#include "server/practice/model.hpp"
#include "server/store/database.hpp"

namespace trede::practice {

struct Happening {
  Milliseconds at_ms = 0;
  int item = -1;  // an exercise answered …
  bool right = false;
  bool rapid = false;
  std::int64_t elapsed_ms = 0;
  int video = -1;  // … or a video watched
  double watched = 0;
};

struct PupilPast {
  double cohort_mean = 0;  // of the pupil's school year at the first of these, logits
  std::vector<Happening> steps;
};

struct SchoolPast {
  BankPointer bank;               // the newest
  std::vector<PupilPast> pupils;  // in the order of their ids
  Sequence through = 0;           // the last event that was read
  Milliseconds last_day_ms = 0;   // start (UTC) of the last day with answers
  std::int64_t answers = 0;       // without rapid guesses, as below
  std::int64_t last_day_answers = 0;
  ParametersPointer before;           // the version in force when the window begins
  ParametersPointer before_last_day;  // … and when the last day begins
};

// The version in force before the event with this sequence.
Result<ParametersPointer> parameters_before(store::Database& database, Sequence sequence);

// steps: the most to read. NotFound when there are none.
Result<SchoolPast> read_past(store::Database& database, std::int64_t steps);

}  // namespace trede::practice
