#include "engine/insight/group_search.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace trede::insight {

namespace {

constexpr int most_passes = 100;
constexpr double least_improvement = 1e-9;

// The pupils kept together, in order of their first.
std::vector<std::vector<int>> units_of(int pupils, const GroupWishes& wishes) {
  std::vector<int> root(static_cast<std::size_t>(pupils));
  std::iota(root.begin(), root.end(), 0);
  for (const auto& [first, second] : wishes.together) {
    const int from = root[static_cast<std::size_t>(second)];
    const int to = root[static_cast<std::size_t>(first)];
    std::replace(root.begin(), root.end(), std::max(from, to), std::min(from, to));
  }
  std::vector<std::vector<int>> units;
  for (int pupil = 0; pupil < pupils; ++pupil) {
    const int own = root[static_cast<std::size_t>(pupil)];
    if (own == pupil) units.emplace_back();
    const auto unit = std::find_if(units.begin(), units.end(), [&](const std::vector<int>& members) {
      return members.empty() || root[static_cast<std::size_t>(members.front())] == own;
    });
    unit->push_back(pupil);
  }
  return units;
}

class Search {
 public:
  Search(const Eigen::MatrixXd& points, const GroupWishes& wishes)
      : points_(points), wishes_(wishes), members_(units_of(static_cast<int>(points.rows()), wishes)) {
    const auto units = static_cast<Eigen::Index>(members_.size());
    sums_ = Eigen::MatrixXd::Zero(points.cols(), units);
    sizes_ = Eigen::VectorXi::Zero(units);
    std::vector<int> unit_of(static_cast<std::size_t>(points.rows()));
    for (Eigen::Index unit = 0; unit < units; ++unit) {
      for (const int pupil : members_[static_cast<std::size_t>(unit)]) {
        sums_.col(unit) += points.row(pupil).transpose();
        ++sizes_[unit];
        unit_of[static_cast<std::size_t>(pupil)] = static_cast<int>(unit);
      }
    }
    apart_.resize(members_.size());
    for (const auto& [first, second] : wishes.apart) {
      const int one = unit_of[static_cast<std::size_t>(first)];
      const int other = unit_of[static_cast<std::size_t>(second)];
      apart_[static_cast<std::size_t>(one)].push_back(other);
      apart_[static_cast<std::size_t>(other)].push_back(one);
    }
    // Breaking a wish costs more than any spread can.
    penalty_ = 1.0 + 2.0 * (points.rowwise() - points.colwise().mean()).squaredNorm();
  }

  Partition from_random_start(Random& random) {
    deal(random);
    for (int pass = 0; pass < most_passes && (move_units() | swap_units()); ++pass) {
    }
    return partition();
  }

 private:
  int units() const { return static_cast<int>(members_.size()); }
  int group(int unit) const { return group_of_[static_cast<std::size_t>(unit)]; }

