// The search inside group_pupils: pupils kept together are one unit, units move and change places while that
// lowers the spread. Pure, any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/insight/groups.hpp"
#include "engine/random.hpp"

namespace trede::insight {

struct Partition {
  std::vector<int> group_of;  // of each pupil
  double spread = 0.0;
  int broken_wishes = 0;
};

// The best of `starts` random starts. points: pupils × features, already weighted.
Partition best_partition(const Eigen::MatrixXd& points, const GroupWishes& wishes, int starts,
                         Random& random);

}  // namespace trede::insight
