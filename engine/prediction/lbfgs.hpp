// Minimising a smooth function of many variables: limited-memory BFGS (Nocedal & Wright 2006, algorithm 7.4) with a
// line search for the strong Wolfe conditions (algorithms 3.5 and 3.6, cubic steps). Pure; any thread.
#pragma once

#include <Eigen/Core>
#include <functional>

namespace trede::prediction {

// Returns the value at x and writes the gradient.
using Objective = std::function<double(const Eigen::VectorXd& x, Eigen::VectorXd& gradient)>;

struct LbfgsOptions {
  int memory = 20;
  int iterations = 100;
  double value_tolerance = 1e-6;  // stop when ten iterations together gain less than this part of the value
  std::function<void(int iteration, double value)> report = {};
};

struct Minimum {
  Eigen::VectorXd x;
  double value = 0.0;
  int iterations = 0;
  int evaluations = 0;
  bool converged = false;
};

Minimum minimise(const Objective& objective, const Eigen::VectorXd& start, const LbfgsOptions& options);

}  // namespace trede::prediction
