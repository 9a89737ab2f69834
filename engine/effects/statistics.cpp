#include "engine/effects/statistics.hpp"

#include <Eigen/SparseCholesky>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>

namespace trede::effects {
namespace {

using Cell = EffectStatistics::Cell;
using SparseMatrix = Eigen::SparseMatrix<double>;

bool before(const Cell& one, const Cell& other) {
  return std::pair(one.row, one.column) < std::pair(other.row, other.column);
}

double& cell_at(std::vector<Cell>& cells, int one, int other) {
  const Cell wanted{std::min(one, other), std::max(one, other), 0.0};
  auto place = std::lower_bound(cells.begin(), cells.end(), wanted, before);
  if (place == cells.end() || before(wanted, *place)) place = cells.insert(place, wanted);
  return place->value;
}

// The places of a list of effects in the order of these.
std::vector<int> by_effect(const std::vector<int>& effects) {
  std::vector<int> places(effects.size());
  std::iota(places.begin(), places.end(), 0);
  std::sort(places.begin(), places.end(), [&](int one, int other) { return effects[one] < effects[other]; });
  return places;
}

void make_room(std::vector<double>& score, std::size_t effects) {
  if (score.size() < effects) score.resize(effects, 0.0);
}

SparseMatrix symmetric(const std::vector<Cell>& cells, int size) {
  std::vector<Eigen::Triplet<double>> entries;
  for (const Cell& cell : cells) {
    entries.emplace_back(cell.row, cell.column, cell.value);
    if (cell.row != cell.column) entries.emplace_back(cell.column, cell.row, cell.value);
  }
  SparseMatrix matrix(size, size);
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

// γ = m + R u with u ~ N(M⁻¹ R'(b − Λm), M⁻¹).
struct Solved {
  Prior prior;
  Eigen::SimplicialLLT<SparseMatrix> factor;  // of M
  Eigen::VectorXd mean;                       // E u

  // L⁻¹ P r: its squared length is the variance of r'u.
  Eigen::VectorXd root_of(const Eigen::VectorXd& row) const {
    return factor.matrixL().solve(factor.permutationP() * row);
  }
};

void solve(Solved& solved, const Catalogue& catalogue, const EffectStatistics& statistics) {
  solved.prior = prior(catalogue);
  const auto& [mean, root] = solved.prior;
  const int effects = static_cast<int>(mean.size());
  assert(static_cast<int>(statistics.score.size()) <= effects);
  Eigen::VectorXd score = Eigen::VectorXd::Zero(effects);
  std::copy(statistics.score.begin(), statistics.score.end(), score.data());
  const SparseMatrix information = symmetric(statistics.information, effects);
  SparseMatrix inner = root.transpose() * information * root;
  for (int i = 0; i < inner.rows(); ++i) inner.coeffRef(i, i) += 1.0;
  solved.factor.compute(inner);
  solved.mean = solved.factor.solve(root.transpose() * (score - information * mean));
}

}  // namespace

void add(EffectStatistics& statistics, const Evidence& evidence) {
  if (evidence.effects.empty()) return;
  const double information = std::max(evidence.information, 0.0);
  const double target = evidence.step + information * evidence.applied;
  const std::vector<int> sorted = by_effect(evidence.effects);
  make_room(statistics.score, static_cast<std::size_t>(evidence.effects[sorted.back()]) + 1);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const int row = evidence.effects[sorted[i]];
    const double slope = evidence.slopes[sorted[i]];
    statistics.score[row] += target * slope;
    auto place = std::lower_bound(statistics.information.begin(), statistics.information.end(),
                                  Cell{row, row, 0.0}, before);
    for (std::size_t j = i; j < sorted.size(); ++j) {
      const Cell wanted{row, evidence.effects[sorted[j]], information * slope * evidence.slopes[sorted[j]]};
      if (place != statistics.information.end() && before(*place, wanted)) ++place;  // mostly the next one
      if (place != statistics.information.end() && before(*place, wanted))
        place = std::lower_bound(place, statistics.information.end(), wanted, before);
      if (place == statistics.information.end() || before(wanted, *place))
        place = statistics.information.insert(place, wanted);
      else
        place->value += wanted.value;
    }
  }
  statistics.answers += 1.0;
}

void add(EffectStatistics& statistics, const EffectStatistics& more) {
  make_room(statistics.score, more.score.size());
  for (std::size_t effect = 0; effect < more.score.size(); ++effect)
    statistics.score[effect] += more.score[effect];
  for (const Cell& cell : more.information)
    cell_at(statistics.information, cell.row, cell.column) += cell.value;
  statistics.answers += more.answers;
}

Effects estimate(const Catalogue& catalogue, const EffectStatistics& statistics) {
  Solved solved;
  solve(solved, catalogue, statistics);
  const Eigen::VectorXd& mean = solved.prior.mean;
  const Eigen::SparseMatrix<double>& root = solved.prior.root;
  const auto root_of_covariance_of = [&](int effect) {
    return solved.root_of(Eigen::VectorXd(root.row(effect).transpose()));
  };
  const int effects = static_cast<int>(mean.size());
  Effects result{Eigen::VectorXd(effects), Eigen::VectorXd(effects), {}};
  result.value = mean + root * solved.mean;
  for (int effect = 0; effect < effects; ++effect) {
    const auto [least, most] = believable(effect);
    result.value[effect] = std::clamp(result.value[effect], least, most);
    result.sd[effect] = root_of_covariance_of(effect).norm();
  }
  Eigen::MatrixXd practice(root.cols(), bands.size());
  for (int band = 0; band < practice.cols(); ++band) practice.col(band) = root_of_covariance_of(band);
  result.practice_covariance = practice.transpose() * practice;
  return result;
}

std::array<Guess, 2> common_to_videos(const Catalogue& catalogue, const EffectStatistics& statistics) {
  Solved solved;
  solve(solved, catalogue, statistics);
  std::array<Guess, 2> common = {video_guess_novice, video_guess_other};
  for (int side = 0; side < 2; ++side) {
    const double scale = std::sqrt(shared_by_all_videos) * common[side].sd;
    const Eigen::VectorXd row = scale * Eigen::VectorXd::Unit(solved.mean.size(), side);
    common[side] = {common[side].mean + row.dot(solved.mean), solved.root_of(row).norm()};
  }
  return common;
}

EffectStatistics rebase(const EffectStatistics& statistics, const std::vector<int>& to_effect,
                        const Effects& effects) {
  EffectStatistics moved;
  moved.answers = statistics.answers;
  const auto credit = [&](int effect, double amount) {
    if (to_effect[effect] < 0) return;
    make_room(moved.score, static_cast<std::size_t>(to_effect[effect]) + 1);
    moved.score[to_effect[effect]] += amount;
  };
  for (std::size_t effect = 0; effect < statistics.score.size(); ++effect)
    credit(static_cast<int>(effect), statistics.score[effect]);
  for (const auto& [row, column, value] : statistics.information) {
    if (to_effect[row] >= 0 && to_effect[column] >= 0)
      cell_at(moved.information, to_effect[row], to_effect[column]) += value;
    else if (row != column) {
      if (to_effect[column] < 0) credit(row, -value * effects.value[column]);
      if (to_effect[row] < 0) credit(column, -value * effects.value[row]);
    }
  }
  return moved;
}

}  // namespace trede::effects
