#include "engine/calibration/scoring_grid.hpp"

#include <algorithm>

#include "engine/calibration/scoring_terms.hpp"

namespace trede::calibration {
ScoringGrid::ScoringGrid(const ResponseTable& table, std::span<const Item> items,
                         const ScoringOptions& options, bool with_derivatives)
    : nodes_(Eigen::ArrayXd::LinSpaced(options.nodes, -options.range, options.range)),
      step_(2.0 * options.range / (options.nodes - 1)) {
  Eigen::Index columns = 0;
  for (const int categories : table.categories) {
    firsts_.push_back(columns);
    columns += categories;
  }
  log_probability_.resize(options.nodes, columns);
  if (with_derivatives)
    for (Eigen::ArrayXXd* each : {&slope_, &information_, &skewness_}) each->resize(options.nodes, columns);
  for (std::size_t item = 0; item < items.size(); ++item)
    for (int category = 0; category < table.categories[item]; ++category)
      for (Eigen::Index q = 0; q < nodes_.size(); ++q) {
        const Eigen::Index to = firsts_[item] + category;
        log_probability_(q, to) = log_probability(items[item], category, nodes_[q]);
        if (!with_derivatives) continue;
        const ScoringTerms terms = scoring_terms(items[item], category, nodes_[q]);
        slope_(q, to) = terms.slope;
        information_(q, to) = terms.information;
        skewness_(q, to) = terms.skewness;
      }
}

Eigen::ArrayXd ScoringGrid::log_prior(const Group& group) const {
  return -0.5 * ((nodes_ - group.mean) / group.sd).square();
}

void ScoringGrid::add_log_likelihood(std::span<const Response> answers, Eigen::ArrayXd& sum) const {
  // Four at a time: the running sum is read and written a quarter as often.
  std::size_t i = 0;
  for (; i + 4 <= answers.size(); i += 4)
    sum += (log_probability_.col(column(answers[i])) + log_probability_.col(column(answers[i + 1]))) +
           (log_probability_.col(column(answers[i + 2])) + log_probability_.col(column(answers[i + 3])));
  for (; i < answers.size(); ++i) sum += log_probability_.col(column(answers[i]));
}

Eigen::ArrayXd ScoringGrid::warm_slope(std::span<const Response> answers) const {
  Eigen::ArrayXd slope = Eigen::ArrayXd::Zero(nodes_.size());
  Eigen::ArrayXd information = slope;
  Eigen::ArrayXd skewness = slope;
  for (const Response answer : answers) {
    slope += slope_.col(column(answer));
    information += information_.col(column(answer));
    skewness += skewness_.col(column(answer));
  }
  return slope + 0.5 * skewness / information.max(least_information);
}

}  // namespace trede::calibration
