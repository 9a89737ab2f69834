#include "engine/calibration/curve.hpp"

#include <algorithm>
#include <cmath>

namespace trede::calibration {
namespace {

double logistic(double z) {
  return 1.0 / (1.0 + std::exp(-z));
}

// Divides by a slope that may be nothing.
double over_slope(double x, double slope) {
  const double least = 1e-8;
  return x / (std::abs(slope) < least ? std::copysign(least, slope) : slope);
}

Eigen::ArrayXXd guessing_probabilities(const Curve& curve, const Eigen::ArrayXd& nodes) {
  const double c = logistic(curve.logit_guessing);
  const Eigen::ArrayXd z = curve.slope * nodes + curve.deltas[1];
  Eigen::ArrayXXd p(2, nodes.size());
  p.row(0) = ((1.0 - c) / (1.0 + z.exp())).transpose();
  p.row(1) = (c + (1.0 - c) / (1.0 + (-z).exp())).transpose();
  return p.max(1e-100);
}

using Counts = Eigen::ArrayXXd;

// With people n, p = P(1), residual e = r_1 − n p: dQ/dz = Σ e s / p, dQ/d logit c = Σ e c / p.
Derivatives guessing_derivatives(const Curve& curve, const Eigen::ArrayXd& nodes, const Counts& p,
                                 const Counts& counts) {
  const double c = logistic(curve.logit_guessing);
  Derivatives d{Eigen::VectorXd::Zero(3), Eigen::MatrixXd::Zero(3, 3)};
  for (Eigen::Index q = 0; q < nodes.size(); ++q) {
    const double people = counts(0, q) + counts(1, q);
    const double residual = counts(1, q) - people * p(1, q);
    const double s = 1.0 - p(0, q) / (1.0 - c);
    const Eigen::Vector3d score = Eigen::Vector3d(s * nodes[q], s, c) / p(1, q);
    d.gradient += residual * score;
    d.information += (people * p(1, q) * p(0, q)) * (score * score.transpose());
  }
  return d;
}

Derivatives two_category_derivatives(const Eigen::ArrayXd& nodes, const Counts& p, const Counts& counts) {
  const Eigen::ArrayXd people = (counts.row(0) + counts.row(1)).transpose();
  const Eigen::ArrayXd residual = counts.row(1).transpose() - people * p.row(1).transpose();
  const Eigen::ArrayXd weight = people * p.row(1).transpose() * p.row(0).transpose();
  Derivatives d{Eigen::VectorXd::Zero(3), Eigen::MatrixXd::Zero(3, 3)};
  d.gradient[0] = (residual * nodes).sum();
  d.gradient[1] = residual.sum();
  d.information(0, 0) = (weight * nodes.square()).sum();
  d.information(0, 1) = d.information(1, 0) = (weight * nodes).sum();
  d.information(1, 1) = weight.sum();
  return d;
}

// Features of the exponent: θ k and, of categories 1 … K − 1, the indicator.
Derivatives exponential_derivatives(const Curve& curve, const Eigen::ArrayXd& nodes, const Counts& p,
                                    const Counts& counts) {
  const int categories = curve.categories();
  const Eigen::VectorXd k = Eigen::VectorXd::LinSpaced(categories, 0, categories - 1);
  Derivatives d{Eigen::VectorXd::Zero(curve.locals()), Eigen::MatrixXd::Zero(curve.locals(), curve.locals())};
  for (Eigen::Index q = 0; q < nodes.size(); ++q) {
    const auto p_q = p.col(q).matrix();
    const double people = counts.col(q).sum();
    const double theta = nodes[q];
    const double mean = k.dot(p_q);
    const Eigen::VectorXd residual = counts.col(q).matrix() - people * p_q;
    const Eigen::VectorXd towards_slope = people * theta * p_q.cwiseProduct((k.array() - mean).matrix());
    d.gradient[0] += theta * k.dot(residual);
    d.information(0, 0) += theta * k.dot(towards_slope);
    for (int v = 1; v < categories; ++v) {
      d.gradient[v] += residual[v];
      d.information(0, v) += towards_slope[v];
      d.information(v, v) += people * p_q[v];
      for (int w = 1; w <= v; ++w) d.information(w, v) -= people * p_q[v] * p_q[w];
    }
  }
  d.information = d.information.selfadjointView<Eigen::Upper>().toDenseMatrix();
  return d;
}

// One normal prior on x, of which `jacobian` is the derivative in the item's numbers.
double add_normal(const NormalPrior& prior, double x, const Eigen::VectorXd& jacobian, Derivatives& d) {
  if (prior.sd <= 0.0) return 0.0;
  const double residual = (x - prior.mean) / prior.sd;
  d.gradient -= residual / prior.sd * jacobian;
  d.information += jacobian * jacobian.transpose() / (prior.sd * prior.sd);
  return -0.5 * residual * residual;
}

}  // namespace

Curve curve_of(const Item& item, int categories) {
  Curve curve;
  curve.slope = item.slope;
  curve.deltas.assign(static_cast<std::size_t>(categories), 0.0);
  for (std::size_t v = 0; v < item.thresholds.size(); ++v)
    curve.deltas[v + 1] = curve.deltas[v] - item.slope * item.thresholds[v];
  if (item.thresholds.empty()) curve.deltas[1] = item.intercept;
  curve.guesses = item.guessing > 0.0;
  if (curve.guesses) curve.logit_guessing = std::log(item.guessing / (1.0 - item.guessing));
  return curve;
}

Item item_of(const Curve& curve, Model model) {
  Item item{.slope = curve.slope, .intercept = curve.deltas[1]};
  if (curve.guesses) item.guessing = logistic(curve.logit_guessing);
  if (model != Model::Gpcm && curve.categories() == 2) return item;
  for (std::size_t v = 1; v < curve.deltas.size(); ++v)
    item.thresholds.push_back(over_slope(curve.deltas[v - 1] - curve.deltas[v], curve.slope));
  return item;
}

Eigen::ArrayXXd probabilities(const Curve& curve, const Eigen::ArrayXd& nodes) {
  if (curve.guesses) return guessing_probabilities(curve, nodes);
  Eigen::ArrayXXd p(curve.categories(), nodes.size());
  for (int k = 0; k < curve.categories(); ++k)
    p.row(k) = (k * curve.slope * nodes + curve.deltas[static_cast<std::size_t>(k)]).transpose();
  p = (p.rowwise() - p.colwise().maxCoeff()).exp();
  p.rowwise() /= p.colwise().sum();
  return p.max(1e-100);
}

Derivatives derivatives(const Curve& curve, const Eigen::ArrayXd& nodes, const Eigen::ArrayXXd& p,
                        const Eigen::ArrayXXd& counts) {
  if (curve.guesses) return guessing_derivatives(curve, nodes, p, counts);
  if (curve.categories() == 2) return two_category_derivatives(nodes, p, counts);
  return exponential_derivatives(curve, nodes, p, counts);
}

Eigen::MatrixXd scores(const Curve& curve, int category, const Eigen::ArrayXd& nodes) {
  const Eigen::ArrayXXd p = probabilities(curve, nodes);
  Eigen::MatrixXd scores = Eigen::MatrixXd::Zero(nodes.size(), curve.locals());
  Eigen::ArrayXXd one = Eigen::ArrayXXd::Zero(curve.categories(), 1);
  one(category, 0) = 1.0;
  for (Eigen::Index q = 0; q < nodes.size(); ++q)
    scores.row(q) = derivatives(curve, nodes.segment(q, 1), p.col(q), one).gradient.transpose();
  return scores;
}

double add_prior(const Curve& curve, const ItemPrior& prior, Model model, Derivatives& d) {
  const Eigen::Index locals = curve.locals();
  double log_density = 0.0;
  if (prior.log_slope.sd > 0.0)
    log_density +=
        add_normal(prior.log_slope, std::log(curve.slope), Eigen::VectorXd::Unit(locals, 0) / curve.slope, d);
  if (curve.guesses)
    log_density +=
        add_normal(prior.logit_guessing, curve.logit_guessing, Eigen::VectorXd::Unit(locals, locals - 1), d);
  if (model != Model::Gpcm && curve.categories() == 2)
    return log_density + add_normal(prior.intercept, curve.deltas[1], Eigen::VectorXd::Unit(locals, 1), d);
  for (int v = 1; v < curve.categories() && prior.threshold.sd > 0.0; ++v) {
    const auto at = static_cast<std::size_t>(v);
    const double b = (curve.deltas[at - 1] - curve.deltas[at]) / curve.slope;
    Eigen::VectorXd jacobian = Eigen::VectorXd::Zero(locals);
    jacobian[0] = -b / curve.slope;
    jacobian[v] = -1.0 / curve.slope;
    if (v > 1) jacobian[v - 1] = 1.0 / curve.slope;
    log_density += add_normal(prior.threshold, b, jacobian, d);
  }
  return log_density;
}

}  // namespace trede::calibration
