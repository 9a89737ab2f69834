// Item parameters from a term's answers of pupils who learn meanwhile: one ability per pupil and term would bend
// difficulties by as much as the class has grown. Expectation: the tracker's own filter forward and its smoother
// backward give every answer the ability the pupil had then; maximisation: a scoring step per item. Growth
// and diffusion maximise the predictive likelihood Σ ln Z. Pure; the same result for every number of workers.
//
// One pupil, abilities θ_k of the topics that the answers touch, common clock of t days:
//   first           θ ~ N(m(t) 1, s² P0),  m(t) = mean + per_day · t  of the pupil's group
//   D days later    θ ← m(t + D) + φ (θ − m(t)) + N(0, (s² (1 − φ²) + q D) P0),  φ = exp(−D / memory_days)
//   an answer       P(right) = c + (1 − c) s(a (Σ_k q_k θ_k − b))
//   and after it    θ_k ← θ_k + per_answer + N(0, diffusion_per_answer)  on the item's primary topic
// which is tracking::advance, update and practised with the constants below. Cost per answer O(T²), T = the topics
// this pupil answered on; memory O(T) per answer of the pupils at work.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/calibration/online_item.hpp"
#include "engine/catalogue/catalogue.hpp"

namespace trede::calibration {

struct TimedAnswer {
  std::int32_t item = 0;
  bool right = false;
  double days = 0.0;  // on the group's clock, not before the person's previous answer
};

// Person i gave answers[begins[i]] … answers[begins[i + 1] − 1], in order of time. With days counted from one date
// for all, a person who comes late is expected at the level of the others by then; with days since the person's
// own first answer everybody starts at the group's mean.
struct TimedAnswers {
  std::vector<std::size_t> begins = {0};  // people + 1 entries
  std::vector<TimedAnswer> answers;
  std::vector<int> groups;  // of each person; empty = group 0

  int people() const { return static_cast<int>(begins.size()) - 1; }
  std::span<const TimedAnswer> of(int person) const {
    const auto i = static_cast<std::size_t>(person);
    return {answers.data() + begins[i], begins[i + 1] - begins[i]};
  }
  int group(int person) const { return groups.empty() ? 0 : groups[static_cast<std::size_t>(person)]; }
};

// How abilities move. Start and, where not estimated, value.
struct Growth {
  double per_day = 0.0;                                          // logits
  double per_answer = 0.0;                                       // logits
  double diffusion_per_day = 0.0;                                // q, logits²
  double diffusion_per_answer = 0.0;                             // logits²
  double memory_days = std::numeric_limits<double>::infinity();  // τ
};

struct GrowingItem {
  // Normal prior of (ln a, b), and where the search starts. What the author's word says (new_item.hpp), or hardly
  // anything; not yesterday's estimate from the same answers.
  OnlineItem prior = {};
  std::vector<Loading> loadings = {{}};  // topics of P0, primary first
  bool anchor = false;                   // fixed at the prior's means
};

enum class Slopes { Free, Common, Fixed };  // Common: one ln a, the priors of all items apply to it

struct GrowthProblem {
  std::vector<GrowingItem> items;
  TimedAnswers people;
  Eigen::MatrixXd prior_covariance = Eigen::MatrixXd::Identity(1, 1);  // P0 over topics, diagonal 1
  std::vector<Group> groups = {{}};                                    // start; mean and sd s of θ at day 0
  Growth growth;
  // Priors of difficulties lie around a line over the term that is found with them (growth_prior.hpp): for prior means
  // that know nothing of the order in which items came.
  bool trend = false;
};

struct GrowthOptions {
  Slopes slopes = Slopes::Free;
  bool per_day = true;  // which of Growth and of the groups are estimated
  bool per_answer = false;
  bool diffusion_per_day = true;
  bool diffusion_per_answer = false;
  bool groups = false;      // means and sds: of all groups if there are anchors, else of all but the first
  double tolerance = 1e-4;  // stop when no parameter moves more than this in a cycle …
  int iterations = 600;     // … or after this many E-steps
  int workers = 1;
};

struct GrowthCalibration {
  std::vector<OnlineItem> items;  // estimates with the covariance of (ln a, b); answers = how many were used
  Growth growth;
  Growth growth_errors;  // standard errors, 0 where not estimated; of the diffusions: of their logarithm
  std::vector<Group> groups;
  std::vector<Group> group_errors;        // of mean and ln sd
  bool joint_errors = false;              // from all unknowns together, see growth_errors.hpp
  double log_likelihood = 0.0;            // Σ ln Z, predictive
  double penalised_log_likelihood = 0.0;  // with the priors
  int iterations = 0;                     // E-steps
  bool converged = false;
};

// Preconditions: indices in range, days not decreasing within a person, P0 positive definite with diagonal 1,
// an estimated diffusion starts above 0, priors of items that are no anchors positive definite. What is estimated of
// growth and groups has a vague normal prior at its start (sd 3 on the scale of logits and logarithms).
GrowthCalibration calibrate_growth(const GrowthProblem& problem, const GrowthOptions& options);

}  // namespace trede::calibration
