// Differential item functioning: is an item harder for a group than for others of the same ability? A test of
// a shift in difficulty by the score of predicted answers. Groups may differ in ability: each is predicted
// with its own distribution, without which such a difference would be mistaken for one of the item. For
// reports on items only, never for choosing exercises or judging a pupil. Pure, any thread; the same for
// every number of workers.
#pragma once

#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/calibration/fit.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::calibration {

// For answer y, predicted with probabilities p_k of its categories, and p_k' = dp_k / dδ for a shift z → z +
// δ of the item:
//   S = Σ p_y' / p_y,   I = Σ Σ_k p_k'² / p_k,   δ̂ = S / I,   se = 1 / √I
// Given the other answers each term of S has mean 0 and the variance of its term in I.
struct Dif {
  double answers = 0.0;         // of the group, scored
  double shift = 0.0;           // in difficulty b, logits: positive = harder for this group; −δ̂ / |a|
  double standard_error = 0.0;  // of it
  double z = 0.0;               // shift / standard error
  double p = 1.0;               // two-sided
};

enum class DifAgainst {
  Items,        // the items' parameters as given, known from other answers
  OtherGroups,  // the answers of all other groups: also when the items were estimated from these very answers
};

struct DifOptions {
  PredictFrom predict_from = PredictFrom::EarlierAnswers;
  DifAgainst against = DifAgainst::OtherGroups;
  int least_answers = 6;  // of the person to predict from; below that the group's mean decides too much
  int nodes = 61;
  double range = 6.0;
  int workers = 1;
};

// result[item][group]; zero answers where the group gave none that count, or there is nothing to compare
// with. Preconditions as for fit_of.
std::vector<std::vector<Dif>> dif_of(const ResponseTable& table, const std::vector<Item>& items,
                                     const std::vector<Group>& groups, const DifOptions& options = {});

}  // namespace trede::calibration
