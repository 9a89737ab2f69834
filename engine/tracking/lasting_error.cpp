#include "engine/tracking/lasting_error.hpp"

#include <algorithm>
#include <cmath>

namespace trede::tracking {
namespace {

// Correlations of the prior: of any two topics, of two in a domain.
constexpr double alike_anywhere = general_variance;
constexpr double alike_in_domain = general_variance + domain_variance;

struct Miss {
  double score = 0.0;        // Aα
  double information = 0.0;  // Bα²
  double caught_up = 0.0;    // K
};

// A lucky guess far above one's level widens the belief (B < 0); it tells nothing here.
Miss miss_of(const Innovation& innovation, int row) {
  double slope = 0.0;
  for (const RowLoading& loading : innovation.loading)
    if (loading.row == row) slope += loading.weight;
  const double shrink = std::max(innovation.shrink, 0.0);
  return {innovation.step * slope, shrink * slope * slope,
          std::clamp(shrink * slope * innovation.spread[row], 0.0, 1.0)};
}

}  // namespace

void answered(LastingError& error, const Posterior& posterior, int topic, const Innovation& innovation) {
  error.rows.resize(static_cast<std::size_t>(posterior.dimensions()));
  const TopicRows& of = posterior.rows[topic];
  const auto row = [&](int index) -> LastingError::Row& {
    return error.rows[static_cast<std::size_t>(index)];
  };
  const auto [score, information, caught_up] = miss_of(innovation, of.own);
  const double expected = alike_anywhere * row(general_row).score +
                          (alike_in_domain - alike_anywhere) * row(of.domain).score +
                          (1.0 - alike_in_domain) * row(of.own).score;
  const double foreseen =
      alike_anywhere * alike_anywhere * row(general_row).information +
      (alike_in_domain * alike_in_domain - alike_anywhere * alike_anywhere) * row(of.domain).information +
      (1.0 - alike_in_domain * alike_in_domain) * row(of.own).information;
  error.agreement += score * expected;
  error.information += information * foreseen;
  error.chance += information * expected * expected;
  for (const int own : {general_row, of.domain, of.own}) {
    row(own).score += score;
    row(own).information = (row(own).information + information) * (1.0 - caught_up);
  }
  for (LastingError::Row& each : error.rows) {
    each.score *= miss_kept;
    each.information *= miss_kept;
  }
}

double unexplained_variance(const LastingError& error) {
  const double beyond_chance = error.agreement - errors_of_chance * std::sqrt(error.chance);
  if (!(beyond_chance > 0.0)) return 0.0;
  return std::min(beyond_chance / std::max(error.information, beyond_chance), most_unexplained);
}

LastingError rebase(LastingError error, const std::vector<int>& from_row) {
  std::vector<LastingError::Row> rows(from_row.size());
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (from_row[row] >= 0 && from_row[row] < std::ssize(error.rows))
      rows[row] = error.rows[static_cast<std::size_t>(from_row[row])];
  error.rows = std::move(rows);
  return error;
}

}  // namespace trede::tracking
