#include "engine/tracking/quick_scan.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/moments.hpp"
#include "engine/tracking/update.hpp"

namespace trede::tracking {
namespace {

bool alike(const CatalogueItem& one, const CatalogueItem& other) {
  const auto& [slope, difficulty, guessing] = one.parameters;
  return slope == other.parameters.slope && difficulty == other.parameters.difficulty &&
         guessing == other.parameters.guessing && one.loadings.front().weight == other.loadings.front().weight;
}

}  // namespace

QuickScan::QuickScan(const Posterior& posterior, int topic)
    : posterior_(posterior), mean_(posterior.mean(topic)), variance_(posterior.covariance(topic, topic)) {}

double QuickScan::operator()(const CatalogueItem& item) {
  if (item.loadings.size() > 1 || posterior_.testlet_row >= 0) return quick_predict(posterior_, item);
  if (before_ && alike(item, *before_)) return predicted_before_;
  before_ = &item;
  const double weight = item.loadings.front().weight;
  const auto& [slope, difficulty, guessing] = item.parameters;
  const double variance = std::max(slope * slope * (weight * weight * variance_), smallest_variance);
  const double z = slope * (weight * mean_ - difficulty) / std::sqrt(1.0 + std::numbers::pi / 8.0 * variance);
  predicted_before_ = irt::probability(z, irt::asymptotes_of(item.parameters));
  return predicted_before_;
}

}  // namespace trede::tracking
