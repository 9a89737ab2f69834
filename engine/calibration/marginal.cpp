#include "engine/calibration/marginal.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "engine/calibration/ability_nodes.hpp"
#include "engine/parallel/parallel_for.hpp"

namespace trede::calibration {
namespace {

constexpr int most_blocks = 16;
// Clearing and adding a block's counts must stay small beside filling them.
constexpr double least_answers_a_row = 20.0;

int blocks_for(const Packets& packets) {
  const double rows = static_cast<double>(packets.table_rows());
  const double blocks = static_cast<double>(packets.rows.size()) / (least_answers_a_row * rows + 1.0);
  return std::clamp(static_cast<int>(blocks), 1, most_blocks);
}

std::vector<bool> informative(const Plan& plan) {
  std::vector<bool> items;
  for (const ItemPlan& item : plan.items) items.push_back(item.informative);
  return items;
}

using RowArray = Eigen::Map<const Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

RowArray row_array(const kernels::Rows& rows, std::size_t first, int count, int width) {
  return {rows[first * static_cast<std::size_t>(width)].values, count, width * kernels::lanes};
}

const kernels::Eight* data_or_null(const kernels::Rows& rows) {
  return rows.empty() ? nullptr : rows.data();
}

}  // namespace

Marginal::Marginal(const ResponseTable& table, const Options& options)
    : plan_(plan_of(table, options)),
      packets_(packets_of(table, informative(plan_))),
      nodes_(ability_nodes(options.nodes, options.range)),
      width_((static_cast<int>(nodes_.size()) + kernels::lanes - 1) / kernels::lanes),
      workers_(options.workers),
      blocks_(blocks_for(packets_)),
      people_(std::accumulate(packets_.weights.begin(), packets_.weights.end(), 0.0)),
      expanded_(options.acceleration != Acceleration::None && plan_.first_free_group > 0) {
  assert(options.nodes >= 5 && options.range > 0.0);
}

Eigen::VectorXd Marginal::within_limits(const Eigen::VectorXd& values) const {
  return values.cwiseMax(plan_.lower).cwiseMin(plan_.upper);
}

Eigen::ArrayXd Marginal::density(const Group& group) const {
  const Eigen::ArrayXd weights = (-0.5 * ((nodes_ - group.mean) / group.sd).square()).exp();
  return weights / weights.sum();
}

kernels::Rows Marginal::priors(const Eigen::VectorXd& values) const {
  kernels::Rows rows(static_cast<std::size_t>(plan_.groups * width_));
  for (int g = 0; g < plan_.groups; ++g) {
    const Eigen::ArrayXd weights = density(plan_.group(g, values));
    std::copy(weights.begin(), weights.end(), rows[static_cast<std::size_t>(g * width_)].values);
  }
  return rows;
}

kernels::Rows Marginal::likelihoods(const Eigen::VectorXd& values) const {
  kernels::Rows rows(packets_.table_rows() * static_cast<std::size_t>(width_));
  for (std::size_t j = 0; j < plan_.items.size(); ++j) {
    if (!plan_.items[j].informative) continue;
    const Eigen::ArrayXXd p = probabilities(plan_.curve(static_cast<int>(j), values), nodes_);
    for (Eigen::Index k = 0; k < p.rows(); ++k) {
      const std::size_t row = packets_.first_row[j] + static_cast<std::size_t>(k);
      std::copy(p.row(k).begin(), p.row(k).end(), rows[row * static_cast<std::size_t>(width_)].values);
    }
  }
  packets_.multiply(rows, width_);
  return rows;
}

Marginal::Tables Marginal::tables(const Eigen::VectorXd& values) const {
  Tables tables{likelihoods(values), priors(values), {}, {}};
  if (!kernels::has_outlines(width_)) return tables;
  tables.likelihood_outlines = kernels::outlines_of(tables.likelihoods, width_);
  tables.prior_outlines = kernels::outlines_of(tables.priors, width_);
  return tables;
}

kernels::People Marginal::block(const Tables& tables, int block) const {
  const auto bound = [&](int at) {
    return static_cast<int>(static_cast<std::int64_t>(packets_.people()) * at / blocks_);
  };
  return {.likelihoods = tables.likelihoods.data(),
          .priors = tables.priors.data(),
          .width = width_,
          .likelihood_outlines = data_or_null(tables.likelihood_outlines),
          .prior_outlines = data_or_null(tables.prior_outlines),
          .rows = packets_.rows.data(),
          .begins = packets_.begins.data(),
          .weights = packets_.weights.data(),
          .groups = packets_.groups.data(),
          .first = bound(block),
          .last = bound(block + 1)};
}

Expectation Marginal::expect(const Eigen::VectorXd& values) const {
  const Tables read = tables(values);
  std::vector<Expectation> parts(static_cast<std::size_t>(blocks_));
  parallel_for(blocks_, workers_, [&](int at) {
    Expectation& part = parts[static_cast<std::size_t>(at)];
    part.counts.resize(read.likelihoods.size());
    part.group_counts.resize(read.priors.size());
    part.log_likelihood =
        kernels::best().expect(block(read, at), part.counts.data(), part.group_counts.data());
  });
  Expectation& all = parts.front();
  for (std::size_t block = 1; block < parts.size(); ++block) {
    all.log_likelihood += parts[block].log_likelihood;
    kernels::add(parts[block].counts, all.counts);
    kernels::add(parts[block].group_counts, all.group_counts);
  }
  packets_.scatter(all.counts, width_);
  return std::move(all);
}

Eigen::ArrayXXd Marginal::counts_of(int item, const Expectation& expectation) const {
  const auto j = static_cast<std::size_t>(item);
  const int categories = plan_.items[j].start.categories();
  return row_array(expectation.counts, packets_.first_row[j], categories, width_).leftCols(nodes_.size());
}

Eigen::ArrayXd Marginal::group_counts_of(int group, const Expectation& expectation) const {
  return row_array(expectation.group_counts, static_cast<std::size_t>(group), 1, width_)
      .leftCols(nodes_.size())
      .transpose();
}

Marginal::GroupDerivatives Marginal::group_derivatives(const Group& group,
                                                       const Eigen::ArrayXd& people) const {
  const Eigen::ArrayXd weights = density(group);
  const Eigen::ArrayXd z = (nodes_ - group.mean) / group.sd;
  Eigen::MatrixX2d features(nodes_.size(), 2);
  features.col(0) = z / group.sd;
  features.col(1) = z.square();
  const Eigen::RowVector2d mean = weights.matrix().transpose() * features;
  features.rowwise() -= mean;
  return {features.transpose() * people.matrix(),
          people.sum() * features.transpose() * weights.matrix().asDiagonal() * features};
}

// Where everybody's θ moves by t (first column) or is stretched by 1 + t (second), the items follow.
Eigen::MatrixXd Marginal::scale_directions(const Eigen::VectorXd& values) const {
  Eigen::MatrixXd directions = Eigen::MatrixXd::Zero(plan_.size(), 2);
  for (std::size_t j = 0; j < plan_.items.size(); ++j) {
    const ItemPlan& item = plan_.items[j];
    const Curve curve = plan_.curve(static_cast<int>(j), values);
    if (item.places[0] >= 0) directions(item.places[0], 1) = curve.slope;
    for (int k = 1; k < curve.categories(); ++k)
      if (const int place = item.places[static_cast<std::size_t>(k)]; place >= 0)
        directions(place, 0) = k * curve.slope;
  }
  return directions;
}

Evaluation Marginal::evaluate(const Eigen::VectorXd& values) const {
  const Expectation expectation = expect(values);
  Evaluation result{expectation.log_likelihood, expectation.log_likelihood,
                    Eigen::VectorXd::Zero(plan_.size()), Information(plan_)};
  for (std::size_t j = 0; j < plan_.items.size(); ++j) {
    const ItemPlan& item = plan_.items[j];
    if (!item.informative) continue;
    const Curve curve = plan_.curve(static_cast<int>(j), values);
    Derivatives d =
        derivatives(curve, nodes_, probabilities(curve, nodes_), counts_of(static_cast<int>(j), expectation));
    if (item.treatment != Treatment::Anchored)
      result.objective += add_prior(curve, item.prior, plan_.model, d);
    for (std::size_t local = 0; local < item.places.size(); ++local)
      if (item.places[local] >= 0)
        result.gradient[item.places[local]] += d.gradient[static_cast<Eigen::Index>(local)];
    result.information.add_item(item, d.information);
  }
  for (int g = plan_.first_free_group; g < plan_.groups; ++g) {
    const int place = plan_.group_begin + 2 * (g - plan_.first_free_group);
    const GroupDerivatives d = group_derivatives(plan_.group(g, values), group_counts_of(g, expectation));
    result.gradient.segment<2>(place) = d.gradient;
    result.information.set_group(place, d.information);
  }
  std::vector<bool> held(static_cast<std::size_t>(plan_.size()), false);
  for (int i = 0; i < plan_.size(); ++i) {
    const double g = result.gradient[i];
    held[static_cast<std::size_t>(i)] =
        (values[i] <= plan_.lower[i] && g < 0.0) || (values[i] >= plan_.upper[i] && g > 0.0);
    if (held[static_cast<std::size_t>(i)]) result.gradient[i] = 0.0;
  }
  result.information.hold(held);
  result.information.invert();
  if (expanded_) {
    Eigen::MatrixXd directions = scale_directions(values);
    for (int i = 0; i < plan_.size(); ++i)
      if (held[static_cast<std::size_t>(i)]) directions.row(i).setZero();
    result.information.expand(std::move(directions), Eigen::Vector2d(1.0, 2.0) * people_);
  }
  return result;
}

}  // namespace trede::calibration
