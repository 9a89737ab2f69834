// Small banks and beliefs for the engine's tests.
#pragma once

#include <Eigen/Eigenvalues>
#include <cmath>

#include "engine/catalogue/catalogue.hpp"
#include "engine/random.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::test {

inline CatalogueItem item_of(int topic, double difficulty, double slope = 1.2, double guessing = 0.0) {
  return {.parameters = {slope, difficulty, guessing}, .loadings = {{topic, 1.0}}};
}

// A chain of topics, each needing the one before, half a logit apart, with items spread from 1 below to 1
// above its level.
inline Catalogue chain_bank(int topics, int items_per_topic, double lowest_level = -1.0) {
  Catalogue bank;
  for (int k = 0; k < topics; ++k) {
    const double level = lowest_level + 0.5 * k;
    CatalogueTopic topic{.domain = k % 3, .level = level};
    if (k > 0) topic.prerequisites = {k - 1};
    bank.topics.push_back(topic);
    for (int i = 0; i < items_per_topic; ++i)
      bank.items.push_back(item_of(k, level - 1.0 + 2.0 * (i + 0.5) / items_per_topic));
    bank.videos.push_back({.topic = k});
  }
  complete(bank);
  return bank;
}

inline double smallest_eigenvalue(const Eigen::MatrixXd& matrix) {
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix, Eigen::EigenvaluesOnly)
      .eigenvalues()
      .minCoeff();
}

inline Eigen::VectorXd normals(int count, Random& random) {
  Eigen::VectorXd result(count);
  for (double& entry : result) entry = random.normal();
  return result;
}

// A belief over topics with this mean and covariance, all of them touched; apart from them the general ability
// is known to be 0.
inline tracking::Posterior belief_of(const Eigen::VectorXd& mean, const Eigen::MatrixXd& covariance) {
  const int topics = static_cast<int>(mean.size());
  Catalogue bank;
  bank.topics.resize(topics);
  tracking::Posterior belief = tracking::prior(bank, 0.0);
  for (int topic = 0; topic < topics; ++topic) belief = tracking::touched(std::move(belief), topic);
  belief.covariances.setZero();
  belief.covariances.diagonal().setConstant(1e-6);
  belief.covariances(0, 0) = tracking::learning_rate_spread * tracking::learning_rate_spread;
  belief.means.tail(topics) = mean;
  belief.covariances.bottomRightCorner(topics, topics) = covariance;
  return belief;
}

// A belief about one topic, N(mean, variance).
inline tracking::Posterior belief_of(double mean, double variance) {
  return belief_of(Eigen::VectorXd::Constant(1, mean), Eigen::MatrixXd::Constant(1, 1, variance));
}

inline tracking::Posterior all_touched(tracking::Posterior belief) {
  for (int topic = 0; topic < belief.topics(); ++topic) belief = tracking::touched(std::move(belief), topic);
  return belief;
}

// A belief over some topics with a random well-conditioned covariance.
inline tracking::Posterior random_belief(int topics, Random& random) {
  Eigen::MatrixXd root(topics, topics);
  for (double& entry : root.reshaped()) entry = 0.7 * random.normal();
  return belief_of(0.5 * normals(topics, random),
                   root * root.transpose() + 0.3 * Eigen::MatrixXd::Identity(topics, topics));
}

inline CatalogueItem random_item(int topics, Random& random) {
  CatalogueItem item =
      item_of(random.below(topics), 1.2 * random.normal(), std::exp(0.2 + 0.3 * random.normal()));
  item.parameters.guessing = random.uniform() < 0.5 ? 0.0 : 0.25;
  return item;
}

}  // namespace trede::test
