// The information about all free numbers that complete data would give: one block an item and a free group, and in a
// 1PL one row and column for the slope all items share. Solving with it is the EM step. Pure; any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/calibration/plan.hpp"

namespace trede::calibration {

class Information {
 public:
  explicit Information(const Plan& plan);

  // An item's information in its local numbers; a group's in mean and ln sd.
  void add_item(const ItemPlan& item, const Eigen::MatrixXd& local);
  void set_group(int place, const Eigen::Matrix2d& information);
  // Numbers held at their limit do not move.
  void hold(const std::vector<bool>& held);
  // To be called once all is in.
  void invert();
  // After it: lets solve move along the columns as well, with `informations` about each (parameter-expanded EM).
  void expand(Eigen::MatrixXd directions, const Eigen::VectorXd& informations);

  Eigen::VectorXd solve(const Eigen::VectorXd& gradient) const;
  // Before invert: the whole matrix, and directions' times it times directions.
  Eigen::MatrixXd dense() const;
  Eigen::MatrixXd quadratic(const Eigen::MatrixXd& directions) const;
  // The common slope moves by one and everything else follows; before invert.
  Eigen::VectorXd along_common_slope() const;
  // After invert: some rows and columns of the inverse.
  Eigen::MatrixXd inverse_of(const std::vector<int>& places) const;

 private:
  struct Block {
    int begin;
    int size;
    std::size_t offset;  // of its size × size numbers
  };

  Eigen::Map<Eigen::MatrixXd> matrix(const Block& block) {
    return {numbers_.data() + block.offset, block.size, block.size};
  }
  Eigen::Map<const Eigen::MatrixXd> matrix(const Block& block) const {
    return {numbers_.data() + block.offset, block.size, block.size};
  }
  double inverse_at(int one, int other) const;
  Eigen::VectorXd solve_blocks(const Eigen::VectorXd& vector) const;

  std::vector<Block> blocks_;
  std::vector<int> block_at_;  // of each place
  std::vector<double> numbers_;
  int size_;
  int common_;              // place of the common slope, −1 = none
  double corner_ = 0.0;     // its own information
  Eigen::VectorXd border_;  // with all others
  Eigen::VectorXd solved_border_;
  double schur_ = 1.0;
  Eigen::MatrixXd directions_;
};

}  // namespace trede::calibration
