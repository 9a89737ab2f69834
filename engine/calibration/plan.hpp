// Which numbers of a calibration are free, where each sits in the one vector that is climbed in, where it starts and
// between which limits it stays; and what is done with items the data cannot estimate. Pure; any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/calibration/curve.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::calibration {

struct ItemPlan {
  Curve start;              // fixed numbers keep these values
  std::vector<int> places;  // of each local number in the vector; −1 = fixed
  int begin = 0;            // its own numbers: begin … begin + size − 1, contiguous
  int size = 0;
  bool informative = true;  // takes part in the likelihood
  Treatment treatment = Treatment::Estimated;
  ItemPrior prior;
};

struct Plan {
  Model model = Model::TwoPl;
  std::vector<ItemPlan> items;
  int common_slope = -1;  // place of the 1PL's slope; −1 = none
  int groups = 1;
  int first_free_group = 1;  // groups from here on have mean and ln sd in the vector …
  int group_begin = 0;       // … from this place, two each
  Eigen::VectorXd start;
  Eigen::VectorXd lower;
  Eigen::VectorXd upper;

  int size() const { return static_cast<int>(start.size()); }
  Curve curve(int item, const Eigen::VectorXd& values) const;
  Group group(int group, const Eigen::VectorXd& values) const;
};

Plan plan_of(const ResponseTable& table, const Options& options);

}  // namespace trede::calibration
