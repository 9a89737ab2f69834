// Groups for the next lesson: pupils who need the same, within the sizes and wishes of the teacher, and how
// sure that is. A proposal that expires: abilities move. Pure, any thread; a class of 30 takes about a tenth
// of a second.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/tracking/posterior.hpp"

namespace trede::insight {

// What pupils are compared on: abilities on two to four topics, logits.
struct GroupFeatures {
  Eigen::MatrixXd means;                     // pupils × features
  std::vector<Eigen::MatrixXd> covariances;  // of each pupil, features × features; empty = known exactly
  Eigen::VectorXd weights;                   // of the features, ≥ 0; empty = all 1
};
GroupFeatures ability_features(const std::vector<const tracking::Posterior*>& pupils,
                               const std::vector<int>& topics);

struct GroupWishes {
  int groups = 3;
  int smallest = 1;
  int largest = 30;
  std::vector<std::pair<int, int>> apart;     // pupils who must not be in one group
  std::vector<std::pair<int, int>> together;  // pupils who must
};

struct Grouping {
  std::vector<int> group_of;  // of each pupil, 0 … groups − 1, lowest mean first
  // Σ_i (x_i − c)' W (x_i − c), c = the mean of the group; what uncertainty adds is the same for every
  // grouping.
  double spread = 0.0;
  Eigen::MatrixXd co_assignment;  // pupils × pupils: share of the draws in which two are in one group
  std::vector<double> certainty;  // mean co-assignment with the rest of the own group; 1 when alone
  std::vector<int> either;        // the other group that would do about as well, −1 = none
  int broken_wishes = 0;          // pupils too many or too few in groups, and pairs apart that are together
};

// The least spread found by exact improvement (one pupil moves, two change places) from several starts, then
// the same for draws from the beliefs to see who belongs together whatever the truth is. Wishes that cannot
// all be kept are kept as far as possible and counted. Pupils kept together move as one. Certainty under .5
// and another group at least half as likely: `either`. Preconditions: groups ≥ 1, 0 ≤ smallest ≤ largest,
// pairs name pupils.
Grouping group_pupils(const GroupFeatures& features, const GroupWishes& wishes, std::uint64_t seed);

}  // namespace trede::insight
