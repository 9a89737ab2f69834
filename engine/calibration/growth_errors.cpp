#include "engine/calibration/growth_errors.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <cmath>

#include "engine/calibration/growth_prior.hpp"

namespace trede::calibration {
namespace {

constexpr int most_answers = 4000;  // of a person whose answers are paired; cost grows with the square

void add_block(Eigen::MatrixXd& matrix, const std::array<int, 2>& rows, const std::array<int, 2>& columns,
               const Eigen::Matrix2d& block) {
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      if (rows[i] >= 0 && columns[j] >= 0) matrix(rows[i], columns[j]) += block(i, j);
}

Eigen::Matrix2d own_information(const GrowthPrior& prior, const GrowthExpectation& seen, std::size_t item) {
  return seen.items[item].observed() + prior.precision(item);
}

void add_own(Eigen::MatrixXd& matrix, const GrowthPrior& prior, const GrowthExpectation& seen,
             const GrowthLayout& layout) {
  for (std::size_t j = 0; j < layout.items.size(); ++j) {
    add_block(matrix, layout.items[j], layout.items[j], own_information(prior, seen, j));
    for (std::size_t k = 0; k < layout.items.size(); ++k)
      add_block(matrix, layout.items[j], layout.items[k], -prior.taken_off(j, k));
  }
}

// Var(score | answers) between the answers of each person, taken off.
void take_pairs(Eigen::MatrixXd& matrix, const GrowthProblem& problem, const GrowthPoint& point,
                const GrowthLayout& layout) {
  const std::vector<FilterItem> items = filter_items(problem, point);
  GrowthSmoother smoother{problem};
  std::vector<double> shared;
  std::vector<Eigen::Vector2d> slopes;
  for (int person = 0; person < problem.people.people(); ++person) {
    const auto answers = problem.people.of(person);
    if (answers.size() > most_answers) continue;
    smoother.filter(person, items, point.growth,
                    point.groups[static_cast<std::size_t>(problem.people.group(person))]);
    smoother.smooth();
    slopes.clear();
    for (std::size_t t = 0; t < answers.size(); ++t) {
      const auto item = static_cast<std::size_t>(answers[t].item);
      slopes.push_back(score_slope(items[item], smoother.abilities()[t], answers[t].right));
      smoother.covariances(static_cast<int>(t), shared);
      for (std::size_t s = 0; s < t; ++s) {
        const auto& rows = layout.items[static_cast<std::size_t>(answers[s].item)];
        const Eigen::Matrix2d block = -shared[s] * slopes[s] * slopes[t].transpose();
        add_block(matrix, rows, layout.items[item], block);
        add_block(matrix, layout.items[item], rows, block.transpose());
      }
    }
  }
}

GrowthPoint moved(GrowthPoint point, std::size_t entry, double step) {
  if (entry == PerDay) point.growth.per_day += step;
  if (entry == PerAnswer) point.growth.per_answer += step;
  if (entry == DiffusionPerDay) point.growth.diffusion_per_day *= std::exp(step);
  if (entry == DiffusionPerAnswer) point.growth.diffusion_per_answer *= std::exp(step);
  if (entry < 4) return point;
  Group& group = point.groups[(entry - 4) / 2];
  if (entry % 2 == 0)
    group.mean += step;
  else
    group.sd *= std::exp(step);
  return point;
}

void add_growth(Eigen::MatrixXd& matrix, const GrowthProblem& problem, const GrowthPoint& point,
                const GrowthLayout& layout, int workers) {
  for (std::size_t k = 0; k < layout.growth.size(); ++k) {
    const int row = layout.growth[k];
    if (row < 0) continue;
    const double step = layout.steps[k];
    matrix(row, row) += layout.precisions[k];
    const GrowthExpectation above = expect(problem, moved(point, k, step), workers);
    const GrowthExpectation below = expect(problem, moved(point, k, -step), workers);
    const Eigen::VectorXd score = (below.score - above.score) / (2.0 * step);
    for (std::size_t j = 0; j < layout.items.size(); ++j)
      for (int i = 0; i < 2; ++i)
        if (const int column = layout.items[j][i]; column >= 0) {
          const double cross = (below.items[j].gradient[i] - above.items[j].gradient[i]) / (2.0 * step);
          matrix(row, column) += cross;
          matrix(column, row) += cross;
        }
    for (std::size_t other = 0; other < layout.growth.size(); ++other)
      if (const int column = layout.growth[other]; column >= 0) {
        matrix(row, column) += 0.5 * score[static_cast<Eigen::Index>(other)];
        matrix(column, row) += 0.5 * score[static_cast<Eigen::Index>(other)];
      }
  }
}

GrowthErrors nothing(const GrowthLayout& layout) {
  return {std::vector<Eigen::Matrix2d>(layout.items.size(), Eigen::Matrix2d::Zero()),
          Eigen::VectorXd::Zero(static_cast<Eigen::Index>(layout.growth.size())), false};
}

GrowthErrors read(const Eigen::MatrixXd& covariance, const GrowthLayout& layout) {
  GrowthErrors errors = nothing(layout);
  errors.joint = true;
  for (std::size_t j = 0; j < layout.items.size(); ++j)
    for (int i = 0; i < 2; ++i)
      for (int k = 0; k < 2; ++k)
        if (layout.items[j][i] >= 0 && layout.items[j][k] >= 0)
          errors.items[j](i, k) = covariance(layout.items[j][i], layout.items[j][k]);
  for (std::size_t k = 0; k < layout.growth.size(); ++k)
    if (const int row = layout.growth[k]; row >= 0)
      errors.growth[static_cast<Eigen::Index>(k)] = covariance(row, row);
  return errors;
}

// Each item by itself; a slope that items share counts as known.
GrowthErrors apart(const GrowthPrior& prior, const GrowthExpectation& seen, const GrowthLayout& layout) {
  GrowthErrors errors = nothing(layout);
  for (std::size_t j = 0; j < layout.items.size(); ++j) {
    if (layout.items[j][1] < 0) continue;
    const Eigen::Matrix2d own = own_information(prior, seen, j);
    if (layout.items[j][0] >= 0 && !layout.common_slope)
      errors.items[j] = own.inverse();
    else
      errors.items[j](1, 1) = 1.0 / own(1, 1);
  }
  for (std::size_t k = 0; k < layout.growth.size(); ++k)
    if (const auto i = static_cast<Eigen::Index>(k); layout.growth[k] >= 0 && seen.information(i, i) > 0.0)
      errors.growth[i] = 1.0 / seen.information(i, i);
  return errors;
}

}  // namespace

GrowthErrors growth_errors(const GrowthProblem& problem, const GrowthPoint& point,
                           const GrowthExpectation& seen, const GrowthLayout& layout, int workers) {
  const GrowthPrior prior(problem);
  if (layout.size > most_joint_unknowns) return apart(prior, seen, layout);
  Eigen::MatrixXd information = Eigen::MatrixXd::Zero(layout.size, layout.size);
  add_own(information, prior, seen, layout);
  take_pairs(information, problem, point, layout);
  add_growth(information, problem, point, layout, workers);
  const Eigen::LLT<Eigen::MatrixXd> root(information);
  if (root.info() != Eigen::Success) return apart(prior, seen, layout);
  return read(root.solve(Eigen::MatrixXd::Identity(layout.size, layout.size)), layout);
}

}  // namespace trede::calibration
