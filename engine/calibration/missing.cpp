#include "engine/calibration/missing.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/calibration/missing_complete.hpp"
#include "engine/parallel/parallel_for.hpp"

namespace trede::calibration {
namespace {

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int polynomials_at_a_time = 4;
constexpr int most_polynomials = 32;
// A further part this small beside the first changes no standard error in its fourth digit.
constexpr double small_part = 1e-8;
constexpr double small_mass = 1e-11;
constexpr Eigen::Index columns_at_a_time = 128;
constexpr double most_block_numbers = 4e6;

// Polynomials in θ orthonormal under the weights, one after the other (Stieltjes); times the weights.
class Polynomials {
 public:
  explicit Polynomials(const Window& window)
      : window_(window),
        before_(ArrayXd::Zero(window.nodes.size())),
        now_(ArrayXd::Constant(window.nodes.size(), 1.0 / std::sqrt(window.weights.sum()))) {}

  // Zero once there are as many as nodes.
  ArrayXd next() {
    const ArrayXd shifted = window_.nodes * now_;
    const double centre = (window_.weights * now_ * shifted).sum();
    ArrayXd following = shifted - centre * now_ - norm_ * before_;
    norm_ = std::sqrt((window_.weights * following.square()).sum());
    before_ = now_;
    now_ = norm_ > 1e-9 ? ArrayXd(following / norm_) : ArrayXd::Zero(following.size());
    return window_.weights * now_;
  }

 private:
  const Window& window_;
  ArrayXd before_;
  ArrayXd now_;
  double norm_ = 0.0;
};

// Sums covariances of people with the same places before they go where those are. Who has scores in most places has
// them, as zeros, in all, so that people who answered nearly everything go together.
class Accumulator {
 public:
  explicit Accumulator(int size) : sum_(MatrixXd::Zero(size, size)), everywhere_(size) {
    std::iota(everywhere_.begin(), everywhere_.end(), 0);
  }

  void add(const std::vector<int>& places, const MatrixXd& coefficients) {
    if (2 * places.size() < everywhere_.size()) return gather(places, coefficients);
    MatrixXd all = MatrixXd::Zero(sum_.rows(), coefficients.cols());
    for (std::size_t i = 0; i < places.size(); ++i)
      all.row(places[i]) += coefficients.row(static_cast<Eigen::Index>(i));
    gather(everywhere_, all);
  }

  MatrixXd take() {
    flush();
    return std::move(sum_);
  }

 private:
  void gather(const std::vector<int>& places, const MatrixXd& coefficients) {
    if (places != places_ || filled_ + coefficients.cols() > pending_.cols()) flush();
    if (places != places_ || pending_.rows() != coefficients.rows()) {
      places_ = places;
      pending_.resize(coefficients.rows(), std::max(columns_at_a_time, coefficients.cols()));
    }
    pending_.middleCols(filled_, coefficients.cols()) = coefficients;
    filled_ += coefficients.cols();
  }

  void flush() {
    if (filled_ == 0) return;
    MatrixXd product = MatrixXd::Zero(pending_.rows(), pending_.rows());
    product.selfadjointView<Eigen::Lower>().rankUpdate(pending_.leftCols(filled_));
    product = product.selfadjointView<Eigen::Lower>().toDenseMatrix();
    for (std::size_t one = 0; one < places_.size(); ++one)
      for (std::size_t other = 0; other < places_.size(); ++other)
        sum_(places_[other], places_[one]) +=
            product(static_cast<Eigen::Index>(other), static_cast<Eigen::Index>(one));
    filled_ = 0;
  }

  MatrixXd sum_;
  std::vector<int> everywhere_;
  std::vector<int> places_;
  MatrixXd pending_;
  Eigen::Index filled_ = 0;
};

class People {
 public:
  People(const Marginal& marginal, const VectorXd& values)
      : marginal_(marginal),
        packets_(marginal.packets()),
        tables_(marginal.tables(values)),
        rows_(row_scores(marginal, values)) {
    const Plan& plan = marginal.plan();
    for (int g = plan.first_free_group; g < plan.groups; ++g) {
      const Group group = plan.group(g, values);
      const int place = plan.group_begin + 2 * (g - plan.first_free_group);
      const ArrayXd z = (marginal.nodes() - group.mean) / group.sd;
      groups_.push_back({MatrixXd(z.size(), 2), {place, place + 1}});
      groups_.back().scores << z / group.sd, z.square();
    }
  }

  void add(int person, Accumulator& accumulator) const {
    const auto i = static_cast<std::size_t>(person);
    const Window window = posterior_window(marginal_, tables_, person);
    std::vector<const RowScores*> parts;
    std::vector<std::uint32_t> singles;
    for (std::size_t at = packets_.begins[i]; at < packets_.begins[i + 1]; ++at)
      packets_.expand(packets_.rows[at], singles);
    std::sort(singles.begin(), singles.end());
    for (const std::uint32_t row : singles) parts.push_back(&rows_[row]);
    const int group = packets_.groups[i] - marginal_.plan().first_free_group;
    if (group >= 0) parts.push_back(&groups_[static_cast<std::size_t>(group)]);
    std::vector<int> places;
    for (const RowScores* part : parts) places.insert(places.end(), part->places.begin(), part->places.end());
    accumulator.add(places, std::sqrt(packets_.weights[i]) *
                                coefficients(window, parts, static_cast<Eigen::Index>(places.size())));
  }

