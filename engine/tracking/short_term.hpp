// What a pupil has in mind for minutes or days beside ability: a fast state per topic (just explained, warmed
// up, confused) and a residual per item family (has met this very exercise). They predict the next answer and
// take their part of the blame, so that the ability people see does not jump with them. Independent normals;
// docs/MODEL.md §3. Plain values, pure functions, any thread.
#pragma once

#include <cstddef>
#include <vector>

namespace trede::tracking {

// What a right and a wrong answer add to a state's mean, centred on three right in four. Zero until fitted to a
// school's own answers: with the lifts of another population (right + .22, wrong − .65 in one log) a pupil who
// fails more often is thought to be out of luck, hence abler than he is, and gets ever harder exercises; in the
// laboratory practice aimed at .60 then taught a third of what it should.
struct Lift {
  double right = 0.0;
  double wrong = 0.0;
};

// s: N(0, initial) at first touch; D answers of the pupil later, with E = decay + per_log ln(1 + D):
//   m ← ρ m,   v ← ρ² v + (1 − ρ²) resting,   ρ = e^−E.
struct FastConstants {
  double initial = 0.090;          // e^−2.41, logits²
  double resting = 0.053;          // e^−2.93, logits²
  double decay = 0.468;            // e^−.76
  double per_log_answers = 0.364;  // e^−1.01
  Lift lift = {};
};

// r: the same with E = by_clock ln(1 + T) + by_clock_rehearsed ln(1 + T) / n + by_answers ln(1 + D),
// T minutes and D answers since the last of n touches.
struct ResidualConstants {
  double initial = 0.035;             // e^−3.35, logits²
  double resting = 0.035;             // forgetting leads back to where one began
  double by_clock = 0.135;            // e^−2
  double by_clock_rehearsed = 0.018;  // e^−4
  double by_answers = 0.135;          // e^−2
  Lift lift = {};
};

struct FastState {
  int topic = 0;
  double mean = 0.0;
  double variance = 0.0;
  int last_answer = 0;  // the pupil's answers so far when it was last touched
};

struct Residual {
  int family = 0;  // item index: an item that varies is one family
  double mean = 0.0;
  double variance = 0.0;
  int count = 0;
  int last_answer = 0;
  double last_minutes = 0.0;
};

// No pupil carries more residuals than this; where one more is needed, the eighth goes whose loss changes
// least: with the smallest Kullback–Leibler distance from what a fresh one would be.
inline constexpr std::size_t residual_limit = 256;

// As it is when the pupil has given `answers` answers and it is `minutes`; a state that was never touched is
// its prior.
FastState fast_state(const std::vector<FastState>& states, int topic, int answers, const FastConstants& with);
Residual residual(const std::vector<Residual>& residuals, int family, int answers, double minutes,
                  const ResidualConstants& with);

// Puts a state that was just touched in its place (sorted by topic or family).
void keep(std::vector<FastState>& states, FastState state);
void keep(std::vector<Residual>& residuals, Residual touched, const ResidualConstants& with);

}  // namespace trede::tracking
