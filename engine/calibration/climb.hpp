// The way from the start to the optimum of a marginal likelihood, one E-step at a time, in one of three ways:
//   None         x ← x + C⁻¹ g: EM with one Newton step as M-step (Lange 1995); C complete-data information
// The other two take C⁻¹ with the parameter expansion of Liu, Rubin & Wu (1998): θ may be moved and stretched for all
// at once, the direction in which EM is slowest.
//   Squarem      extrapolates two such steps (Varadhan & Roland 2008, third step length)
//   QuasiNewton  L-BFGS with C⁻¹ as the first guess of the inverse (Jamshidian & Jennrich 1997, QN2)
// The objective never falls: a trial that would lower it is shortened, at last to the plain EM step. Pure; any thread.
#pragma once

#include "engine/calibration/marginal.hpp"
#include "engine/calibration/mml.hpp"

namespace trede::calibration {

struct Summit {
  Eigen::VectorXd values;
  Evaluation evaluation;
  int iterations = 0;  // E-steps
  bool converged = false;
};

Summit climb(const Marginal& marginal, const Options& options, const Progress& progress);

}  // namespace trede::calibration
