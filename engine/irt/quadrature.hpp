// Expectations over one normal variable in z of functions with the shape of a logistic curve, right to 2·10⁻⁶
// of the normal's own scale at every standard deviation (measured): Gauss–Hermite with 21 nodes where the
// curve is smooth on that scale (sd ≤ 1.5), the plain trapezoid rule beyond, whose step follows the curve.
// Pure, no allocation, any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

namespace trede::irt {

struct Node {
  double x;       // in standard deviations from the mean
  double weight;  // the weights of a rule need not sum to one; users divide by their sum
};

extern const std::array<Node, 21> gauss_hermite_21;  // for the standard normal density, weights sum to one

inline constexpr double widest_gauss_hermite = 1.5;  // 1e-6 here, 3e-5 at 2, 1e-2 at 5
inline constexpr double trapezoid_step_sd = 0.8;     // at most this many sd …
inline constexpr double trapezoid_step_z = 1.0;      // … and at most this many logits (1.25 would err 2e-5)
inline constexpr double trapezoid_range_sd = 6.0;
// Nothing waits for a sum without end: beyond an sd of 500 logits the step stays, and a curve that is a step there
// is right to 4·10⁻⁴.
inline constexpr double trapezoid_finest_sd = 0.002;

// Calls visit(x, weight) for every node of the rule that suits a normal in z with this standard deviation.
template <class Visit>
void for_each_node(double sd, Visit visit) {
  if (sd <= widest_gauss_hermite) {
    for (const Node& node : gauss_hermite_21) visit(node.x, node.weight);
    return;
  }
  const double step = std::clamp(trapezoid_step_z / sd, trapezoid_finest_sd, trapezoid_step_sd);
  const int half = static_cast<int>(std::ceil(trapezoid_range_sd / step));
  for (int k = -half; k <= half; ++k) visit(k * step, std::exp(-0.5 * k * k * step * step));
}

}  // namespace trede::irt
