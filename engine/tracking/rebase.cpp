#include <algorithm>
#include <cassert>

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {
namespace {

// The row of `from` that each domain of `to` takes over, −1 = none.
std::vector<int> domain_sources(const Posterior& posterior, const Posterior& fresh,
                                const std::vector<int>& from_index_of) {
  std::vector<int> source(fresh.dimensions(), -1);
  for (std::size_t topic = 0; topic < from_index_of.size(); ++topic) {
    if (from_index_of[topic] < 0) continue;
    const int old = posterior.rows[from_index_of[topic]].domain;
    int& entry = source[fresh.rows[topic].domain];
    // One ability in two rows would make the covariance singular.
    if (entry < 0 && std::find(source.begin(), source.end(), old) == source.end()) entry = old;
  }
  return source;
}

// Rows that are new keep what `fresh` says of them and are independent of the rest.
void fill(Posterior& fresh, const Posterior& posterior, const std::vector<int>& from_row) {
  for (int column = 0; column < fresh.dimensions(); ++column) {
    const int source = from_row[column];
    if (source >= 0) fresh.means[column] = posterior.means[source];
    for (int row = 0; row < fresh.dimensions(); ++row) {
      const bool both = source >= 0 && from_row[row] >= 0;
      if (both) fresh.covariances(row, column) = posterior.covariances(from_row[row], source);
      if (!both && row != column) fresh.covariances(row, column) = 0.0;
    }
  }
}

}  // namespace

Rebased rebase(const Posterior& posterior, const Catalogue& to, const std::vector<int>& from_index_of) {
  assert(from_index_of.size() == to.topics.size());
  assert(posterior.testlet_row < 0);
  Posterior fresh = prior(to, 0.0);
  fresh.prior_scale = posterior.prior_scale;
  fresh.unexplained = posterior.unexplained;
  std::vector<int> from_row = domain_sources(posterior, fresh, from_index_of);
  from_row[learning_rate_row] = learning_rate_row;
  from_row[general_row] = general_row;
  for (int domain = first_domain_row; domain < fresh.dimensions(); ++domain)
    fresh.covariances(domain, domain) *= posterior.prior_scale;
  for (std::size_t topic = 0; topic < from_index_of.size(); ++topic) {
    const int old = from_index_of[topic] < 0 ? -1 : posterior.rows[from_index_of[topic]].own;
    if (old < 0) continue;
    fresh = touched(std::move(fresh), static_cast<int>(topic));
    from_row.push_back(old);
  }
  fill(fresh, posterior, from_row);
  return {std::move(fresh), std::move(from_row)};
}

}  // namespace trede::tracking
