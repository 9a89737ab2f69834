#include "engine/calibration/linking.hpp"

#include <Eigen/Core>
#include <Eigen/LU>
#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/irt/dichotomous.hpp"

namespace trede::calibration {
namespace {

constexpr int nodes = 41;
constexpr double range = 4.0;
constexpr int most_iterations = 100;
constexpr int fewest_anchors = 3;

struct Spread {
  double mean = 0.0, sd = 0.0;
};

Spread spread_of(std::span<const ScaledItem> items) {
  const double n = static_cast<double>(items.size());
  Spread result;
  for (const ScaledItem& item : items) result.mean += item.difficulty / n;
  for (const ScaledItem& item : items)
    result.sd += (item.difficulty - result.mean) * (item.difficulty - result.mean) / n;
  result.sd = std::sqrt(result.sd);
  return result;
}

// The weighted squares of the difference of the curves, with its Gauss–Newton equations in (ln A, B).
struct PlacedCurves {
  double squares = 0.0;
  Eigen::Vector2d gradient = Eigen::Vector2d::Zero();
  Eigen::Matrix2d information = Eigen::Matrix2d::Zero();
};

double curve(std::span<const ScaledItem> items, double ability) {
  double sum = 0.0;
  for (const ScaledItem& item : items)
    sum += irt::probability(item.slope * (ability - item.difficulty), {item.guessing, 1.0});
  return sum;
}

// z = a ((θ − B) / A − b):  ∂z / ∂(ln A, B) = −a ((θ − B) / A, 1 / A).
PlacedCurves compare(std::span<const ScaledItem> bank, std::span<const ScaledItem> fresh, const ScaleLink& link) {
  PlacedCurves result;
  double weights = 0.0;
  for (int q = 0; q < nodes; ++q) {
    const double ability = -range + 2.0 * range * q / (nodes - 1);
    const double weight = std::exp(-0.5 * ability * ability);
    const double there = (ability - link.shift) / link.scale;
    double difference = curve(bank, ability);
    Eigen::Vector2d slope = Eigen::Vector2d::Zero();
    for (const ScaledItem& item : fresh) {
      const double z = item.slope * (there - item.difficulty);
      difference -= irt::probability(z, {item.guessing, 1.0});
      slope +=
          irt::derivative(z, {item.guessing, 1.0}) * item.slope * Eigen::Vector2d(there, 1.0 / link.scale);
    }
    weights += weight;
    result.squares += weight * difference * difference;
    result.gradient += weight * difference * slope;
    result.information += weight * slope * slope.transpose();
  }
  result.squares /= weights;
  result.gradient /= weights;
  result.information /= weights;
  return result;
}

ScaleLink moved(const ScaleLink& link, const Eigen::Vector2d& step) {
  return {link.scale * std::exp(std::clamp(step[0], -1.0, 1.0)), link.shift + std::clamp(step[1], -2.0, 2.0)};
}

double distance(const ScaledItem& bank, const ScaledItem& fresh, const ScaleLink& link) {
  const ScaledItem there = on_scale(link, fresh);
  const double error = std::hypot(bank.difficulty_error, there.difficulty_error);
  return (there.difficulty - bank.difficulty) / std::max(error, 1e-9);
}

std::vector<ScaledItem> only(std::span<const ScaledItem> items, const std::vector<bool>& kept) {
  std::vector<ScaledItem> result;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (kept[i]) result.push_back(items[i]);
  return result;
}

void relink(Linking& linking, std::span<const ScaledItem> bank, std::span<const ScaledItem> fresh) {
  const std::vector<ScaledItem> old_items = only(bank, linking.kept);
  const std::vector<ScaledItem> new_items = only(fresh, linking.kept);
  const CurveLink found = stocking_lord(old_items, new_items, mean_sigma(old_items, new_items));
  linking.link = found.link;
  linking.converged = found.converged;
  for (std::size_t i = 0; i < bank.size(); ++i)
    linking.distances[i] = distance(bank[i], fresh[i], linking.link);
  ++linking.rounds;
}

// Leaves out the kept anchor that is furthest off; false when none has moved.
bool leave_out_worst(Linking& linking) {
  std::size_t worst = linking.kept.size();
  double furthest = moved_anchor;
  for (std::size_t i = 0; i < linking.kept.size(); ++i)
    if (linking.kept[i] && std::abs(linking.distances[i]) > furthest) {
      worst = i;
      furthest = std::abs(linking.distances[i]);
    }
  if (worst == linking.kept.size()) return false;
  linking.kept[worst] = false;
  return true;
}

}  // namespace

ScaledItem on_scale(const ScaleLink& link, const ScaledItem& item) {
  return {item.slope / link.scale, link.scale * item.difficulty + link.shift,
          link.scale * item.difficulty_error, item.guessing};
}

ScaleLink mean_sigma(std::span<const ScaledItem> bank, std::span<const ScaledItem> fresh) {
  assert(bank.size() == fresh.size());
  if (bank.empty()) return {};
  const Spread there = spread_of(bank);
  const Spread here = spread_of(fresh);
  const double scale = there.sd > 0.0 && here.sd > 0.0 ? there.sd / here.sd : 1.0;
  return {scale, there.mean - scale * here.mean};
}

// With λ growing where a step fails (Levenberg and Marquardt).
CurveLink stocking_lord(std::span<const ScaledItem> bank, std::span<const ScaledItem> fresh,
                        ScaleLink start) {
  CurveLink result{.link = start};
  PlacedCurves now = compare(bank, fresh, result.link);
  double damping = 1e-9;
  for (; result.iterations < most_iterations && !result.converged; ++result.iterations) {
    Eigen::Matrix2d information = now.information;
    information.diagonal() *= 1.0 + damping;
    information.diagonal().array() += 1e-12;
    const Eigen::Vector2d step = -(information.inverse() * now.gradient);
    const ScaleLink next = moved(result.link, step);
    const PlacedCurves there = compare(bank, fresh, next);
    result.converged = step.cwiseAbs().maxCoeff() < 1e-10;
    if (there.squares <= now.squares) {
      result.link = next;
      now = there;
      damping = std::max(0.1 * damping, 1e-9);
    } else {
      damping = 10.0 * std::max(damping, 1e-4);
    }
  }
  result.distance = std::sqrt(now.squares);
  return result;
}

Linking link_scales(std::span<const ScaledItem> bank, std::span<const ScaledItem> fresh) {
  assert(bank.size() == fresh.size());
  Linking linking{.distances = std::vector<double>(bank.size()),
                  .kept = std::vector<bool>(bank.size(), true)};
  relink(linking, bank, fresh);
  while (std::count(linking.kept.begin(), linking.kept.end(), true) > fewest_anchors &&
         leave_out_worst(linking))
    relink(linking, bank, fresh);
  return linking;
}

}  // namespace trede::calibration
