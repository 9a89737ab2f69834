// What we believe about one pupil: a normal distribution over the abilities of all topics of the catalogue,
// the general and domain abilities behind them, and the pupil's own learning rate. Only topics that evidence
// has touched take a row of it; all others follow from the hierarchy, exactly, so that an answer costs the
// square of what the pupil has met and not of what the bank holds. Plain values; every function here is pure
// and may run on any thread. Topic k is catalogue.topics[k].
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "engine/catalogue/catalogue.hpp"

namespace trede::tracking {

// The spread of pupils of one school year: θ_k = general + domain + own part, with these variances; they sum
// to one. Correlation .65 within a domain, .49 across (docs/MODEL.md §3).
inline constexpr double general_variance = 0.49;
inline constexpr double domain_variance = 0.16;
inline constexpr double topic_variance = 0.35;

// Pupils differ in what practice gives them: 1 + η times the usual gain, η ~ N(0, .45²).
inline constexpr double learning_rate_spread = 0.45;

inline constexpr int learning_rate_row = 0;
inline constexpr int general_row = 1;
inline constexpr int first_domain_row = 2;

struct TopicRows {
  int domain = first_domain_row;  // row of the topic's domain
  int own = -1;                   // row of the topic's ability, −1 = nothing has touched it yet
};

// Rows: η, the general ability, one a domain, then one a touched topic in the order of their first touch.
struct Posterior {
  Eigen::VectorXd means;        // logits; η: times the usual gain
  Eigen::MatrixXd covariances;  // symmetric, positive definite
  std::vector<TopicRows> rows;  // one entry a topic
  double prior_scale = 1.0;     // untouched parts have this many times the variance of the hierarchy
  double unexplained = 0.0;     // logits², what answers showed beyond this (lasting_error.hpp)
  int testlet_row = -1;         // of the text or picture that the items now share, −1 = none

  int topics() const { return static_cast<int>(rows.size()); }
  int dimensions() const { return static_cast<int>(means.size()); }

  double mean(int topic) const;                   // logits
  double covariance(int topic, int other) const;  // logits²
  double sd(int topic) const;                     // logits
  double covariance_with_row(int topic, int row) const;

  double learning_rate() const { return means[learning_rate_row]; }  // µ_η
  double learning_rate_sd() const;
};

Eigen::VectorXd topic_means(const Posterior& posterior);       // topics
Eigen::MatrixXd topic_covariance(const Posterior& posterior);  // topics × topics

// P0 = .49 11' + .16 DD' + .35 I, D = which topic belongs to which domain.
Eigen::MatrixXd prior_covariance(const Catalogue& catalogue);

// A pupil we know nothing of but the school year, whose mean ability is given in logits on the bank's scale.
Posterior prior(const Catalogue& catalogue, double school_year_mean);

// The same belief with a row for this topic, the last one when it had none.
Posterior touched(Posterior posterior, int topic);

// The standard error that people are told: √(sd² + unexplained + .2²). The belief knows how uncertain the ability is if
// exercises behave as the model says; real ones are guessed or suit one pupil and not another, and then 95 % intervals
// of sd alone hold 90 % of pupils (docs/decisions/0011-what-no-model-knows.md). sd: with what is unexplained.
inline constexpr double beyond_the_model = 0.2;  // logits
double told_sd(double sd);
double told_sd(const Posterior& posterior, int topic);
// √(sd² + unexplained), what is kept of a belief to be told later: told_sd(sd_to_tell(…)) is told_sd of then.
double sd_to_tell(const Posterior& posterior, int topic);

// P(θ_topic > cut), of N(mean, sd²): what is unexplained does not count (docs/decisions/0019).
double mastery(const Posterior& posterior, int topic, double cut);

// A fingerprint of a belief: two weighted sums over the means and two over the covariances, with fixed
// weights in (−1, 1) that depend on the position only. Equal beliefs have digests that agree to rounding;
// different ones practically never.
struct Digest {
  std::array<double, 4> sums{};
};
Digest digest(const Posterior& posterior);
bool agree(const Digest& first, const Digest& second, double tolerance = 1e-9);

// The same belief for another version of the bank: topic i of `to` was topic from_index_of[i] before (−1
// = new); no testlet is going on. New topics are believed as if they had been there from the start;
// dropped ones are marginalised and live on in what they told of the general and domain abilities. Domains
// are matched through the topics that both banks have; where a domain was split, the first topic's part
// keeps its ability.
struct Rebased {
  Posterior posterior;
  std::vector<int> from_row;  // per row of the new belief the row it had, −1 = new
};
Rebased rebase(const Posterior& posterior, const Catalogue& to, const std::vector<int>& from_index_of);

}  // namespace trede::tracking
