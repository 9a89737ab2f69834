// How an answer hangs on one number z, for every kind of answer we mark: right or wrong, points, grades, and
// right or wrong with the time it took. A closed set: a new model is a new alternative here, and the compiler
// names the functions that must know it. Pure functions of values, any thread; finite for |z| up to 700 and
// beyond, relative accuracy at both ends.
//
//   Dichotomous    P(1) = c + (u − c) s(z)                                      1PL–4PL
//   PartialCredit  P_k ∝ exp(k z − Σ_{v ≤ k} t_v),  k = 0 … m                   GPCM
//   Graded         P_k = s(z − t_k) − s(z − t_{k+1}),  t_0 = −∞, t_{m+1} = ∞    GRM
//   SignedTime     f(S) = z e^{z S} / (2 sinh(L z)),  −L ≤ S ≤ L                SRT
// GPCM: Muraki 1992, GRM: Samejima 1969, SRT: Maris & van der Maas 2012. Thresholds are in the unit of z:
// t = a b for an item a (θ − b_v). All but c > 0 are log-concave in z.
#pragma once

#include <variant>
#include <vector>

#include "engine/irt/dichotomous.hpp"

namespace trede::irt {

struct Dichotomous {
  Asymptotes asymptotes;
};

struct PartialCredit {
  std::vector<double> steps;  // t_1 … t_m, in any order
};

struct Graded {
  std::vector<double> thresholds;  // t_1 < … < t_m
};

// A fluency exercise with limit d seconds of which t were used: S = (2 right − 1) (L − L t / d). The limit
// L is the slope of right or wrong alone: P(S > 0) = s(L z).
struct SignedTime {
  double limit = 1.0;  // L > 0
};

using ResponseModel = std::variant<Dichotomous, PartialCredit, Graded, SignedTime>;

double signed_residual_time(const SignedTime& model, bool right, double share_of_time);

// outcome: 0 or 1; a category 0 … m; S. Log of a probability, for SignedTime of a density.
double log_likelihood(const ResponseModel& model, double outcome, double z);

// Of log_likelihood in z.
struct Derivatives {
  double first = 0.0;
  double second = 0.0;
};
Derivatives derivatives(const ResponseModel& model, double outcome, double z);

// Fisher information about z: the expectation of first².
double information(const ResponseModel& model, double z);

// How many times as steep as s(z) the model's curves can be: what a quadrature must resolve.
double sharpness(const ResponseModel& model);

// E outcome at z.
double expected_outcome(const ResponseModel& model, double z);

}  // namespace trede::irt
