// Item parameters from answers: marginal maximum likelihood by expectation and maximisation (Bock & Aitkin
// 1981), or its penalised form where items have priors. One ability θ ~ N(mean, sd²) of the person's group; the first
// group is N(0, 1) unless anchors carry the scale.
//   1PL, 2PL, 3PL: P(1 | θ) = c + (1 − c) s(a θ + d),   b = −d / a,   c = 0 unless 3PL, a common in 1PL
//   GPCM:          P(k | θ) ∝ exp(Σ_{v ≤ k} a (θ − b_v))
// Pure; the same result for every number of workers.
#pragma once

#include <optional>
#include <vector>

#include "engine/calibration/responses.hpp"

namespace trede::calibration {

enum class Model { OnePl, TwoPl, ThreePl, Gpcm };

// One item's parameters; also what an anchor is given as.
struct Item {
  double slope = 1.0;                   // a
  double intercept = 0.0;               // d, right or wrong
  double guessing = 0.0;                // c
  std::vector<double> thresholds = {};  // b_v, GPCM: categories − 1 of them

  double difficulty() const { return -intercept / slope; }  // b
};

// Normal priors on the scale on which an item is estimated; sd 0 = no prior.
struct NormalPrior {
  double mean = 0.0;
  double sd = 0.0;
};
struct ItemPrior {
  NormalPrior log_slope;       // ln a
  NormalPrior intercept;       // d
  NormalPrior logit_guessing;  // ln(c / (1 − c))
  NormalPrior threshold;       // b_v
};

// How the climb to the optimum is made faster; all three end at the same place.
enum class Acceleration { None, Squarem, QuasiNewton };

struct Options {
  Model model = Model::TwoPl;
  ItemPrior prior = {};                           // of every item
  std::vector<ItemPrior> priors = {};             // of each item instead; empty = the one above
  std::vector<std::optional<Item>> anchors = {};  // fixed items; empty = none
  int nodes = 61;                                 // equally spaced on ±range
  double range = 6.0;
  double tolerance = 1e-6;  // stop when no parameter moves more than this in a cycle …
  int iterations = 2000;    // … or after this many E-steps
  int workers = 1;
  bool standard_errors = true;
  Acceleration acceleration = Acceleration::QuasiNewton;
};

// What was done with an item (docs/model/calibration.md).
enum class Treatment {
  Estimated,
  Anchored,       // fixed by the caller
  NoAnswers,      // nobody answered it: stays at its start (prior mean, or a = 1, b = 0)
  OneCategory,    // all gave the same answer and no prior holds it: left out of the likelihood, see mml.hpp
  EmptyCategory,  // a category nobody gave is taken as practically impossible, the rest estimated
  AtLimit,        // a parameter ran to its limit: no finite optimum
};

// Standard errors (Oakes 1999) of one item; zero where a parameter is fixed, infinite where the answers leave it open.
struct ItemErrors {
  double slope = 0.0;
  double difficulty = 0.0;
  double intercept = 0.0;
  double guessing = 0.0;
  std::vector<double> thresholds = {};
};

struct Group {
  double mean = 0.0;
  double sd = 1.0;
};

struct Calibration {
  std::vector<Item> items;
  std::vector<ItemErrors> errors;  // empty when not asked for
  std::vector<Group> groups;
  std::vector<Treatment> treatments;      // of each item
  double log_likelihood = 0.0;            // marginal, without priors
  double penalised_log_likelihood = 0.0;  // with them
  int iterations = 0;                     // E-steps
  bool converged = false;
};

}  // namespace trede::calibration
