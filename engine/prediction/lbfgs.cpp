#include "engine/prediction/lbfgs.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <vector>

namespace trede::prediction {
namespace {

struct Pair {
  Eigen::VectorXd step, change;
  double inverse = 0.0;  // 1 / step'change
};

// −H g by the two loops over the last pairs.
Eigen::VectorXd direction(const std::deque<Pair>& pairs, const Eigen::VectorXd& gradient) {
  Eigen::VectorXd d = -gradient;
  std::vector<double> alpha(pairs.size());
  for (std::size_t i = pairs.size(); i-- > 0;) {
    alpha[i] = pairs[i].inverse * pairs[i].step.dot(d);
    d -= alpha[i] * pairs[i].change;
  }
  if (!pairs.empty()) d /= pairs.back().inverse * pairs.back().change.squaredNorm();
  for (std::size_t i = 0; i < pairs.size(); ++i)
    d += (alpha[i] - pairs[i].inverse * pairs[i].change.dot(d)) * pairs[i].step;
  return d;
}

struct Point {
  double step = 0.0, value = 0.0, slope = 0.0;
};

// Minimiser of the cubic through two values and slopes, kept away from the ends of the interval.
double cubic_step(const Point& a, const Point& b) {
  const double low = std::min(a.step, b.step), width = std::abs(b.step - a.step);
  const double d1 = a.slope + b.slope - 3.0 * (a.value - b.value) / (a.step - b.step);
  const double root = d1 * d1 - a.slope * b.slope;
  double step = low + 0.5 * width;
  if (root >= 0.0 && std::isfinite(root)) {
    const double d2 = std::copysign(std::sqrt(root), b.step - a.step);
    const double ratio = (b.slope + d2 - d1) / (b.slope - a.slope + 2.0 * d2);
    if (std::isfinite(ratio)) step = b.step - (b.step - a.step) * ratio;
  }
  return std::clamp(step, low + 0.1 * width, low + 0.9 * width);
}

// One search along a line: where it stands, and how often the function was asked.
class LineSearch {
 public:
  LineSearch(const Objective& objective, const Eigen::VectorXd& from, const Eigen::VectorXd& along,
             const Point& start)
      : objective_(objective), from_(from), along_(along), start_(start) {}

  // True when a point with lower value and flatter slope was found: then x, gradient and value are of that point.
  bool run(double first_step) {
    Point last = start_;
    for (double step = first_step; evaluations < limit; step *= 2.0) {
      const Point now = at(step);
      if (too_high(now) || (last.step > 0.0 && now.value >= last.value)) return zoom(last, now);
      if (flat(now)) return true;
      if (now.slope >= 0.0) return zoom(now, last);
      last = now;
    }
    return value < start_.value;
  }

  Eigen::VectorXd x, gradient;
  double value = 0.0;
  int evaluations = 0;

 private:
  static constexpr int limit = 12;

  Point at(double step) {
    ++evaluations;
    x = from_ + step * along_;
    value = objective_(x, gradient);
    return {step, value, gradient.dot(along_)};
  }
  bool too_high(const Point& p) const { return !(p.value <= start_.value + 1e-4 * p.step * start_.slope); }
  bool flat(const Point& p) const { return std::abs(p.slope) <= 0.9 * std::abs(start_.slope); }

  bool zoom(Point low, Point high) {
    while (evaluations < limit) {
      const Point now = at(cubic_step(low, high));
      if (too_high(now) || now.value >= low.value) {
        high = now;
        continue;
      }
      if (flat(now)) return true;
      if (now.slope * (high.step - low.step) >= 0.0) high = low;
      low = now;
    }
    if (low.step == 0.0) return false;
    at(low.step);
    return value < start_.value;
  }

  const Objective& objective_;
  const Eigen::VectorXd& from_;
  const Eigen::VectorXd& along_;
  Point start_;
};

void remember(std::deque<Pair>& pairs, Pair pair, int memory) {
  const double curvature = pair.step.dot(pair.change);
  if (!(curvature > 1e-12 * pair.change.squaredNorm())) return;
  pair.inverse = 1.0 / curvature;
  pairs.push_back(std::move(pair));
  if (static_cast<int>(pairs.size()) > memory) pairs.pop_front();
}

}  // namespace

Minimum minimise(const Objective& objective, const Eigen::VectorXd& start, const LbfgsOptions& options) {
  Minimum best{start, 0.0, 0, 1, false};
  Eigen::VectorXd gradient(start.size());
  best.value = objective(start, gradient);
  std::deque<Pair> pairs;
  std::deque<double> values = {best.value};
  while (best.iterations < options.iterations && gradient.norm() > 0.0) {
    const Eigen::VectorXd along = direction(pairs, gradient);
    LineSearch search(objective, best.x, along, {0.0, best.value, gradient.dot(along)});
    const bool lower = search.run(pairs.empty() ? std::min(1.0, 1.0 / gradient.norm()) : 1.0);
    best.evaluations += search.evaluations;
    if (!lower) {
      if (pairs.empty()) break;
      pairs.clear();
      continue;
    }
    remember(pairs, {search.x - best.x, search.gradient - gradient}, options.memory);
    best.x = search.x;
    gradient = search.gradient;
    best.value = search.value;
    ++best.iterations;
    if (options.report) options.report(best.iterations, best.value);
    values.push_back(best.value);
    if (values.size() > 11) values.pop_front();
    if (values.size() == 11 &&
        values.front() - values.back() < options.value_tolerance * std::abs(best.value)) {
      best.converged = true;
      break;
    }
  }
  return best;
}

}  // namespace trede::prediction
