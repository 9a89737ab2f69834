#include "engine/calibration/information.hpp"

#include <Eigen/Cholesky>

namespace trede::calibration {

Information::Information(const Plan& plan)
    : block_at_(static_cast<std::size_t>(plan.size()), -1),
      size_(plan.size()),
      common_(plan.common_slope),
      border_(Eigen::VectorXd::Zero(plan.size())) {
  std::size_t offset = 0;
  const auto add = [&](int begin, int size) {
    for (int i = begin; i < begin + size; ++i)
      block_at_[static_cast<std::size_t>(i)] = static_cast<int>(blocks_.size());
    blocks_.push_back({begin, size, offset});
    offset += static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
  };
  for (const ItemPlan& item : plan.items)
    if (item.size > 0) add(item.begin, item.size);
  for (int place = plan.group_begin; place < plan.size(); place += 2) add(place, 2);
  numbers_.assign(offset, 0.0);
}

void Information::add_item(const ItemPlan& item, const Eigen::MatrixXd& local) {
  const auto locals = static_cast<Eigen::Index>(item.places.size());
  for (Eigen::Index one = 0; one < locals; ++one) {
    const int place = item.places[static_cast<std::size_t>(one)];
    for (Eigen::Index other = 0; other < locals && place >= 0; ++other) {
      const int second = item.places[static_cast<std::size_t>(other)];
      if (second < 0) continue;
      if (place == common_ && second == common_)
        corner_ += local(one, other);
      else if (place == common_)
        border_[second] += local(one, other);
      else if (second != common_)
        matrix(blocks_[static_cast<std::size_t>(block_at_[static_cast<std::size_t>(place)])])(
            place - item.begin, second - item.begin) += local(one, other);
    }
  }
}

void Information::set_group(int place, const Eigen::Matrix2d& information) {
  matrix(blocks_[static_cast<std::size_t>(block_at_[static_cast<std::size_t>(place)])]) = information;
}

void Information::hold(const std::vector<bool>& held) {
  for (const Block& block : blocks_) {
    auto m = matrix(block);
    for (int i = 0; i < block.size; ++i) {
      if (!held[static_cast<std::size_t>(block.begin + i)]) continue;
      m.row(i).setZero();
      m.col(i).setZero();
      m(i, i) = 1.0;
      border_[block.begin + i] = 0.0;
    }
  }
}

void Information::invert() {
  for (const Block& block : blocks_) {
    auto m = matrix(block);
    // An item hardly anybody answered must not divide by nothing.
    const double ridge = 1e-12 * m.trace() + 1e-9;
    m.diagonal().array() += ridge;
    m = Eigen::LLT<Eigen::MatrixXd>(m).solve(Eigen::MatrixXd::Identity(block.size, block.size)).eval();
  }
  if (common_ < 0) return;
  solved_border_ = solve_blocks(border_);
  schur_ = std::max(corner_ - border_.dot(solved_border_), 1e-12 * corner_ + 1e-9);
}

Eigen::VectorXd Information::solve_blocks(const Eigen::VectorXd& vector) const {
  Eigen::VectorXd solved = Eigen::VectorXd::Zero(size_);
  for (const Block& block : blocks_)
    solved.segment(block.begin, block.size).noalias() =
        matrix(block) * vector.segment(block.begin, block.size);
  return solved;
}

void Information::expand(Eigen::MatrixXd directions, const Eigen::VectorXd& informations) {
  directions_ = std::move(directions) * informations.cwiseSqrt().cwiseInverse().asDiagonal();
}

Eigen::VectorXd Information::solve(const Eigen::VectorXd& gradient) const {
  Eigen::VectorXd step = solve_blocks(gradient);
  if (common_ >= 0) {
    const double common = (gradient[common_] - solved_border_.dot(gradient)) / schur_;
    step -= common * solved_border_;
    step[common_] = common;
  }
  if (directions_.cols() > 0) step += directions_ * (directions_.transpose() * gradient);
  return step;
}

Eigen::MatrixXd Information::dense() const {
  Eigen::MatrixXd all = Eigen::MatrixXd::Zero(size_, size_);
  for (const Block& block : blocks_)
    all.block(block.begin, block.begin, block.size, block.size) = matrix(block);
  if (common_ < 0) return all;
  all.row(common_) = border_.transpose();
  all.col(common_) = border_;
  all(common_, common_) = corner_;
  return all;
}

Eigen::MatrixXd Information::quadratic(const Eigen::MatrixXd& directions) const {
  Eigen::MatrixXd times = Eigen::MatrixXd::Zero(size_, directions.cols());
  for (const Block& block : blocks_)
    times.middleRows(block.begin, block.size) =
        matrix(block) * directions.middleRows(block.begin, block.size);
  if (common_ >= 0) {
    times += border_ * directions.row(common_);
    times.row(common_) = border_.transpose() * directions + corner_ * directions.row(common_);
  }
  return directions.transpose() * times;
}

Eigen::VectorXd Information::along_common_slope() const {
  Eigen::VectorXd direction = Eigen::VectorXd::Zero(size_);
  for (const Block& block : blocks_)
    direction.segment(block.begin, block.size) =
        -Eigen::LDLT<Eigen::MatrixXd>(matrix(block)).solve(border_.segment(block.begin, block.size));
  direction[common_] = 1.0;
  return direction;
}

double Information::inverse_at(int one, int other) const {
  if (one == common_ && other == common_) return 1.0 / schur_;
  if (one == common_ || other == common_) return -solved_border_[one == common_ ? other : one] / schur_;
  const double through_common = common_ < 0 ? 0.0 : solved_border_[one] * solved_border_[other] / schur_;
  const int block_number = block_at_[static_cast<std::size_t>(one)];
  if (block_number != block_at_[static_cast<std::size_t>(other)]) return through_common;
  const Block& block = blocks_[static_cast<std::size_t>(block_number)];
  return through_common + matrix(block)(one - block.begin, other - block.begin);
}

Eigen::MatrixXd Information::inverse_of(const std::vector<int>& places) const {
  const auto size = static_cast<Eigen::Index>(places.size());
  Eigen::MatrixXd inverse(size, size);
  for (Eigen::Index one = 0; one < size; ++one)
    for (Eigen::Index other = 0; other < size; ++other)
      inverse(one, other) =
          inverse_at(places[static_cast<std::size_t>(one)], places[static_cast<std::size_t>(other)]);
  return inverse;
}

}  // namespace trede::calibration
