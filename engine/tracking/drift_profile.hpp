// How fast ability moves with practice, from the answers themselves: the diffusion q and the growth γ per
// answer under which the answers, each predicted from the ones before, are most likely. One topic at a
// time, items known. (EM for q creeps; the profile of Σ ln Z has its maximum in a few steps.) Pure, any
// thread.
#pragma once

#include <vector>

#include "engine/catalogue/catalogue.hpp"

namespace trede::tracking {

struct PractisedAnswer {
  ItemParameters item;
  bool right = false;
};

// One pupil's answers on the topic in their order, and what was believed before the first.
struct PracticeSeries {
  double mean = 0.0;      // logits
  double variance = 1.0;  // logits²
  std::vector<PractisedAnswer> answers;
};

struct PracticeDrift {
  double diffusion = 0.003;  // q, logits² an answer
  double growth = 0.02;      // γ, logits an answer
};

// Σ ln Z over all answers, one-dimensional filter: µ ← µ + γ, v ← v + q before every answer but the first.
double log_likelihood(const std::vector<PracticeSeries>& pupils, PracticeDrift drift);

struct DriftFit {
  PracticeDrift drift;
  double se_log_diffusion = 0.0;  // of ln q; infinite where the answers do not tell q from 0
  double se_growth = 0.0;         // logits an answer
  double log_likelihood = 0.0;
  int iterations = 0;
  bool converged = false;  // the last step moved ln q less than .001 and γ less than 1e-5
};

// Newton on (ln q, γ) with differences, from `start`; q stays within 1e-6 … 1. No answers: the start, not
// converged.
DriftFit fit_practice_drift(const std::vector<PracticeSeries>& pupils, PracticeDrift start = {});

}  // namespace trede::tracking
