#include "engine/tracking/time.hpp"

#include <cmath>
#include <vector>

namespace trede::tracking {
namespace {

// What a row is a sum of: the general ability, a domain's part, a part of its own.
struct Composition {
  bool general = false;
  int domain = -1;
  bool own = false;
};

std::vector<Composition> compositions(const Posterior& posterior) {
  std::vector<Composition> rows(posterior.dimensions());
  rows[general_row].general = true;
  for (const TopicRows& topic : posterior.rows) {
    rows[topic.domain].domain = topic.domain;
    if (topic.own >= 0) rows[topic.own] = {true, topic.domain, true};
  }
  return rows;
}

bool moves(const Composition& row) {
  return row.general || row.domain >= 0;
}

double prior_covariance_of(const Composition& row, const Composition& column, bool same) {
  double sum = 0.0;
  if (row.general && column.general) sum += general_variance;
  if (row.domain >= 0 && row.domain == column.domain) sum += domain_variance;
  if (row.own && same) sum += topic_variance;
  return sum;
}

}  // namespace

Passage passage(const Drift& drift, double days) {
  if (!(days > 0.0)) return {};
  const double kept = std::exp(-days / drift.memory_days);
  return {kept, 1.0 - kept * kept + drift.diffusion_per_day * days};
}

Eigen::VectorXd transition(const Posterior& posterior, double kept) {
  const std::vector<Composition> rows = compositions(posterior);
  Eigen::VectorXd diagonal(posterior.dimensions());
  for (int row = 0; row < posterior.dimensions(); ++row) diagonal[row] = moves(rows[row]) ? kept : 1.0;
  return diagonal;
}

Posterior advance(Posterior posterior, const Drift& drift, double days, double cohort_mean) {
  if (!(days > 0.0)) return posterior;
  const auto [kept, replaced] = passage(drift, days);
  const std::vector<Composition> rows = compositions(posterior);
  const Eigen::VectorXd phi = transition(posterior, kept);
  for (int column = 0; column < posterior.dimensions(); ++column) {
    const double rest = rows[column].general ? cohort_mean : 0.0;
    posterior.means[column] = rest + phi[column] * (posterior.means[column] - rest);
    for (int row = 0; row < posterior.dimensions(); ++row)
      posterior.covariances(row, column) =
          (phi[row] * phi[column]) * posterior.covariances(row, column) +
          replaced * prior_covariance_of(rows[row], rows[column], row == column);
  }
  posterior.prior_scale = kept * kept * posterior.prior_scale + replaced;
  return posterior;
}

}  // namespace trede::tracking
