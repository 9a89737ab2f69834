// S-X² (Orlando & Thissen 2000; more categories: Kang & Chen 2008): among people with the same number score
// on a complete form, do as many as expected give each answer? Pure, any thread.
#pragma once

#include <optional>
#include <vector>

#include "engine/calibration/fit_prediction.hpp"
#include "engine/calibration/residuals.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::calibration {

// With f(k | θ) the distribution of the score by the recursion of Lord & Wingersky (1984), f^{−j} without
// item j:
//   E_jkz = N_k ∫ P_j(z | θ) f^{−j}(k − z | θ) g(θ) dθ / ∫ f(k | θ) g(θ) dθ,   0 < k < highest score
//   X_j = Σ_k Σ_z (O_jkz − E_jkz)² / E_jkz,   df = Σ_k (cells of k − 1) − free parameters
// People of several groups add up, each expected with the group's own g. Cells expected below 1 are pooled:
// neighbour categories of one score first, then neighbour scores (the rarer neighbour). Over people who
// answered every item once; none at all when fewer than half of the people did, for then those who did
// are a selection. Cost O(items × highest score × nodes × log items).
std::vector<std::optional<ChiSquare>> s_x2(const ResponseTable& table, const Curves& curves,
                                           const std::vector<int>& free_parameters);

}  // namespace trede::calibration
