// Bringing a new calibration onto the scale of the bank through items that both have: θ_bank = A θ_new + B, so
// a_bank = a / A and b_bank = A b + B. Anchors whose difficulty has moved are found and left out. Plain
// values, pure functions, any thread.
#pragma once

#include <span>
#include <vector>

namespace trede::calibration {

// An item on one of the two scales.
struct ScaledItem {
  double slope = 1.0;             // a
  double difficulty = 0.0;        // b
  double difficulty_error = 0.0;  // SE(b)
  double guessing = 0.0;          // c
};

struct ScaleLink {
  double scale = 1.0;  // A > 0
  double shift = 0.0;  // B
};

ScaledItem on_scale(const ScaleLink& link, const ScaledItem& item);

// A = sd(b_bank) / sd(b_new),  B = mean(b_bank) − A mean(b_new). A = 1 where fewer than two items or no spread.
ScaleLink mean_sigma(std::span<const ScaledItem> bank, std::span<const ScaledItem> fresh);

// Stocking & Lord (1983): the A, B that bring the test characteristic curves together,
//   min Σ_q w_q (Σ_j P_bank,j(θ_q) − P_new,j(θ_q; A, B))²,   θ ~ N(0, 1) on ±4 with 41 nodes,
// by damped Gauss–Newton in (ln A, B) from `start`.
struct CurveLink {
  ScaleLink link = {};
  double distance = 0.0;  // √(Σ w (…)²), in right answers
  int iterations = 0;
  bool converged = false;
};
CurveLink stocking_lord(std::span<const ScaledItem> bank, std::span<const ScaledItem> fresh, ScaleLink start);

// An anchor has moved when |b_bank − (A b_new + B)| / √(SE_bank² + A² SE_new²) exceeds this.
inline constexpr double moved_anchor = 3.0;

struct Linking {
  ScaleLink link = {};
  std::vector<double> distances;  // of each anchor, in standard errors, signed: harder than in the bank > 0
  std::vector<bool> kept;         // false = moved
  int rounds = 0;
  bool converged = false;
};

// Stocking–Lord from mean-sigma; then the anchor furthest off is left out, if it has moved, and again, until none
// has or three are left. Precondition: bank[i] and fresh[i] are the same item.
Linking link_scales(std::span<const ScaledItem> bank, std::span<const ScaledItem> fresh);

}  // namespace trede::calibration
