#include "engine/calibration/covariance.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "engine/calibration/missing.hpp"
#include "engine/calibration/oakes.hpp"
#include "engine/parallel/parallel_for.hpp"

namespace trede::calibration {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int most_dense_numbers = 1500;
constexpr int warps = 6;
constexpr double furthest_difficulty = 4.0;

// From the free numbers of an item to its local ones.
MatrixXd spread_out(const ItemPlan& item, const std::vector<int>& places, const MatrixXd& covariance) {
  const auto locals = static_cast<Index>(item.places.size());
  MatrixXd local = MatrixXd::Zero(locals, locals);
  std::vector<Index> at;
  for (const int place : places)
    at.push_back(std::find(item.places.begin(), item.places.end(), place) - item.places.begin());
  for (std::size_t one = 0; one < at.size(); ++one)
    for (std::size_t other = 0; other < at.size(); ++other)
      local(at[one], at[other]) = covariance(static_cast<Index>(one), static_cast<Index>(other));
  return local;
}

std::vector<int> free_places(const ItemPlan& item) {
  std::vector<int> places;
  if (!item.informative) return places;
  for (const int place : item.places)
    if (place >= 0) places.push_back(place);
  return places;
}

// Where θ becomes θ + h(θ) the items follow: h is taken as straight around each item's difficulty. The last
// column, empty here, is for the slope all share in a 1PL.
MatrixXd warp_directions(const Plan& plan, const VectorXd& values) {
  MatrixXd v = MatrixXd::Zero(plan.size(), warps + (plan.common_slope >= 0 ? 1 : 0));
  for (std::size_t j = 0; j < plan.items.size(); ++j) {
    const ItemPlan& item = plan.items[j];
    const Curve curve = plan.curve(static_cast<int>(j), values);
    const int top = curve.categories() - 1;
    const double d = curve.deltas.back() / top;
    const double b = std::abs(d) < furthest_difficulty * std::abs(curve.slope)
                         ? -d / curve.slope
                         : std::copysign(furthest_difficulty, -d * curve.slope);
    for (int degree = 0; degree < warps; ++degree) {
      const double h = std::pow(b, degree);
      const double slope_of_h = degree == 0 ? 0.0 : degree * std::pow(b, degree - 1);
      if (item.places[0] >= 0 && item.places[0] != plan.common_slope)
        v(item.places[0], degree) = curve.slope * slope_of_h;
      for (int k = 1; k <= top; ++k)
        if (const int place = item.places[static_cast<std::size_t>(k)]; place >= 0)
          v(place, degree) = k * curve.slope * (h - b * slope_of_h);
    }
  }
  return v;
}

// What one block of people tells: of each row Σ weight E_i(score) E_i(score)', and Σ weight Cov_i of the scores
// along the directions.
struct Sums {
  std::vector<MatrixXd> rows;
  MatrixXd directions;
};

class TwoLevel {
 public:
  TwoLevel(const Marginal& marginal, const VectorXd& values)
      : marginal_(marginal),
        tables_(marginal.tables(values)),
        rows_(row_scores(marginal, values)),
        expectation_(marginal.expect(values)),
        complete_(complete_information(marginal, values, expectation_)),
        directions_(warp_directions(marginal.plan(), values)) {
    if (marginal.plan().common_slope >= 0) directions_.rightCols(1) = complete_.along_common_slope();
    for (const RowScores& row : rows_) {
      RowMajor along = RowMajor::Zero(marginal.nodes().size(), directions_.cols());
      for (std::size_t at = 0; at < row.places.size(); ++at)
        along += row.scores.col(static_cast<Index>(at)) * directions_.row(row.places[at]);
      along_.push_back(std::move(along));
    }
  }

  std::vector<MatrixXd> covariances() const {
    const Sums sums = everybody();
    Information alone = complete_;
    const MatrixXd together = alone.quadratic(directions_) - sums.directions;
    for (std::size_t j = 0; j < marginal_.plan().items.size(); ++j)
      alone.add_item(marginal_.plan().items[j], -missing_alone(j, sums));
    const MatrixXd apart = alone.quadratic(directions_);
    const Index m = directions_.cols();
    const MatrixXd correction = Eigen::LDLT<MatrixXd>(together).solve(MatrixXd::Identity(m, m)) -
                                Eigen::LDLT<MatrixXd>(apart).solve(MatrixXd::Identity(m, m));
    alone.invert();
    std::vector<MatrixXd> covariances;
    for (const ItemPlan& item : marginal_.plan().items) {
      const std::vector<int> places = free_places(item);
      MatrixXd own = alone.inverse_of(places);
      for (std::size_t one = 0; one < places.size(); ++one)
        for (std::size_t other = 0; other < places.size(); ++other)
          own(static_cast<Index>(one), static_cast<Index>(other)) +=
              directions_.row(places[one]).dot(correction * directions_.row(places[other]).transpose());
      covariances.push_back(spread_out(item, places, own));
    }
    return covariances;
  }

