// What is believed of an item before anybody has answered it, learned from what authors said of the items that are
// calibrated (a linear logistic test model with error, Fischer 1973; ridge towards the author's word), and
// when a new item has shown enough to be an item like others. Plain values, pure functions, any thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/calibration/online_item.hpp"

namespace trede::calibration {

// What an author says of an item.
struct AuthorWord {
  double level = 0.0;   // of the item's topic, logits
  double step = 0.0;    // −1, −.5, 0, .5 or 1 above it
  bool choice = false;  // answered by choosing
};
Eigen::VectorXd features(const AuthorWord& word);  // 1, level, step, choice

// b ~ N(x'β, s²) and what is known of β.
struct FeatureModel {
  Eigen::VectorXd weights;     // E β
  Eigen::MatrixXd covariance;  // of β
  double spread = 0.7;         // s, logits
  int items = 0;               // that it was learned from
  bool converged = true;
};

// The author's word taken as it is: b = level + step, right to .7 (a school year), and β as uncertain as that
// allows: sd .3 for the shift of all items, .15 for the weight of the level, .3 for the others.
FeatureModel authors_word();

struct KnownItem {
  Eigen::VectorXd features;
  double difficulty = 0.0;
  double difficulty_sd = 0.1;
};

// β and s by maximum penalised marginal likelihood: b̂_j ~ N(x_j'β, s² + SE_j²), β ~ the prior's normal, and the
// prior's s counts as five items. Alternates the ridge for β with an EM step for s² until s is still to 1e-8.
FeatureModel learn(const FeatureModel& prior, std::span<const KnownItem> items);

// ln a ~ N(.2, .25²), b ~ N(x'β, s² + x' Cov(β) x).
OnlineItem new_item(const FeatureModel& model, const Eigen::VectorXd& features, double guessing);

// Enough is known: SD(b) and SD(ln a) below this, after some 160 to 200 answers.
inline constexpr double promotion_sd = 0.25;

enum class Standing { Seeding, Promoted, Retired };

// misfit: a test of fit has rejected the item.
Standing standing(const OnlineItem& item, bool misfit);

// P(right) at which the next answer to a new item is best collected: .82 and .55 in turn. The first is the upper
// point of the D-optimal design for (a, d), z = ±1.543, and the one pupils like; the lower (.18) would
// discourage, .55 still tells the slope.
double seeding_target(const OnlineItem& item);

}  // namespace trede::calibration
