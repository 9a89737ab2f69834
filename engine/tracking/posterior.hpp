// What we believe about one pupil: a normal distribution over the abilities of all topics of the catalogue.
// Plain values; every function here is pure and may run on any thread. Topic k is catalogue.topics[k].
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "engine/catalogue/catalogue.hpp"

namespace trede::tracking {

struct Posterior {
  Eigen::VectorXd mean;        // logits, one entry per topic
  Eigen::MatrixXd covariance;  // logits², symmetric, positive definite

  int topics() const { return static_cast<int>(mean.size()); }
  double sd(int topic) const;
};

// The spread of pupils of one school year: θ_k = general + domain + own part, with these variances; they sum
// to one. Correlation .65 within a domain, .49 across (docs/MODEL.md §3).
inline constexpr double general_variance = 0.49;
inline constexpr double domain_variance = 0.16;
inline constexpr double topic_variance = 0.35;

// P0 = .49 11' + .16 DD' + .35 I, D = which topic belongs to which domain.
Eigen::MatrixXd prior_covariance(const Catalogue& catalogue);

// A pupil we know nothing of but the school year, whose mean ability is given in logits on the bank's scale.
Posterior prior(const Catalogue& catalogue, double school_year_mean);

// P(θ_topic > cut).
double mastery(const Posterior& posterior, int topic, double cut);

// A fingerprint of a belief: two weighted sums over the mean and two over the covariance, with fixed weights
// in (−1, 1) that depend on the position only. Equal beliefs have digests that agree to rounding; different
// ones practically never.
struct Digest {
  std::array<double, 4> sums{};
};
Digest digest(const Posterior& posterior);
bool agree(const Digest& first, const Digest& second, double tolerance = 1e-9);

// The same belief for another version of the bank: topic i of `to` was topic from_index_of[i] of `from`
// (−1 = new). New topics are believed given the old ones as the prior of pupils says (exact for normals);
// dropped topics are marginalised after having informed the new ones. Domains are matched through the topics
// that both banks have.
Posterior rebase(const Posterior& posterior, const Catalogue& from, const Catalogue& to,
                 const std::vector<int>& from_index_of, double school_year_mean);

}  // namespace trede::tracking
