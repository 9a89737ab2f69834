#include "engine/insight/groups.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cassert>
#include <numeric>

#include "engine/insight/group_search.hpp"
#include "engine/random.hpp"

namespace trede::insight {

namespace {

constexpr int starts = 12;
constexpr int draws = 30;
constexpr int starts_per_draw = 3;
constexpr double unsure = 0.5;
constexpr double about_as_likely = 0.5;

Eigen::MatrixXd weighted(const Eigen::MatrixXd& points, const Eigen::VectorXd& weights) {
  if (weights.size() == 0) return points;
  return points * weights.cwiseSqrt().asDiagonal();
}

// R with R R' = Σ, for every positive semidefinite Σ.
Eigen::MatrixXd root_of(const Eigen::MatrixXd& covariance) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(covariance);
  return solver.eigenvectors() * solver.eigenvalues().cwiseMax(0.0).cwiseSqrt().asDiagonal();
}

class Draws {
 public:
  explicit Draws(const GroupFeatures& features) : means_(features.means) {
    for (const Eigen::MatrixXd& covariance : features.covariances) roots_.push_back(root_of(covariance));
  }
  Eigen::MatrixXd draw(Random& random) const {
    Eigen::MatrixXd points = means_;
    for (std::size_t pupil = 0; pupil < roots_.size(); ++pupil) {
      Eigen::VectorXd noise(means_.cols());
      for (double& entry : noise) entry = random.normal();
      points.row(static_cast<Eigen::Index>(pupil)) += (roots_[pupil] * noise).transpose();
    }
    return points;
  }

 private:
  const Eigen::MatrixXd& means_;
  std::vector<Eigen::MatrixXd> roots_;
};

void add_pairs(Eigen::MatrixXd& together, const std::vector<int>& group_of, double share) {
  const Eigen::Map<const Eigen::VectorXi> groups(group_of.data(), static_cast<Eigen::Index>(group_of.size()));
  for (Eigen::Index pupil = 0; pupil < groups.size(); ++pupil)
    together.col(pupil) += share * (groups.array() == groups[pupil]).cast<double>().matrix();
}

Eigen::MatrixXd co_assignment(const GroupFeatures& features, const GroupWishes& wishes,
                              const std::vector<int>& group_of, Random& random) {
  Eigen::MatrixXd together = Eigen::MatrixXd::Zero(features.means.rows(), features.means.rows());
  if (features.covariances.empty()) {
    add_pairs(together, group_of, 1.0);
    return together;
  }
  const Draws source(features);
  for (int n = 0; n < draws; ++n) {
    const Eigen::MatrixXd points = weighted(source.draw(random), features.weights);
    add_pairs(together, best_partition(points, wishes, starts_per_draw, random).group_of, 1.0 / draws);
  }
  return together;
}

// Group numbers in order of the groups' mean over all features; empty groups last.
std::vector<int> ordered(const std::vector<int>& group_of, const Eigen::VectorXd& levels, int groups) {
  std::vector<double> sum(static_cast<std::size_t>(groups), 0.0);
  std::vector<int> size(static_cast<std::size_t>(groups), 0);
  for (std::size_t pupil = 0; pupil < group_of.size(); ++pupil) {
    sum[static_cast<std::size_t>(group_of[pupil])] += levels[static_cast<Eigen::Index>(pupil)];
    ++size[static_cast<std::size_t>(group_of[pupil])];
  }
  std::vector<int> order(static_cast<std::size_t>(groups));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    const auto i = static_cast<std::size_t>(a);
    const auto j = static_cast<std::size_t>(b);
    if (size[i] == 0 || size[j] == 0) return size[i] > size[j];
    return sum[i] / size[i] < sum[j] / size[j];
  });
  std::vector<int> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    place[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
  std::vector<int> result;
  for (const int group : group_of) result.push_back(place[static_cast<std::size_t>(group)]);
  return result;
}

// Mean co-assignment of a pupil with the others of a group; −1 when there are none.
double likeness(const Grouping& grouping, std::size_t pupil, int group) {
  double sum = 0.0;
  int others = 0;
  for (std::size_t other = 0; other < grouping.group_of.size(); ++other) {
    if (other == pupil || grouping.group_of[other] != group) continue;
    sum += grouping.co_assignment(static_cast<Eigen::Index>(pupil), static_cast<Eigen::Index>(other));
    ++others;
  }
  return others > 0 ? sum / others : -1.0;
}

void judge_certainty(Grouping& grouping, int groups) {
  for (std::size_t pupil = 0; pupil < grouping.group_of.size(); ++pupil) {
    const double own = likeness(grouping, pupil, grouping.group_of[pupil]);
    grouping.certainty.push_back(own < 0.0 ? 1.0 : own);
    int other = -1;
    double best = std::max(own, 0.0) * about_as_likely;
    for (int group = 0; group < groups; ++group) {
      if (group == grouping.group_of[pupil]) continue;
      const double there = likeness(grouping, pupil, group);
      if (there < best || there <= 0.0) continue;
      best = there;
      other = group;
    }
    grouping.either.push_back(grouping.certainty.back() < unsure ? other : -1);
  }
}

}  // namespace

GroupFeatures ability_features(const std::vector<const tracking::Posterior*>& pupils,
                               const std::vector<int>& topics) {
  const auto features = static_cast<Eigen::Index>(topics.size());
  GroupFeatures result{.means = Eigen::MatrixXd(static_cast<Eigen::Index>(pupils.size()), features),
                       .covariances = {},
                       .weights = Eigen::VectorXd::Ones(features)};
  for (std::size_t pupil = 0; pupil < pupils.size(); ++pupil) {
    Eigen::MatrixXd covariance(features, features);
    for (Eigen::Index i = 0; i < features; ++i) {
      const int topic = topics[static_cast<std::size_t>(i)];
      result.means(static_cast<Eigen::Index>(pupil), i) = pupils[pupil]->mean(topic);
      for (Eigen::Index j = 0; j < features; ++j)
        covariance(i, j) = pupils[pupil]->covariance(topic, topics[static_cast<std::size_t>(j)]);
    }
    result.covariances.push_back(covariance);
  }
  return result;
}

Grouping group_pupils(const GroupFeatures& features, const GroupWishes& wishes, std::uint64_t seed) {
  assert(wishes.groups >= 1 && wishes.smallest >= 0 && wishes.smallest <= wishes.largest);
  assert(features.covariances.empty() ||
         static_cast<Eigen::Index>(features.covariances.size()) == features.means.rows());
  Grouping grouping;
  if (features.means.rows() == 0) return grouping;
  Random random(seed);
  const Eigen::MatrixXd points = weighted(features.means, features.weights);
  const Partition best = best_partition(points, wishes, starts, random);
  grouping.group_of = ordered(best.group_of, points.rowwise().sum(), wishes.groups);
  grouping.spread = best.spread;
  grouping.broken_wishes = best.broken_wishes;
  grouping.co_assignment = co_assignment(features, wishes, grouping.group_of, random);
  judge_certainty(grouping, wishes.groups);
  return grouping;
}

}  // namespace trede::insight
