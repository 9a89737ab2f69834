// What one answer says of one ability: the logarithm of its probability and what scoring needs of its
// derivatives (models and signs as in calibration.hpp). Pure, any thread, finite for every finite ability.
#pragma once

#include "engine/calibration/calibration.hpp"

namespace trede::calibration {

struct ScoringTerms {
  double slope = 0.0;        // d ln P / dθ
  double curvature = 0.0;    // d² ln P / dθ²
  double information = 0.0;  // Σ_k P'² / P, whatever the answer was
  double skewness = 0.0;     // Σ_k P' P'' / P, Warm's J
};

// Preconditions: category in the item's range; an item with thresholds follows GPCM.
double log_probability(const Item& item, int category, double ability);  // ln P(y | θ)
ScoringTerms scoring_terms(const Item& item, int category, double ability);

}  // namespace trede::calibration
