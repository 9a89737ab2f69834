#include "engine/calibration/oakes.hpp"

#include <algorithm>
#include <cmath>

namespace trede::calibration {
namespace {

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

double& local_number(Curve& curve, std::size_t local) {
  if (local == 0) return curve.slope;
  return local < curve.deltas.size() ? curve.deltas[local] : curve.logit_guessing;
}

// −∂² (Q + ln prior) of one item in its local numbers, by differences of the gradient at fixed counts.
MatrixXd observed_complete(const Marginal& marginal, const ItemPlan& item, const Curve& curve,
                           const Eigen::ArrayXXd& counts) {
  const auto locals = static_cast<Eigen::Index>(item.places.size());
  MatrixXd information = MatrixXd::Zero(locals, locals);
  for (Eigen::Index local = 0; local < locals; ++local) {
    if (item.places[static_cast<std::size_t>(local)] < 0) continue;
    VectorXd gradients[2];
    const double h = 1e-5;
    for (int side = 0; side < 2; ++side) {
      Curve moved = curve;
      local_number(moved, static_cast<std::size_t>(local)) += side == 0 ? h : -h;
      Derivatives d = derivatives(moved, marginal.nodes(), probabilities(moved, marginal.nodes()), counts);
      add_prior(moved, item.prior, marginal.plan().model, d);
      gradients[side] = d.gradient;
    }
    information.col(local) = (gradients[1] - gradients[0]) / (2.0 * h);
  }
  return 0.5 * (information + information.transpose());
}

MatrixXd complete_part(const Marginal& marginal, const VectorXd& values) {
  const Plan& plan = marginal.plan();
  const Expectation expectation = marginal.expect(values);
  Information complete(plan);
  for (std::size_t j = 0; j < plan.items.size(); ++j) {
    if (!plan.items[j].informative) continue;
    const int item = static_cast<int>(j);
    complete.add_item(plan.items[j], observed_complete(marginal, plan.items[j], plan.curve(item, values),
                                                       marginal.counts_of(item, expectation)));
  }
  for (int g = plan.first_free_group; g < plan.groups; ++g) {
    const Group group = plan.group(g, values);
    const ArrayXd people = marginal.group_counts_of(g, expectation);
    Eigen::Matrix2d information;
    const double h = 1e-5;
    const auto gradient = [&](double mean, double log_sd) {
      return marginal.group_derivatives({group.mean + mean, group.sd * std::exp(log_sd)}, people).gradient;
    };
    information.col(0) = (gradient(-h, 0.0) - gradient(h, 0.0)) / (2.0 * h);
    information.col(1) = (gradient(0.0, -h) - gradient(0.0, h)) / (2.0 * h);
    complete.set_group(plan.group_begin + 2 * (g - plan.first_free_group), information);
  }
  return complete.dense();
}

// Scores of every row in the free numbers only: nodes × numbers, and where those are in the vector.
struct RowScores {
  MatrixXd scores;
  std::vector<int> places;
};

std::vector<RowScores> row_scores(const Marginal& marginal, const VectorXd& values) {
  const Plan& plan = marginal.plan();
  std::vector<RowScores> rows(marginal.packets().single_rows);
  for (std::size_t j = 0; j < plan.items.size(); ++j) {
    const ItemPlan& item = plan.items[j];
    const Curve curve = plan.curve(static_cast<int>(j), values);
    for (int k = 0; k < curve.categories() && item.informative; ++k) {
      RowScores& row = rows[marginal.packets().first_row[j] + static_cast<std::size_t>(k)];
      const MatrixXd all = scores(curve, k, marginal.nodes());
      for (std::size_t local = 0; local < item.places.size(); ++local)
        if (item.places[local] >= 0) row.places.push_back(item.places[local]);
      row.scores.resize(all.rows(), static_cast<Eigen::Index>(row.places.size()));
      for (std::size_t local = 0, at = 0; local < item.places.size(); ++local)
        if (item.places[local] >= 0)
          row.scores.col(static_cast<Eigen::Index>(at++)) = all.col(static_cast<Eigen::Index>(local));
    }
  }
  return rows;
}

}  // namespace

MatrixXd observed_information(const Marginal& marginal, const VectorXd& values) {
  const Plan& plan = marginal.plan();
  const Packets& packets = marginal.packets();
  MatrixXd information = complete_part(marginal, values);
  const std::vector<RowScores> rows = row_scores(marginal, values);
  const kernels::Rows table = marginal.likelihoods(values);
  const kernels::Rows prior = marginal.priors(values);
  const Eigen::Index nodes = marginal.nodes().size();
  const auto width = static_cast<std::size_t>(marginal.width());
  std::vector<std::uint32_t> singles;
  for (int i = 0; i < packets.people(); ++i) {
    const auto person = static_cast<std::size_t>(i);
    singles.clear();
    ArrayXd posterior = Eigen::Map<const ArrayXd>(
        prior[static_cast<std::size_t>(packets.groups[person]) * width].values, nodes);
    for (std::size_t at = packets.begins[person]; at < packets.begins[person + 1]; ++at) {
      packets.expand(packets.rows[at], singles);
      posterior *= Eigen::Map<const ArrayXd>(table[packets.rows[at] * width].values, nodes);
      posterior /= posterior.sum();
    }
    std::vector<int> places;
    MatrixXd all(nodes, 0);
    const auto append = [&](const MatrixXd& scores, const std::vector<int>& at) {
      all.conservativeResize(Eigen::NoChange, all.cols() + scores.cols());
      all.rightCols(scores.cols()) = scores;
      places.insert(places.end(), at.begin(), at.end());
    };
    for (const std::uint32_t single : singles) append(rows[single].scores, rows[single].places);
    if (packets.groups[person] >= plan.first_free_group) {
      const Group group = plan.group(packets.groups[person], values);
      const int place = plan.group_begin + 2 * (packets.groups[person] - plan.first_free_group);
      const ArrayXd z = (marginal.nodes() - group.mean) / group.sd;
      MatrixXd scores(nodes, 2);
      scores.col(0) = z / group.sd;
      scores.col(1) = z.square();
      append(scores, {place, place + 1});
    }
    all.rowwise() -= posterior.matrix().transpose() * all;
    const MatrixXd covariance = all.transpose() * posterior.matrix().asDiagonal() * all;
    for (std::size_t one = 0; one < places.size(); ++one)
      for (std::size_t other = 0; other < places.size(); ++other)
        information(places[one], places[other]) -=
            packets.weights[person] *
            covariance(static_cast<Eigen::Index>(one), static_cast<Eigen::Index>(other));
  }
  return information;
}

}  // namespace trede::calibration