  // Units in random order, each to the group with the fewest pupils.
  void deal(Random& random) {
    std::vector<int> order(members_.size());
    std::iota(order.begin(), order.end(), 0);
    for (int i = units() - 1; i > 0; --i)
      std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(random.below(i + 1))]);
    group_of_.assign(members_.size(), -1);
    group_sums_ = Eigen::MatrixXd::Zero(sums_.rows(), wishes_.groups);
    group_sizes_ = Eigen::VectorXi::Zero(wishes_.groups);
    for (const int unit : order) {
      Eigen::Index smallest = 0;
      group_sizes_.minCoeff(&smallest);
      put(unit, static_cast<int>(smallest));
    }
  }

  void put(int unit, int group) {
    group_of_[static_cast<std::size_t>(unit)] = group;
    group_sums_.col(group) += sums_.col(unit);
    group_sizes_[group] += sizes_[unit];
  }
  void take(int unit) {
    group_sums_.col(group(unit)) -= sums_.col(unit);
    group_sizes_[group(unit)] -= sizes_[unit];
    group_of_[static_cast<std::size_t>(unit)] = -1;
  }

  int wrong_size(int group) const {
    const int size = group_sizes_[group];
    return std::max({0, wishes_.smallest - size, size - wishes_.largest});
  }
  // The spread is Σ |x|² − Σ_g |S_g|² / n_g: only the second part differs between groupings.
  double cost(int group) const {
    const int size = group_sizes_[group];
    return penalty_ * wrong_size(group) - (size > 0 ? group_sums_.col(group).squaredNorm() / size : 0.0);
  }
  double conflicts(int unit) const {
    const auto& others = apart_[static_cast<std::size_t>(unit)];
    return penalty_ * static_cast<double>(std::count_if(others.begin(), others.end(), [&](int other) {
             return group(other) == group(unit);
           }));
  }

  bool move_units() {
    bool improved = false;
    for (int unit = 0; unit < units(); ++unit)
      for (int to = 0; to < wishes_.groups; ++to)
        if (to != group(unit)) improved |= try_move(unit, to);
    return improved;
  }
  bool try_move(int unit, int to) {
    const int from = group(unit);
    const double before = cost(from) + cost(to) + conflicts(unit);
    take(unit);
    put(unit, to);
    if (cost(from) + cost(to) + conflicts(unit) < before - least_improvement) return true;
    take(unit);
    put(unit, from);
    return false;
  }

  bool swap_units() {
    bool improved = false;
    for (int first = 0; first < units(); ++first)
      for (int second = first + 1; second < units(); ++second)
        if (group(first) != group(second)) improved |= try_swap(first, second);
    return improved;
  }
  bool try_swap(int first, int second) {
    const int one = group(first);
    const int other = group(second);
    const auto both = [&] { return cost(one) + cost(other) + conflicts(first) + conflicts(second); };
    const double before = both();
    exchange(first, other, second, one);
    if (both() < before - least_improvement) return true;
    exchange(first, one, second, other);
    return false;
  }
  void exchange(int first, int group_of_first, int second, int group_of_second) {
    take(first);
    take(second);
    put(first, group_of_first);
    put(second, group_of_second);
  }

  Partition partition() const {
    Partition result{std::vector<int>(static_cast<std::size_t>(points_.rows())), points_.squaredNorm(), 0};
    for (int unit = 0; unit < units(); ++unit)
      for (const int pupil : members_[static_cast<std::size_t>(unit)])
        result.group_of[static_cast<std::size_t>(pupil)] = group(unit);
    for (int g = 0; g < wishes_.groups; ++g) {
      result.spread += cost(g) - penalty_ * wrong_size(g);
      result.broken_wishes += wrong_size(g);
    }
    for (const auto& [first, second] : wishes_.apart) {
      const bool broken = result.group_of[static_cast<std::size_t>(first)] ==
                          result.group_of[static_cast<std::size_t>(second)];
      result.broken_wishes += broken ? 1 : 0;
    }
    return result;
  }

  const Eigen::MatrixXd& points_;
  const GroupWishes& wishes_;
  std::vector<std::vector<int>> members_;  // of each unit
  Eigen::MatrixXd sums_;                   // features × units
  Eigen::VectorXi sizes_;
  std::vector<std::vector<int>> apart_;  // units that must not be with this one
  double penalty_ = 0.0;

  std::vector<int> group_of_;  // of each unit
  Eigen::MatrixXd group_sums_;
  Eigen::VectorXi group_sizes_;
};

}  // namespace

Partition best_partition(const Eigen::MatrixXd& points, const GroupWishes& wishes, int starts,
                         Random& random) {
  Search search(points, wishes);
  Partition best;
  for (int start = 0; start < starts; ++start) {
    Partition found = search.from_random_start(random);
    const bool better = found.broken_wishes != best.broken_wishes ? found.broken_wishes < best.broken_wishes
                                                                  : found.spread < best.spread;
    if (start == 0 || better) best = std::move(found);
  }
  return best;
}

}  // namespace trede::insight
