#include "engine/calibration/residuals_q3.hpp"

#include <algorithm>
#include <cmath>

#include "engine/calibration/fit_prediction.hpp"

namespace trede::calibration {

namespace {

struct PairSums {
  double n = 0.0;
  double x = 0.0;
  double y = 0.0;
  double xx = 0.0;
  double yy = 0.0;
  double xy = 0.0;

  void add(double first, double second, double weight) {
    n += weight;
    x += weight * first;
    y += weight * second;
    xx += weight * first * first;
    yy += weight * second * second;
    xy += weight * first * second;
  }
  double correlation() const {
    const double spread = (xx - x * x / n) * (yy - y * y / n);
    return spread > 0.0 ? (xy - x * y / n) / std::sqrt(spread) : 0.0;
  }
};

// The sums of pair (first < second) in the upper triangle, row by row.
class Triangle {
 public:
  explicit Triangle(int items) : items_(static_cast<std::size_t>(items)), sums_(items_ * (items_ - 1) / 2) {}
  PairSums& of(int first, int second) {
    const auto i = static_cast<std::size_t>(first);
    return sums_[i * (2 * items_ - i - 1) / 2 + static_cast<std::size_t>(second) - i - 1];
  }

 private:
  std::size_t items_;
  std::vector<PairSums> sums_;
};

struct Residual {
  int item;
  double value;
};

std::vector<Residual> residuals_of(const ResponseTable& table, int person, const Curves& curves) {
  const Eigen::ArrayXd belief = posterior_of(table, person, curves);
  std::vector<Residual> residuals;
  for (const Response& response : table.of(person)) {
    const ItemCurves& item = curves.items[static_cast<std::size_t>(response.item)];
    double expected = 0.0;
    for (Eigen::Index k = 1; k < item.probability.cols(); ++k)
      expected += static_cast<double>(k) * (belief * item.probability.col(k)).sum();
    residuals.push_back({response.item, response.category - expected});
  }
  return residuals;
}

int stride_of(const ResponseTable& table) {
  double common = 0.0;
  for (int person = 0; person < table.people(); ++person) {
    const auto answers = static_cast<double>(table.of(person).size());
    common += 0.5 * answers * (answers - 1.0);
  }
  return std::max(1, static_cast<int>(std::ceil(common / most_common_answers)));
}

Dependence summary(Triangle& sums, int items) {
  std::vector<DependentPair> compared;
  Dependence dependence;
  for (int i = 0; i < items; ++i) {
    for (int j = i + 1; j < items; ++j) {
      const PairSums& pair = sums.of(i, j);
      if (pair.n < least_common_answers) continue;
      compared.push_back({i, j, pair.correlation(), pair.n});
      dependence.mean += compared.back().q3;
    }
  }
  dependence.compared = static_cast<int>(compared.size());
  dependence.mean /= std::max(1, dependence.compared);
  for (const DependentPair& pair : compared) {
    const double excess = std::max(dependence_excess, dependence_errors / std::sqrt(pair.common));
    if (pair.q3 > dependence.mean + excess) dependence.pairs.push_back(pair);
  }
  std::stable_sort(dependence.pairs.begin(), dependence.pairs.end(),
                   [](const DependentPair& a, const DependentPair& b) { return a.q3 > b.q3; });
  return dependence;
}

}  // namespace

std::optional<Dependence> dependence_of(const ResponseTable& table, const Curves& curves) {
  if (table.items() < 2 || table.items() > most_paired_items) return std::nullopt;
  Triangle sums(table.items());
  const int stride = stride_of(table);
  for (int person = 0; person < table.people(); person += stride) {
    const std::vector<Residual> residuals = residuals_of(table, person, curves);
    for (std::size_t a = 0; a < residuals.size(); ++a) {
      for (std::size_t b = a + 1; b < residuals.size(); ++b) {
        const bool ordered = residuals[a].item < residuals[b].item;
        const Residual& first = ordered ? residuals[a] : residuals[b];
        const Residual& second = ordered ? residuals[b] : residuals[a];
        // The same item twice is no pair.
        if (first.item != second.item)
          sums.of(first.item, second.item).add(first.value, second.value, table.weight(person));
      }
    }
  }
  Dependence dependence = summary(sums, table.items());
  if (dependence.compared == 0) return std::nullopt;
  dependence.people = (table.people() + stride - 1) / stride;
  return dependence;
}

}  // namespace trede::calibration
