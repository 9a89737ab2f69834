// Where a pupil stands among pupils of the same year: the spread of true abilities, not of estimates, and a
// place in it with its uncertainty. Groups by sex, origin or school never come here. Pure, any thread.
#pragma once

#include <span>

namespace trede::insight {

// θ ~ N(mean, sd²) among the pupils of a year on one topic, logits.
struct Norm {
  double mean = 0.0;
  double sd = 1.0;

  double upper_fifth() const;  // the ability that 20 % exceed: mean + .8416 sd
};

// What we believe of one ability: N(mean, variance).
struct Belief {
  double mean = 0.0;
  double variance = 1.0;
};

struct NormFit {
  Norm norm;
  int pupils = 0;  // who told something
  int iterations = 0;
  bool converged = false;
};

// The norm from beliefs that all started at `prior`. Each is first freed of the prior (what the answers alone
// say is N(l, L) with 1/L = 1/V − 1/s0², l = L (µ/V − m0/s0²)), then EM: means of beliefs spread too little,
// estimates of answers alone too much. Pupils who told less than a tenth of what the prior did are left out;
// fewer than five leave the prior as it is.
NormFit fit_norm(std::span<const Belief> beliefs, const Norm& prior);

struct Percentile {
  double value = 0.5;  // E Φ((θ − m) / s): share of the norm group below this pupil
  double low = 0.0;    // 95 % interval
  double high = 1.0;
};
Percentile percentile(const Belief& belief, const Norm& norm);

// P(θ > level).
double probability_above(const Belief& belief, double level);

// Less certain beliefs than this are not put in an order.
inline constexpr double rankable_sd = 0.5;

}  // namespace trede::insight
