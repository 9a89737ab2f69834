// The marginal likelihood of one table as a function of one vector of free numbers: the E-step, and what follows from
// its expected counts. Built once; evaluating is const and pure, and uses up to `workers` threads. Blocks of people
// are fixed by the data and added in order, so the number of workers changes nothing.
#pragma once

#include <Eigen/Core>

#include "engine/calibration/information.hpp"
#include "engine/calibration/packets.hpp"
#include "engine/calibration/plan.hpp"

namespace trede::calibration {

// What the E-step gives: expected counts r_jkq as rows of `counts`, people at each node per group.
struct Expectation {
  double log_likelihood = 0.0;
  kernels::Rows counts;
  kernels::Rows group_counts;
};

struct Evaluation {
  double log_likelihood = 0.0;
  double objective = 0.0;    // with priors
  Eigen::VectorXd gradient;  // of the objective (Fisher's identity); zero where a limit holds
  Information information;   // of complete data, inverted
};

class Marginal {
 public:
  Marginal(const ResponseTable& table, const Options& options);

  const Plan& plan() const { return plan_; }
  const Packets& packets() const { return packets_; }
  const Eigen::ArrayXd& nodes() const { return nodes_; }
  int width() const { return width_; }  // of a row, in eights
  int workers() const { return workers_; }
  int blocks() const { return blocks_; }  // of people

  // What the kernels read: A_g(θ_q), groups × width, and the likelihoods of every row.
  struct Tables {
    kernels::Rows likelihoods;
    kernels::Rows priors;
    kernels::Rows likelihood_outlines;  // both empty unless has_outlines(width)
    kernels::Rows prior_outlines;
  };
  Tables tables(const Eigen::VectorXd& values) const;
  kernels::People block(const Tables& tables, int block) const;

  Eigen::VectorXd within_limits(const Eigen::VectorXd& values) const;
  Evaluation evaluate(const Eigen::VectorXd& values) const;

  Expectation expect(const Eigen::VectorXd& values) const;
  // r_jkq of one item, categories × nodes.
  Eigen::ArrayXXd counts_of(int item, const Expectation& expectation) const;
  // dQ / d(mean, ln sd) of a free group and its information, given the people at each node.
  struct GroupDerivatives {
    Eigen::Vector2d gradient;
    Eigen::Matrix2d information;
  };
  GroupDerivatives group_derivatives(const Group& group, const Eigen::ArrayXd& people) const;
  Eigen::ArrayXd group_counts_of(int group, const Expectation& expectation) const;

 private:
  kernels::Rows priors(const Eigen::VectorXd& values) const;
  kernels::Rows likelihoods(const Eigen::VectorXd& values) const;
  Eigen::ArrayXd density(const Group& group) const;
  Eigen::MatrixXd scale_directions(const Eigen::VectorXd& values) const;

  Plan plan_;
  Packets packets_;
  Eigen::ArrayXd nodes_;
  int width_;
  int workers_;
  int blocks_;
  double people_;  // sum of weights
  bool expanded_;  // steps may move the whole scale
};

}  // namespace trede::calibration
