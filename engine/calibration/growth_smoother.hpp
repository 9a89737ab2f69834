// One pupil's term, seen from its end: the tracker's filter forward over the answers, then what each ability on
// each item was given all of them, and how the predictive likelihood moves with growth and diffusion. A
// smoother keeps its memory between pupils; one per thread of work.
#pragma once

#include <Eigen/Core>
#include <array>
#include <span>
#include <vector>

#include "engine/calibration/growth.hpp"

namespace trede::calibration {

// An item as the filter uses it.
struct FilterItem {
  double slope = 1.0;
  double difficulty = 0.0;
  double guessing = 0.0;
};

// η = Σ_k q_k θ_k on the item of one answer, given all answers of the pupil.
struct SmoothedAbility {
  double mean = 0.0;
  double variance = 0.0;
};

enum GrowthParameter { PerDay, PerAnswer, DiffusionPerDay, DiffusionPerAnswer, GroupMean, GroupSd };
inline constexpr int growth_parameters = 6;
using GrowthScore = std::array<double, growth_parameters>;  // ∂ ln-likelihood / ∂ parameter

class GrowthSmoother {
 public:
  // The problem is kept by reference.
  explicit GrowthSmoother(const GrowthProblem& problem);

  // Σ ln Z over the pupil's answers.
  double filter(int person, std::span<const FilterItem> items, const Growth& growth, Group group);

  // After filter() of the same pupil: RTS smoothing in the form of Bryson and Frazier (de Jong 1989), which needs
  // no inverse. r and N belong to the state after the answer, zero at the end; with g = Σ q, e = A − B g'r:
  //   η | all ~ N(m + g'(r + q e),  v − g'N⁻g),   r⁻ = r + q e,   N⁻ = (I − B q g') N (I − B g q') + B q q',
  // and over time r ← φ r, N ← φ² N. Equal to θ_s = θ_f + G (θ_s⁺ − θ⁺), G = Σ_f φ (Σ⁺)⁻¹. The score is
  // Koopman and Shephard's (1992): r for shifts, (r'P0 r − tr P0 N) / 2 for variances; the dependence of A and
  // B on the variance is left out, as in the sensitivity recursion.
  void smooth();

  // Cov(η_s, η_t | all) of answer t with each answer s < t, after smooth(); t entries. Cost O(t T).
  void covariances(int t, std::vector<double>& with_earlier) const;

  std::span<const SmoothedAbility> abilities() const { return {abilities_.data(), sites_.size()}; }
  const GrowthScore& score() const { return score_; }

 private:
  struct Site {
    double mean, variance;  // of η before the answer
    double step, shrink;    // A, B of η
    double load;            // Σ q, what a shift of the whole group adds to η
    double days, kept;      // since the answer before, φ
  };

  void gather(int person);
  void start(double variance);
  void pass(Site& site, double days);
  void learn(Site& site, const TimedAnswer& answer, const FilterItem& item, int column);
  void look_back(int column);
  void pass_back(const Site& site);
  double half_trace() const;  // (r'P0 r − tr P0 N) / 2

  const GrowthProblem& problem_;
  std::vector<int> place_;  // of a topic among those this pupil touched, −1 = untouched
  std::vector<int> touched_;
  std::span<const TimedAnswer> answers_;
  Growth growth_;
  Group group_;
  std::vector<Site> sites_;
  std::vector<SmoothedAbility> abilities_;
  GrowthScore score_{};
  Eigen::VectorXd mean_;  // of θ − m(t)
  Eigen::MatrixXd covariance_;
  Eigen::MatrixXd prior_;        // P0 of the touched topics
  Eigen::MatrixXd spreads_;      // column t: g of answer t
  Eigen::VectorXd adjoint_;      // r
  Eigen::MatrixXd information_;  // N
  Eigen::VectorXd passed_;       // N g
  Eigen::MatrixXd open_;         // column t: q − N⁻g of answer t
  double log_likelihood_ = 0.0;
};

}  // namespace trede::calibration