 private:
  Sums everybody() const {
    std::vector<Sums> parts(static_cast<std::size_t>(marginal_.blocks()));
    parallel_for(marginal_.blocks(), marginal_.workers(), [&](int block) {
      parts[static_cast<std::size_t>(block)] = block_sums(marginal_.block(tables_, block));
    });
    for (std::size_t block = 1; block < parts.size(); ++block) {
      parts.front().directions += parts[block].directions;
      for (std::size_t row = 0; row < rows_.size(); ++row) parts.front().rows[row] += parts[block].rows[row];
    }
    return std::move(parts.front());
  }

  // The rows lie one after the other: one loop.
  static void add_rows(const RowMajor& from, Index begin, RowMajor& into) {
    Eigen::Map<Eigen::ArrayXd>(into.data(), into.size()) +=
        Eigen::Map<const Eigen::ArrayXd>(from.data() + begin * from.cols(), into.size());
  }

  Sums block_sums(const kernels::People& people) const {
    const Packets& packets = marginal_.packets();
    Sums sums;
    for (const RowScores& row : rows_)
      sums.rows.push_back(MatrixXd::Zero(row.scores.cols(), row.scores.cols()));
    sums.directions = MatrixXd::Zero(directions_.cols(), directions_.cols());
    std::vector<std::uint32_t> singles;
    for (int person = people.first; person < people.last; ++person) {
      const auto i = static_cast<std::size_t>(person);
      const Window window = posterior_window(marginal_, tables_, person);
      const Index length = window.nodes.size();
      const double weight = packets.weights[i] / window.weights.sum();
      RowMajor along = RowMajor::Zero(length, directions_.cols());
      singles.clear();
      for (std::size_t at = packets.begins[i]; at < packets.begins[i + 1]; ++at)
        packets.expand(packets.rows[at], singles);
      for (const std::uint32_t row : singles) {
        const VectorXd mean = rows_[row]
                                  .scores.middleRows(window.begin, length)
                                  .transpose()
                                  .lazyProduct(window.weights.matrix());
        sums.rows[row].noalias() += (weight / window.weights.sum()) * mean.lazyProduct(mean.transpose());
        add_rows(along_[row], window.begin, along);
      }
      const Eigen::RowVectorXd mean = window.weights.matrix().transpose() * along / window.weights.sum();
      along.rowwise() -= mean;
      sums.directions.noalias() +=
          weight * (along.transpose() * window.weights.matrix().asDiagonal() * along);
    }
    return sums;
  }

  // Σ_i weight_i Var_i of one item's scores, local.
  MatrixXd missing_alone(std::size_t item, const Sums& sums) const {
    const ItemPlan& plan = marginal_.plan().items[item];
    const std::vector<int> places = free_places(plan);
    MatrixXd own = MatrixXd::Zero(static_cast<Index>(places.size()), static_cast<Index>(places.size()));
    if (places.empty()) return spread_out(plan, places, own);
    const Eigen::ArrayXXd counts = marginal_.counts_of(static_cast<int>(item), expectation_);
    for (Index k = 0; k < counts.rows(); ++k) {
      const std::size_t row = marginal_.packets().first_row[item] + static_cast<std::size_t>(k);
      const MatrixXd& scores = rows_[row].scores;
      own += scores.transpose() * counts.row(k).transpose().matrix().asDiagonal() * scores - sums.rows[row];
    }
    return spread_out(plan, places, own);
  }

  const Marginal& marginal_;
  Marginal::Tables tables_;
  std::vector<RowScores> rows_;
  Expectation expectation_;
  Information complete_;
  MatrixXd directions_;
  std::vector<RowMajor> along_;  // of each row, nodes × directions
};

}  // namespace

std::vector<MatrixXd> item_covariances_dense(const Marginal& marginal, const VectorXd& values) {
  const int size = marginal.plan().size();
  const MatrixXd all = observed_information(marginal, values).ldlt().solve(MatrixXd::Identity(size, size));
  std::vector<MatrixXd> covariances;
  for (const ItemPlan& item : marginal.plan().items) {
    const std::vector<int> places = free_places(item);
    covariances.push_back(spread_out(item, places, all(places, places)));
  }
  return covariances;
}

std::vector<MatrixXd> item_covariances_two_level(const Marginal& marginal, const VectorXd& values) {
  return TwoLevel(marginal, values).covariances();
}

std::vector<MatrixXd> item_covariances(const Marginal& marginal, const VectorXd& values) {
  return marginal.plan().size() <= most_dense_numbers ? item_covariances_dense(marginal, values)
                                                      : item_covariances_two_level(marginal, values);
}

}  // namespace trede::calibration
