#include "engine/tracking/drift_profile.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/tracking/moments.hpp"

namespace trede::tracking {
namespace {

using Point = Eigen::Vector2d;  // ln q, γ

constexpr int most_iterations = 40;
constexpr int most_halvings = 12;
const double least_log = std::log(1e-6);
const Point difference{0.05, 0.001};
const Point farthest_step{1.5, 0.05};
const Point close_enough{1e-3, 1e-5};

PracticeDrift drift_at(const Point& point) {
  return {std::exp(point[0]), point[1]};
}

double log_likelihood_of(const PracticeSeries& pupil, PracticeDrift drift) {
  double mean = pupil.mean, variance = pupil.variance, sum = 0.0;
  bool first = true;
  for (const PractisedAnswer& answer : pupil.answers) {
    if (!first) mean += drift.growth, variance += drift.diffusion;
    first = false;
    const double a = answer.item.slope;
    const Tilt tilted = tilt(a * (mean - answer.item.difficulty), a * a * variance,
                             irt::asymptotes_of(answer.item), answer.right);
    sum += tilted.log_probability;
    mean += tilted.step * a * variance;
    variance *= tilted.variance_left;
  }
  return sum;
}

Point within(Point point) {
  point[0] = std::clamp(point[0], least_log, 0.0);
  return point;
}

struct Quadratic {
  double value = 0.0;
  Point gradient = Point::Zero();
  Eigen::Matrix2d curvature = Eigen::Matrix2d::Zero();  // minus the Hessian
};

template <class Function>
Quadratic quadratic_at(const Point& point, Function function) {
  const double center = function(point);
  Quadratic q{.value = center};
  Point above, below;
  for (int i = 0; i < 2; ++i) {
    const Point step = difference[i] * Point::Unit(i);
    above[i] = function(point + step);
    below[i] = function(point - step);
    q.gradient[i] = (above[i] - below[i]) / (2.0 * difference[i]);
    q.curvature(i, i) = -(above[i] - 2.0 * center + below[i]) / (difference[i] * difference[i]);
  }
  const double both = function(point + difference);
  q.curvature(0, 1) = q.curvature(1, 0) =
      -(both - above[0] - above[1] + center) / (difference[0] * difference[1]);
  return q;
}

// Newton with every curvature taken as downward, so that it climbs from anywhere; in units of farthest_step,
// which no step exceeds: farther the surface cannot be trusted.
Point step_from(const Quadratic& q) {
  const auto unit = farthest_step.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> bend(unit * q.curvature * unit);
  const Point slope = bend.eigenvectors().transpose() * (unit * q.gradient);
  const Point along = slope.cwiseQuotient(bend.eigenvalues().cwiseAbs().cwiseMax(1e-9));
  const Point step = bend.eigenvectors() * along;
  return farthest_step.cwiseProduct(step / std::max(1.0, step.cwiseAbs().maxCoeff()));
}

DriftFit fitted(const Point& point, const Quadratic& q, int iterations, bool converged) {
  DriftFit fit{drift_at(point), std::numeric_limits<double>::infinity(), 0.0, q.value, iterations, converged};
  const Eigen::LLT<Eigen::Matrix2d> bend(q.curvature);
  if (bend.info() == Eigen::Success) {
    const Eigen::Matrix2d covariance = bend.solve(Eigen::Matrix2d::Identity());
    fit.se_log_diffusion = std::sqrt(covariance(0, 0));
    fit.se_growth = std::sqrt(covariance(1, 1));
  } else if (q.curvature(1, 1) > 0.0) {
    fit.se_growth = 1.0 / std::sqrt(q.curvature(1, 1));
  }
  return fit;
}

}  // namespace

double log_likelihood(const std::vector<PracticeSeries>& pupils, PracticeDrift drift) {
  double sum = 0.0;
  for (const PracticeSeries& pupil : pupils) sum += log_likelihood_of(pupil, drift);
  return sum;
}

DriftFit fit_practice_drift(const std::vector<PracticeSeries>& pupils, PracticeDrift start) {
  const auto function = [&](const Point& at) { return log_likelihood(pupils, drift_at(at)); };
  Point point = within({std::log(start.diffusion), start.growth});
  Quadratic here = quadratic_at(point, function);
  bool converged = false;
  int iterations = 0;
  while (!converged && iterations < most_iterations) {
    Point step = within(point + step_from(here)) - point;
    for (int halving = 0; !(function(point + step) >= here.value); ++halving)
      step = halving < most_halvings ? Point(0.5 * step) : Point::Zero();
    point += step;
    here = quadratic_at(point, function);
    converged = (step.cwiseAbs().array() < close_enough.array()).all();
    ++iterations;
  }
  return fitted(point, here, iterations, converged && !pupils.empty());
}

}  // namespace trede::tracking
