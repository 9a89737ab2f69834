// The terms of every possible answer on a grid of abilities, so that a person's sums over the grid are sums
// of columns. Used by scoring alone; immutable, any thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/calibration/scoring.hpp"

namespace trede::calibration {

inline constexpr double least_information = 1e-200;  // J / I stays a number far from every item

class ScoringGrid {
 public:
  // with_derivatives: slope, information and skewness too, four times the memory.
  ScoringGrid(const ResponseTable& table, std::span<const Item> items, const ScoringOptions& options,
              bool with_derivatives);

  const Eigen::ArrayXd& nodes() const { return nodes_; }
  double step() const { return step_; }
  Eigen::ArrayXd log_prior(const Group& group) const;  // without its constant

  // Σ over the answers, nodes long.
  void add_log_likelihood(std::span<const Response> answers, Eigen::ArrayXd& sum) const;
  // dℓ/dθ + J / (2 I), Warm's.
  Eigen::ArrayXd warm_slope(std::span<const Response> answers) const;

 private:
  Eigen::Index column(Response answer) const {
    return firsts_[static_cast<std::size_t>(answer.item)] + answer.category;
  }

  Eigen::ArrayXd nodes_;
  double step_ = 0.0;
  std::vector<Eigen::Index> firsts_;  // of each item among the columns
  Eigen::ArrayXXd log_probability_;   // nodes × categories of all items
  Eigen::ArrayXXd slope_;
  Eigen::ArrayXXd information_;
  Eigen::ArrayXXd skewness_;
};

}  // namespace trede::calibration
