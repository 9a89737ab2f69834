#include "engine/calibration/growth_prior.hpp"

#include <Eigen/LU>
#include <cmath>

namespace trede::calibration {
namespace {

constexpr double trend_sd = 3.0;  // logits a standard deviation of days or places

// Mean 0 and sd 1; all zero where they do not differ.
void standardise(Eigen::ArrayXd& values) {
  values -= values.mean();
  const double sd = std::sqrt(values.square().mean());
  values = sd > 1e-9 ? Eigen::ArrayXd(values / sd) : Eigen::ArrayXd::Zero(values.size());
}

}  // namespace

GrowthPrior::GrowthPrior(const GrowthProblem& problem) {
  for (const GrowingItem& item : problem.items) {
    means_.emplace_back(item.prior.log_slope, item.prior.difficulty);
    precisions_.push_back(item.anchor ? Eigen::Matrix2d::Zero()
                                      : Eigen::Matrix2d(item.prior.covariance.inverse()));
  }
  places_.assign(problem.items.size(), Place::Zero());
  if (problem.trend) find_places(problem);
}

void GrowthPrior::find_places(const GrowthProblem& problem) {
  const auto items = static_cast<Eigen::Index>(problem.items.size());
  Eigen::ArrayXd answers = Eigen::ArrayXd::Zero(items), days = answers, numbers = answers;
  for (int person = 0; person < problem.people.people(); ++person) {
    const auto row = problem.people.of(person);
    for (std::size_t i = 0; i < row.size(); ++i) {
      answers[row[i].item] += 1.0;
      days[row[i].item] += row[i].days;
      numbers[row[i].item] += static_cast<double>(i);
    }
  }
  std::vector<Eigen::Index> met;
  for (Eigen::Index j = 0; j < items; ++j)
    if (answers[j] > 0.0 && !problem.items[static_cast<std::size_t>(j)].anchor) met.push_back(j);
  Eigen::ArrayXd day = days(met) / answers(met), number = numbers(met) / answers(met);
  standardise(day);
  standardise(number);
  Eigen::Matrix3d precision = Eigen::Matrix3d::Identity() / (trend_sd * trend_sd);
  for (std::size_t i = 0; i < met.size(); ++i) {
    const auto j = static_cast<std::size_t>(met[i]);
    const auto at = static_cast<Eigen::Index>(i);
    places_[j] = {1.0, day[at], number[at]};
    precision += precisions_[j](1, 1) * places_[j] * places_[j].transpose();
  }
  spread_ = precision.inverse();
}

GrowthPrior::At GrowthPrior::at(const std::vector<Eigen::Vector2d>& items) const {
  At result;
  Place pull = Place::Zero();
  for (std::size_t j = 0; j < items.size(); ++j) {
    result.gradients.emplace_back(-precisions_[j] * (items[j] - means_[j]));
    pull -= places_[j] * result.gradients[j][1];
  }
  const Place trend = spread_ * pull;
  for (std::size_t j = 0; j < items.size(); ++j) {
    result.gradients[j] += precisions_[j].col(1) * places_[j].dot(trend);
    result.log_density += 0.5 * result.gradients[j].dot(items[j] - means_[j]);
  }
  return result;
}

Eigen::Matrix2d GrowthPrior::taken_off(std::size_t one, std::size_t other) const {
  return places_[one].dot(spread_ * places_[other]) *
         (precisions_[one].col(1) * precisions_[other].col(1).transpose());
}

}  // namespace trede::calibration
