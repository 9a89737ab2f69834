#include "engine/tracking/posterior.hpp"

#include <cmath>
#include <numbers>


namespace trede::tracking {

double Posterior::sd(int topic) const {
  return std::sqrt(covariance(topic, topic));
}

Eigen::MatrixXd prior_covariance(const Catalogue& catalogue) {
  const auto topics = static_cast<Eigen::Index>(catalogue.topics.size());
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Constant(topics, topics, general_variance);
  for (Eigen::Index column = 0; column < topics; ++column)
    for (Eigen::Index row = 0; row < topics; ++row)
      if (catalogue.topics[row].domain == catalogue.topics[column].domain)
        covariance(row, column) += domain_variance;
  covariance.diagonal().array() += topic_variance;
  return covariance;
}

Posterior prior(const Catalogue& catalogue, double school_year_mean) {
  const auto topics = static_cast<Eigen::Index>(catalogue.topics.size());
  return {Eigen::VectorXd::Constant(topics, school_year_mean), prior_covariance(catalogue)};
}

double mastery(const Posterior& posterior, int topic, double cut) {
  return 0.5 * std::erfc((cut - posterior.mean[topic]) / (posterior.sd(topic) * std::numbers::sqrt2));
}

}  // namespace trede::tracking
