#include "engine/calibration/climb.hpp"

#include <algorithm>
#include <deque>

namespace trede::calibration {
namespace {

using Eigen::VectorXd;

// Logits and log-odds: far from the optimum a Newton step may be absurd.
constexpr double longest_step = 1.0;
constexpr std::size_t memory = 12;
// Differences of log-likelihoods below this part of them are rounding.
constexpr double objective_rounding = 1e-13;

VectorXd shortened(const VectorXd& step) {
  return step.cwiseMin(longest_step).cwiseMax(-longest_step);
}

struct Point {
  VectorXd values;
  Evaluation at;

  VectorXd em_step() const { return shortened(at.information.solve(at.gradient)); }
};

class Climber {
 public:
  Climber(const Marginal& marginal, const Options& options, const Progress& progress)
      : marginal_(marginal), options_(options), progress_(progress) {}

  Summit climb() {
    Point point = evaluate(marginal_.plan().start);
    while (!converged_ && iterations_ < options_.iterations) {
      switch (options_.acceleration) {
        case Acceleration::None:
          point = em(std::move(point));
          break;
        case Acceleration::Squarem:
          point = squarem(std::move(point));
          break;
        case Acceleration::QuasiNewton:
          point = quasi_newton(std::move(point));
          break;
      }
    }
    return {std::move(point.values), std::move(point.at), iterations_, converged_};
  }

 private:
  Point evaluate(const VectorXd& values) {
    const VectorXd inside = marginal_.within_limits(values);
    Point point{inside, marginal_.evaluate(inside)};
    ++iterations_;
    if (progress_) progress_(iterations_, point.at.objective);
    return point;
  }

  bool small(const VectorXd& step) const {
    return step.size() == 0 || step.cwiseAbs().maxCoeff() < options_.tolerance;
  }

  bool falls(const Point& from, const Point& to) const {
    return !(to.at.objective >= from.at.objective - objective_rounding * std::abs(from.at.objective));
  }

  // Halves the step until the objective does not fall; after many halvings there is nothing to gain.
  Point along(const Point& from, VectorXd step) {
    for (int halvings = 0; halvings < 30 && iterations_ < options_.iterations; ++halvings) {
      Point to = evaluate(from.values + step);
      if (!falls(from, to)) return to;
      step *= 0.5;
    }
    converged_ = small(step);
    return from;
  }

  Point em(Point point) {
    const VectorXd step = point.em_step();
    if ((converged_ = small(step))) return point;
    return along(point, step);
  }

  Point squarem(Point point) {
    const VectorXd r = point.em_step();
    if ((converged_ = small(r))) return point;
    const Point first = along(point, r);
    const VectorXd second = first.em_step();
    if ((converged_ = small(second))) return first;
    const VectorXd v = second - r;
    const double length = std::min(-1.0, -r.norm() / std::max(v.norm(), 1e-300));
    const Point leap = evaluate(point.values - 2.0 * length * r + length * length * v);
    if (falls(first, leap)) return along(first, second);
    return along(leap, leap.em_step());
  }

  struct Pair {
    VectorXd step;
    VectorXd change;  // of the gradient, downhill
    double product;
  };

  VectorXd direction(const Point& point) const {
    VectorXd q = point.at.gradient;
    std::vector<double> alphas;
    for (auto pair = pairs_.rbegin(); pair != pairs_.rend(); ++pair) {
      alphas.push_back(pair->step.dot(q) / pair->product);
      q -= alphas.back() * pair->change;
    }
    VectorXd d = point.at.information.solve(q);
    for (const Pair& pair : pairs_) {
      d += (alphas.back() - pair.change.dot(d) / pair.product) * pair.step;
      alphas.pop_back();
    }
    return shortened(d);
  }

  Point quasi_newton(Point point) {
    VectorXd step = direction(point);
    if (step.dot(point.at.gradient) <= 0.0) {
      pairs_.clear();
      step = point.em_step();
    }
    if ((converged_ = small(step))) return point;
    Point next = evaluate(point.values + step);
    if (falls(point, next)) {
      pairs_.clear();
      next = along(point, point.em_step());
    }
    remember(point, next);
    return next;
  }

  void remember(const Point& from, const Point& to) {
    Pair pair{to.values - from.values, from.at.gradient - to.at.gradient, 0.0};
    pair.product = pair.step.dot(pair.change);
    if (!(pair.product > 1e-14 * pair.step.norm() * pair.change.norm())) return;
    pairs_.push_back(std::move(pair));
    if (pairs_.size() > memory) pairs_.pop_front();
  }

  const Marginal& marginal_;
  const Options& options_;
  const Progress& progress_;
  std::deque<Pair> pairs_;
  int iterations_ = 0;
  bool converged_ = false;
};

}  // namespace

Summit climb(const Marginal& marginal, const Options& options, const Progress& progress) {
  return Climber(marginal, options, progress).climb();
}

}  // namespace trede::calibration
