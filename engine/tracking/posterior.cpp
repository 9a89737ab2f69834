#include "engine/tracking/posterior.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace trede::tracking {
namespace {

int domains_of(const Catalogue& catalogue) {
  int count = 0;
  for (const CatalogueTopic& topic : catalogue.topics) count = std::max(count, topic.domain + 1);
  return count;
}

// A topic's ability as a sum of rows: its own, or the general and the domain one.
struct Terms {
  std::array<int, 2> row{};
  int count = 0;
};

Terms terms_of(const TopicRows& rows) {
  if (rows.own >= 0) return {{rows.own, 0}, 1};
  return {{general_row, rows.domain}, 2};
}

}  // namespace

double Posterior::mean(int topic) const {
  const Terms terms = terms_of(rows[topic]);
  double sum = 0.0;
  for (int i = 0; i < terms.count; ++i) sum += means[terms.row[i]];
  return sum;
}

double Posterior::covariance(int topic, int other) const {
  const Terms first = terms_of(rows[topic]);
  const Terms second = terms_of(rows[other]);
  double sum = topic == other && rows[topic].own < 0 ? prior_scale * topic_variance : 0.0;
  for (int i = 0; i < first.count; ++i)
    for (int j = 0; j < second.count; ++j) sum += covariances(first.row[i], second.row[j]);
  return sum;
}

double Posterior::covariance_with_row(int topic, int row) const {
  const Terms terms = terms_of(rows[topic]);
  double sum = 0.0;
  for (int i = 0; i < terms.count; ++i) sum += covariances(terms.row[i], row);
  return sum;
}

double Posterior::sd(int topic) const {
  return std::sqrt(covariance(topic, topic));
}

double Posterior::learning_rate_sd() const {
  return std::sqrt(covariances(learning_rate_row, learning_rate_row));
}

Eigen::VectorXd topic_means(const Posterior& posterior) {
  Eigen::VectorXd means(posterior.topics());
  for (int topic = 0; topic < posterior.topics(); ++topic) means[topic] = posterior.mean(topic);
  return means;
}

Eigen::MatrixXd topic_covariance(const Posterior& posterior) {
  Eigen::MatrixXd covariance(posterior.topics(), posterior.topics());
  for (int column = 0; column < posterior.topics(); ++column)
    for (int row = 0; row < posterior.topics(); ++row)
      covariance(row, column) = posterior.covariance(row, column);
  return covariance;
}

Eigen::MatrixXd prior_covariance(const Catalogue& catalogue) {
  return topic_covariance(prior(catalogue, 0.0));
}

Posterior prior(const Catalogue& catalogue, double school_year_mean) {
  const int rows = first_domain_row + domains_of(catalogue);
  Posterior posterior;
  posterior.means = Eigen::VectorXd::Zero(rows);
  posterior.means[general_row] = school_year_mean;
  posterior.covariances = Eigen::MatrixXd::Zero(rows, rows);
  posterior.covariances.diagonal().setConstant(domain_variance);
  posterior.covariances(general_row, general_row) = general_variance;
  posterior.covariances(learning_rate_row, learning_rate_row) = learning_rate_spread * learning_rate_spread;
  for (const CatalogueTopic& topic : catalogue.topics)
    posterior.rows.push_back({.domain = first_domain_row + topic.domain});
  return posterior;
}

// θ_k = general + domain + own part, whose own part nothing has touched: independent of every row so far.
Posterior touched(Posterior posterior, int topic) {
  TopicRows& rows = posterior.rows[topic];
  if (rows.own >= 0) return posterior;
  const double mean = posterior.mean(topic);
  const double variance = posterior.covariance(topic, topic);
  const Eigen::VectorXd across =
      posterior.covariances.col(general_row) + posterior.covariances.col(rows.domain);
  const int row = posterior.dimensions();
  posterior.means.conservativeResize(row + 1);
  posterior.means[row] = mean;
  posterior.covariances.conservativeResize(row + 1, row + 1);
  posterior.covariances.col(row).head(row) = across;
  posterior.covariances.row(row).head(row) = across;
  posterior.covariances(row, row) = variance;
  rows.own = row;
  return posterior;
}

double told_sd(double sd) {
  return std::hypot(sd, beyond_the_model);
}

double told_sd(const Posterior& posterior, int topic) {
  return told_sd(sd_to_tell(posterior, topic));
}

double sd_to_tell(const Posterior& posterior, int topic) {
  return std::sqrt(posterior.covariance(topic, topic) + posterior.unexplained);
}

double mastery(const Posterior& posterior, int topic, double cut) {
  return 0.5 *
         std::erfc((cut - posterior.mean(topic)) / (posterior.sd(topic) * std::numbers::sqrt2));
}

}  // namespace trede::tracking
