// How much of one pupil's mean is due to which effect: the recursion that lets every answer of every pupil
// teach us the shared effects γ, with standard errors that survive selection by the answers themselves (a
// video shown after two failures looks good in a naive comparison because failures are partly bad luck; here
// the filter has already discounted them). Carried along beside the posterior; each move of the posterior has
// its move here. Pure, any thread. docs/MODEL.md §4.
//
//   D = dµ/dγ (dimensions × effects),  e = the part of µ that γ has caused so far
//   time     D ← Φ D,  e ← Φ e
//   action   D_k ← D_k + γx D_η + (1 + µ_η) x,   e_k ← e_k + γx e_η + γx (1 + µ_η)    (η: the pupil's own rate)
//   answer   h = D'a;   D ← D − B g h',   e ← e − B g (a'e)
// with a, A, B, g of tracking/update.hpp. It is the derivative of the filter's mean except for what γ does to
// Σ: score and information of Σ ln Z agree with finite differences of the whole filter within 5 %.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/effects/effects.hpp"

namespace trede::effects {

// The effects that may still be remembered of one pupil: five bands, forgetting and eighteen of videos. When
// another comes in, the column that matters least is taken to be known.
inline constexpr int most_effects_of_pupil = 24;

struct Sensitivity {
  std::vector<int> effects;  // the effect of each column
  Eigen::MatrixXd slopes;    // D, dimensions × columns
  Eigen::VectorXd applied;   // e, dimensions

  int dimensions() const { return static_cast<int>(applied.size()); }
};
Sensitivity no_sensitivity(int dimensions);

// µ_i − m0_i kept by φ_i.
Sensitivity faded(Sensitivity sensitivity, const Eigen::VectorXd& kept);

// A shift of one dimension by dose × γ, γ = effects.value[effect].
struct Dose {
  int dimension = 0;
  int effect = 0;
  double amount = 1.0;  // x
};
Sensitivity shifted(Sensitivity sensitivity, Dose dose, const Effects& effects);

// The same when the pupil's own rate multiplies it: µ_k ← µ_k + γx (1 + µ_η).
struct OwnRate {
  int dimension = 0;  // of η
  double mean = 0.0;  // µ_η before the shift
};
Sensitivity shifted(Sensitivity sensitivity, Dose dose, OwnRate rate, const Effects& effects);

// What one answer says about γ: its log-likelihood is A x − B x² / 2 in x = h'γ − a'e, up to a constant.
struct Evidence {
  std::vector<int> effects;  // the effect of each entry of slopes
  Eigen::VectorXd slopes;    // h
  double step = 0.0;         // A
  double information = 0.0;  // B
  double applied = 0.0;      // a'e
};
struct Learned {
  Sensitivity sensitivity;
  Evidence evidence;
};
// loading = a and gain = g = Σa, one entry per dimension; step = A, information = B.
Learned answered(Sensitivity sensitivity, const Eigen::VectorXd& loading, const Eigen::VectorXd& gain,
                 double step, double information);

// One more dimension whose mean is the sum of these (a topic that gets a row of its own; none = a new start).
Sensitivity extended(Sensitivity sensitivity, const std::vector<int>& summed);

// For another bank: per dimension the one it was and per old effect its new position (effects_to), −1 = none.
// What a video that is gone has caused is taken to be known.
Sensitivity rebase(Sensitivity sensitivity, const std::vector<int>& from_dimension,
                   const std::vector<int>& to_effect, const Effects& effects);

}  // namespace trede::effects
