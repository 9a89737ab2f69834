#include "engine/calibration/online_item.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "engine/irt/quadrature.hpp"

namespace trede::calibration {
namespace {

// Gauss–Hermite for the standard normal density, 7 nodes.
constexpr std::array<irt::Node, 7> gauss_hermite_7 = {{
    {-3.7504397177257425, 0.00054826885597221782},
    {-2.3667594107345415, 0.030757123967586498},
    {-1.1544053947399682, 0.24012317860501271},
    {0.0, 0.45714285714285713},
    {1.1544053947399682, 0.24012317860501271},
    {2.3667594107345415, 0.030757123967586498},
    {3.7504397177257425, 0.00054826885597221782},
}};

constexpr double smallest_variance = 1e-12;  // of ln a and of b given ln a; an anchor has this

// What is left to integrate when ln a is fixed: b | ln a ~ N(difficulty, variance).
struct Slice {
  double weight;  // posterior weight of this ln a, not yet normalised
  double log_slope;
  double ability, ability_variance;
  double difficulty, difficulty_variance;
};
using Slices = std::array<Slice, gauss_hermite_7.size()>;

Slices slice(const OnlineItem& item, const ItemEvidence& evidence) {
  const double slope_variance = std::max(item.covariance(0, 0), smallest_variance);
  const double regression = item.covariance(0, 1) / slope_variance;
  const double own = std::max(item.covariance(1, 1) - regression * item.covariance(0, 1), smallest_variance);
  const double variance = evidence.variance + own;
  Slices slices;
  for (std::size_t k = 0; k < slices.size(); ++k) {
    const double away = std::sqrt(slope_variance) * gauss_hermite_7[k].x;
    const double slope = std::exp(item.log_slope + away);
    const double difficulty = item.difficulty + regression * away;
    const tracking::Tilt tilted = tracking::tilt(
        slope * (evidence.mean - difficulty), slope * slope * variance, {item.guessing, 1.0}, evidence.right);
    const double step = slope * tilted.step;
    const double shrink = slope * slope * tilted.shrink;
    slices[k] = {gauss_hermite_7[k].weight * tilted.probability,
                 item.log_slope + away,
                 evidence.mean + evidence.variance * step,
                 evidence.variance * (1.0 - shrink * evidence.variance),
                 std::clamp(difficulty - own * step, -furthest_difficulty, furthest_difficulty),
                 own * (1.0 - shrink * own)};
  }
  return slices;
}

double total_weight(const Slices& slices) {
  double total = 0.0;
  for (const Slice& each : slices) total += each.weight;
  return total;
}

tracking::Tilt ability_tilt(const Slices& slices, const ItemEvidence& evidence, double total) {
  double mean = 0.0;
  double square = 0.0;
  for (const Slice& each : slices) mean += each.weight / total * each.ability;
  for (const Slice& each : slices)
    square += each.weight / total * (each.ability_variance + (each.ability - mean) * (each.ability - mean));
  const double left = square / evidence.variance;
  return {.probability = total,
          .step = (mean - evidence.mean) / evidence.variance,
          .shrink = (1.0 - left) / evidence.variance,
          .variance_left = left};
}

void move_item(OnlineItem& item, const Slices& slices, double total) {
  Eigen::Vector2d mean = Eigen::Vector2d::Zero();
  for (const Slice& each : slices)
    mean += each.weight / total * Eigen::Vector2d(each.log_slope, each.difficulty);
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Zero();
  for (const Slice& each : slices) {
    const Eigen::Vector2d away = Eigen::Vector2d(each.log_slope, each.difficulty) - mean;
    covariance += each.weight / total * away * away.transpose();
    covariance(1, 1) += each.weight / total * each.difficulty_variance;
  }
  item.log_slope = std::clamp(mean[0], -furthest_log_slope, furthest_log_slope);
  item.difficulty = mean[1];
  item.covariance = covariance;
}

void widen(OnlineItem& item, double temper) {
  const bool too_wide = temper * item.covariance(0, 0) > widest_log_slope_sd * widest_log_slope_sd ||
                        temper * item.covariance(1, 1) > widest_difficulty_sd * widest_difficulty_sd;
  if (!too_wide) item.covariance *= temper;
}

}  // namespace

double OnlineItem::slope() const {
  return std::exp(log_slope);
}

double OnlineItem::log_slope_sd() const {
  return std::sqrt(covariance(0, 0));
}

double OnlineItem::difficulty_sd() const {
  return std::sqrt(covariance(1, 1));
}

JointUpdate update(const OnlineItem& item, const ItemEvidence& evidence, double temper) {
  assert(evidence.variance > 0.0);
  const Slices slices = slice(item, evidence);
  const double total = total_weight(slices);
  JointUpdate result{item, ability_tilt(slices, evidence, total)};
  move_item(result.item, slices, total);
  widen(result.item, temper);
  ++result.item.answers;
  return result;
}

tracking::Tilt tilt(const OnlineItem& item, const ItemEvidence& evidence) {
  assert(evidence.variance > 0.0);
  const Slices slices = slice(item, evidence);
  return ability_tilt(slices, evidence, total_weight(slices));
}

OnlineItem learn(OnlineItem item, std::span<const ItemEvidence> evidence, double temper) {
  for (const ItemEvidence& each : evidence) item = update(item, each, temper).item;
  return item;
}

OnlineItem pass_days(OnlineItem item, double days, double drift_per_day) {
  if (days > 0.0) item.covariance(1, 1) += drift_per_day * days;
  return item;
}

}  // namespace trede::calibration
