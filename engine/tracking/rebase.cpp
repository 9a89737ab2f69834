#include <Eigen/Cholesky>
#include <algorithm>
#include <cassert>

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {
namespace {

// The domain of each old topic in the numbering of the new bank. A dropped topic takes the domain of a kept
// topic that shared its old domain; if none was kept, no new topic can be said to belong with it: a domain of
// its own below zero.
std::vector<int> domains_in_new_bank(const Catalogue& from, const Catalogue& to,
                                     const std::vector<int>& from_index_of) {
  std::vector<int> domains(from.topics.size());
  for (std::size_t old = 0; old < from.topics.size(); ++old) {
    domains[old] = -1 - from.topics[old].domain;
    for (std::size_t fresh = 0; fresh < to.topics.size(); ++fresh) {
      const int source = from_index_of[fresh];
      if (source >= 0 && from.topics[source].domain == from.topics[old].domain)
        domains[old] = to.topics[fresh].domain;
      if (source == static_cast<int>(old)) break;
    }
  }
  return domains;
}

// All old topics in their order, then the new ones: a bank only the prior knows.
Catalogue joined(const Catalogue& from, const Catalogue& to, const std::vector<int>& from_index_of) {
  Catalogue both;
  for (const int domain : domains_in_new_bank(from, to, from_index_of)) {
    CatalogueTopic topic;
    topic.domain = domain;
    both.topics.push_back(topic);
  }
  for (std::size_t fresh = 0; fresh < to.topics.size(); ++fresh)
    if (from_index_of[fresh] < 0) both.topics.push_back(to.topics[fresh]);
  return both;
}

// The belief over old and new topics. θ_new | θ_old ~ N(m0 + K (θ_old − m0), P_nn − K P_on), K = P_no P_oo⁻¹.
Posterior extended(const Posterior& old, const Eigen::MatrixXd& prior, double school_year_mean) {
  const Eigen::Index before = old.mean.size();
  const Eigen::Index added = prior.rows() - before;
  const Eigen::MatrixXd across = prior.topRightCorner(before, added);  // P_on
  const Eigen::MatrixXd gain = prior.topLeftCorner(before, before).llt().solve(across).transpose();
  Posterior both{Eigen::VectorXd(prior.rows()), Eigen::MatrixXd(prior.rows(), prior.rows())};
  both.mean.head(before) = old.mean;
  both.mean.tail(added) = (gain * (old.mean.array() - school_year_mean).matrix()).array() + school_year_mean;
  both.covariance.topLeftCorner(before, before) = old.covariance;
  both.covariance.bottomLeftCorner(added, before) = gain * old.covariance;
  both.covariance.topRightCorner(before, added) = both.covariance.bottomLeftCorner(added, before).transpose();
  const Eigen::MatrixXd own =
      prior.bottomRightCorner(added, added) - gain * across + gain * old.covariance * gain.transpose();
  both.covariance.bottomRightCorner(added, added) = 0.5 * (own + own.transpose());
  return both;
}

}  // namespace

Posterior rebase(const Posterior& posterior, const Catalogue& from, const Catalogue& to,
                 const std::vector<int>& from_index_of, double school_year_mean) {
  assert(posterior.mean.size() == static_cast<Eigen::Index>(from.topics.size()));
  assert(from_index_of.size() == to.topics.size());
  const Eigen::MatrixXd prior = prior_covariance(joined(from, to, from_index_of));
  const Posterior both = extended(posterior, prior, school_year_mean);
  std::vector<int> source = from_index_of;
  int next_new = static_cast<int>(from.topics.size());
  for (int& index : source)
    if (index < 0) index = next_new++;
  return {both.mean(source), both.covariance(source, source)};
}

}  // namespace trede::tracking