 private:
  // Of each score on each polynomial; the sum of squares over the polynomials is its variance.
  static MatrixXd coefficients(const Window& window, const std::vector<const RowScores*>& parts,
                               Eigen::Index size) {
    const Eigen::Index length = window.nodes.size();
    Polynomials polynomials(window);
    MatrixXd basis(length, polynomials_at_a_time);
    MatrixXd all(size, 0);
    while (all.cols() < most_polynomials) {
      for (int r = 0; r < polynomials_at_a_time; ++r) basis.col(r) = polynomials.next();
      const Eigen::Index before = all.cols();
      all.conservativeResize(Eigen::NoChange, before + polynomials_at_a_time);
      Eigen::Index at = 0;
      for (const RowScores* part : parts) {
        const Eigen::Index columns = part->scores.cols();
        all.block(at, before, columns, polynomials_at_a_time).noalias() =
            part->scores.middleRows(window.begin, length).transpose().lazyProduct(basis);
        at += columns;
      }
      if (all.rightCols(2).squaredNorm() <= small_part * all.squaredNorm()) break;
    }
    return all;
  }

  const Marginal& marginal_;
  const Packets& packets_;
  Marginal::Tables tables_;
  std::vector<RowScores> rows_;
  std::vector<RowScores> groups_;
};

}  // namespace

Window posterior_window(const Marginal& marginal, const Marginal::Tables& tables, int person) {
  const Packets& packets = marginal.packets();
  const auto i = static_cast<std::size_t>(person);
  const auto row = [&](const kernels::Rows& rows, std::size_t at) {
    return Eigen::Map<const ArrayXd>(rows[at * static_cast<std::size_t>(marginal.width())].values,
                                     marginal.nodes().size());
  };
  ArrayXd posterior = row(tables.priors, static_cast<std::size_t>(packets.groups[i]));
  for (std::size_t at = packets.begins[i]; at < packets.begins[i + 1]; ++at) {
    posterior *= row(tables.likelihoods, packets.rows[at]);
    if (at % 8 == 0) posterior /= posterior.sum();
  }
  posterior /= posterior.sum();
  const double least = small_mass * posterior.maxCoeff();
  Eigen::Index begin = 0;
  Eigen::Index end = posterior.size();
  while (posterior[begin] < least) ++begin;
  while (posterior[end - 1] < least) --end;
  return {begin, posterior.segment(begin, end - begin), marginal.nodes().segment(begin, end - begin)};
}

std::vector<RowScores> row_scores(const Marginal& marginal, const VectorXd& values) {
  const Plan& plan = marginal.plan();
  std::vector<RowScores> rows(marginal.packets().single_rows);
  for (std::size_t j = 0; j < plan.items.size(); ++j) {
    const ItemPlan& item = plan.items[j];
    const Curve curve = plan.curve(static_cast<int>(j), values);
    for (int k = 0; k < curve.categories() && item.informative; ++k) {
      RowScores& row = rows[marginal.packets().first_row[j] + static_cast<std::size_t>(k)];
      const MatrixXd all = scores(curve, k, marginal.nodes());
      row.scores.resize(all.rows(), all.cols());
      for (std::size_t local = 0; local < item.places.size(); ++local) {
        if (item.places[local] < 0) continue;
        row.scores.col(static_cast<Eigen::Index>(row.places.size())) =
            all.col(static_cast<Eigen::Index>(local));
        row.places.push_back(item.places[local]);
      }
      row.scores.conservativeResize(Eigen::NoChange, static_cast<Eigen::Index>(row.places.size()));
    }
  }
  return rows;
}

MatrixXd missing_by_person(const Marginal& marginal, const VectorXd& values) {
  const People people(marginal, values);
  const int size = marginal.plan().size();
  const int blocks =
      std::clamp(static_cast<int>(most_block_numbers / (1.0 + size * static_cast<double>(size))), 1,
                 std::max(1, marginal.packets().people() / 256));
  std::vector<MatrixXd> parts(static_cast<std::size_t>(std::min(blocks, 16)));
  const int count = static_cast<int>(parts.size());
  parallel_for(count, marginal.workers(), [&](int block) {
    Accumulator accumulator(size);
    const auto bound = [&](int at) {
      return static_cast<int>(static_cast<std::int64_t>(marginal.packets().people()) * at / count);
    };
    for (int i = bound(block); i < bound(block + 1); ++i) people.add(i, accumulator);
    parts[static_cast<std::size_t>(block)] = accumulator.take();
  });
  for (int block = 1; block < count; ++block) parts.front() += parts[static_cast<std::size_t>(block)];
  return std::move(parts.front());
}

MatrixXd missing_information(const Marginal& marginal, const VectorXd& values) {
  return has_complete_form(marginal) ? missing_in_complete_data(marginal, values)
                                     : missing_by_person(marginal, values);
}

}  // namespace trede::calibration
