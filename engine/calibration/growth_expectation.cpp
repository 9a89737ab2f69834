#include "engine/calibration/growth_expectation.hpp"

#include <algorithm>
#include <cmath>

#include "engine/irt/dichotomous.hpp"
#include "engine/irt/quadrature.hpp"
#include "engine/parallel/parallel_for.hpp"

namespace trede::calibration {
namespace {

constexpr int shares = 16;

// s = ∂ ln P / ∂z and w = the Fisher information about z, right to the last digits at both ends.
struct Slope {
  double score, information;
};

Slope slope_at(double z, double guessing, bool right) {
  const double p = irt::logistic(z);
  const double failure = irt::logistic(-z);
  if (guessing == 0.0) return {right ? failure : -p, p * failure};
  const double chance = guessing + (1.0 - guessing) * p;
  const double score = right ? (1.0 - guessing) * p * failure / chance : -p;
  return {score, (1.0 - guessing) * p * p * failure / chance};
}

// With z = a (η − b): ∂ ln P / ∂(ln a, b) = s (z, −a).
void add_answer(ItemSum& sum, const FilterItem& item, SmoothedAbility ability, bool right) {
  const double mean = item.slope * (ability.mean - item.difficulty);
  const double sd = item.slope * std::sqrt(std::max(ability.variance, 1e-12));
  double weights = 0.0;
  Eigen::Vector2d gradient = Eigen::Vector2d::Zero();
  Eigen::Matrix2d information = Eigen::Matrix2d::Zero();
  Eigen::Matrix2d squares = Eigen::Matrix2d::Zero();
  irt::for_each_node(sd, [&](double x, double weight) {
    const double z = mean + sd * x;
    const Slope slope = slope_at(z, item.guessing, right);
    const Eigen::Vector2d direction(z, -item.slope);
    const Eigen::Matrix2d square = direction * direction.transpose();
    weights += weight;
    gradient += weight * slope.score * direction;
    information += weight * slope.information * square;
    squares += weight * slope.score * slope.score * square;
  });
  gradient /= weights;
  sum.gradient += gradient;
  sum.information += information / weights;
  sum.hidden += squares / weights - gradient * gradient.transpose();
  ++sum.answers;
}

Eigen::VectorXd packed(const GrowthScore& score, const GrowthPoint& point, int group) {
  Eigen::VectorXd result = Eigen::VectorXd::Zero(4 + 2 * static_cast<Eigen::Index>(point.groups.size()));
  result[PerDay] = score[PerDay];
  result[PerAnswer] = score[PerAnswer];
  result[DiffusionPerDay] = point.growth.diffusion_per_day * score[DiffusionPerDay];
  result[DiffusionPerAnswer] = point.growth.diffusion_per_answer * score[DiffusionPerAnswer];
  result[4 + 2 * group] = score[GroupMean];
  result[5 + 2 * group] = point.groups[static_cast<std::size_t>(group)].sd * score[GroupSd];
  return result;
}

GrowthExpectation nothing(const GrowthPoint& point) {
  const auto size = 4 + 2 * static_cast<Eigen::Index>(point.groups.size());
  return {std::vector<ItemSum>(point.items.size()), Eigen::VectorXd::Zero(size),
          Eigen::MatrixXd::Zero(size, size), 0.0};
}

void add_person(GrowthExpectation& sum, GrowthSmoother& smoother, const GrowthProblem& problem,
                const GrowthPoint& point, std::span<const FilterItem> items, int person) {
  const int group = problem.people.group(person);
  sum.log_likelihood +=
      smoother.filter(person, items, point.growth, point.groups[static_cast<std::size_t>(group)]);
  smoother.smooth();
  const auto answers = problem.people.of(person);
  for (std::size_t t = 0; t < answers.size(); ++t) {
    const auto j = static_cast<std::size_t>(answers[t].item);
    add_answer(sum.items[j], items[j], smoother.abilities()[t], answers[t].right);
  }
  const Eigen::VectorXd score = packed(smoother.score(), point, group);
  sum.score += score;
  sum.information.noalias() += score * score.transpose();
}

void add(GrowthExpectation& sum, const GrowthExpectation& part) {
  for (std::size_t j = 0; j < sum.items.size(); ++j) sum.items[j] += part.items[j];
  sum.score += part.score;
  sum.information += part.information;
  sum.log_likelihood += part.log_likelihood;
}

}  // namespace

ItemSum& ItemSum::operator+=(const ItemSum& other) {
  gradient += other.gradient;
  information += other.information;
  hidden += other.hidden;
  answers += other.answers;
  return *this;
}

// With ∂s/∂z = −w in expectation:  a (E s − E w z,  a E w).
Eigen::Vector2d score_slope(const FilterItem& item, SmoothedAbility ability, bool right) {
  const double mean = item.slope * (ability.mean - item.difficulty);
  const double sd = item.slope * std::sqrt(std::max(ability.variance, 1e-12));
  double weights = 0.0;
  Eigen::Vector2d sum = Eigen::Vector2d::Zero();
  irt::for_each_node(sd, [&](double x, double weight) {
    const double z = mean + sd * x;
    const Slope slope = slope_at(z, item.guessing, right);
    weights += weight;
    sum += weight * Eigen::Vector2d(slope.score - slope.information * z, item.slope * slope.information);
  });
  return (item.slope / weights) * sum;
}

std::vector<FilterItem> filter_items(const GrowthProblem& problem, const GrowthPoint& point) {
  std::vector<FilterItem> items;
  items.reserve(point.items.size());
  for (std::size_t j = 0; j < point.items.size(); ++j)
    items.push_back({std::exp(point.items[j][0]), point.items[j][1], problem.items[j].prior.guessing});
  return items;
}

GrowthExpectation expect(const GrowthProblem& problem, const GrowthPoint& point, int workers) {
  const std::vector<FilterItem> items = filter_items(problem, point);
  const int people = problem.people.people();
  std::vector<GrowthExpectation> parts(shares, nothing(point));
  parallel_for(shares, workers, [&](int share) {
    GrowthSmoother smoother{problem};
    const auto begin = [&](int k) {
      return static_cast<int>(static_cast<std::int64_t>(people) * k / shares);
    };
    for (int person = begin(share); person < begin(share + 1); ++person)
      add_person(parts[static_cast<std::size_t>(share)], smoother, problem, point, items, person);
  });
  for (int share = 1; share < shares; ++share) add(parts[0], parts[static_cast<std::size_t>(share)]);
  return std::move(parts[0]);
}

}  // namespace trede::calibration
