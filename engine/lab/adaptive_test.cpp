#include "engine/lab/adaptive_test.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

#include "engine/irt/dichotomous.hpp"

namespace trede::lab {
namespace {

constexpr int lanes = 8;                      // no machine adds more doubles at once
constexpr double largest_z = 700.0;           // exp stays finite
constexpr double least_probability = 1e-100;  // two answers against all expectation leave a belief
constexpr double excluded = -1.0;             // below every gain

class Accumulator {
 public:
  void add(const TestResult& result, double truth) {
    const double miss = result.ability - truth;
    ++tests_;
    length_ += static_cast<double>(result.items.size());
    miss_ += miss;
    square_ += miss * miss;
  }
  TestAccuracy mean() const {
    return {tests_, length_ / tests_, miss_ / tests_, std::sqrt(square_ / tests_)};
  }

 private:
  int tests_ = 0;
  double length_ = 0.0;
  double miss_ = 0.0;
  double square_ = 0.0;
};

}  // namespace

AdaptiveTest::AdaptiveTest(std::span<const ItemParameters> bank, const TestRules& rules)
    : rules_(rules), items_(static_cast<int>(bank.size())) {
  assert(!bank.empty() && rules.nodes >= 2);
  const Eigen::Index padded = (items_ + lanes - 1) / lanes * lanes;
  slopes_ = Eigen::ArrayXd::Zero(padded);
  difficulties_ = Eigen::ArrayXd::Zero(padded);
  guessing_ = Eigen::ArrayXd::Zero(padded);
  nodes_ = Eigen::ArrayXd::LinSpaced(rules.nodes, -rules.range, rules.range);
  right_ = Eigen::ArrayXXd::Constant(rules.nodes, padded, 0.5);
  wrong_ = right_;
  for (int j = 0; j < items_; ++j) {
    const ItemParameters& item = bank[static_cast<std::size_t>(j)];
    slopes_[j] = item.slope;
    difficulties_[j] = item.difficulty;
    guessing_[j] = item.guessing;
    for (int q = 0; q < rules.nodes; ++q) {
      const double z = item.slope * (nodes_[q] - item.difficulty);
      right_(q, j) = std::max(least_probability, irt::probability(z, irt::asymptotes_of(item)));
      wrong_(q, j) = std::max(least_probability, irt::failure_probability(z, irt::asymptotes_of(item)));
    }
  }
}

AdaptiveTest::Belief AdaptiveTest::prior() const {
  Belief belief;
  belief.posterior = (-0.5 * nodes_.square()).exp();
  summarise(belief);
  return belief;
}

// From weights that sum to anything.
void AdaptiveTest::summarise(Belief& belief) const {
  belief.posterior /= belief.posterior.sum();
  belief.mean = (belief.posterior * nodes_).sum();
  belief.sd = std::sqrt((belief.posterior * (nodes_ - belief.mean).square()).sum());
}

Eigen::ArrayXd AdaptiveTest::information(double ability) const {
  const Eigen::ArrayXd odds =  // (1 − s) / s
      (slopes_ * (difficulties_ - ability)).max(-largest_z).min(largest_z).exp();
  const Eigen::ArrayXd s = 1.0 / (1.0 + odds);
  return slopes_.square() * (1.0 - guessing_) * odds * s * s / (1.0 + guessing_ * odds);
}

Eigen::ArrayXd AdaptiveTest::variance_removed(const Belief& belief) const {
  const Eigen::VectorXd centred = belief.posterior * (nodes_ - belief.mean);
  const Eigen::ArrayXd p = right_.matrix().transpose() * belief.posterior.matrix();
  const Eigen::ArrayXd s = right_.matrix().transpose() * centred;
  return s.square() / (p * (1.0 - p)).max(least_probability);
}

TestResult AdaptiveTest::replay(std::span<const std::uint8_t> answers) const {
  assert(answers.size() == static_cast<std::size_t>(items_));
  Eigen::Array<bool, Eigen::Dynamic, 1> open(slopes_.size());
  for (int j = 0; j < open.size(); ++j) open[j] = j < items_ && answers[static_cast<std::size_t>(j)] <= 1;
  TestResult result;
  Belief belief = prior();
  result.error = belief.sd;
  Eigen::ArrayXd at_mean = information(rules_.start);
  while (open.any()) {
    const bool by_variance = rules_.selection == ItemSelection::ExpectedVariance;
    Eigen::Index next = 0;
    open.select(by_variance ? variance_removed(belief) : at_mean, excluded).maxCoeff(&next);
    open[next] = false;
    result.items.push_back(static_cast<int>(next));
    belief.posterior *= (answers[static_cast<std::size_t>(next)] == 1 ? right_ : wrong_).col(next);
    summarise(belief);
    at_mean = information(belief.mean);
    double given = 0.0;
    for (const int item : result.items) given += at_mean[item];
    result.error = rules_.stop == StopRule::PosteriorSd ? belief.sd
                                                        : 1.0 / std::sqrt(std::max(given, least_probability));
    if (result.error <= rules_.stop_error) break;
  }
  result.ability = belief.mean;
  return result;
}

AccuracyReport accuracy(std::span<const TestResult> results, std::span<const double> truths) {
  assert(results.size() == truths.size());
  AccuracyReport report;
  if (results.empty()) return report;
  Accumulator overall;
  std::map<double, Accumulator> bands;
  for (std::size_t i = 0; i < results.size(); ++i) {
    overall.add(results[i], truths[i]);
    bands[std::floor(truths[i])].add(results[i], truths[i]);
  }
  report.overall = overall.mean();
  for (const auto& [from, band] : bands) report.bands.push_back({from, from + 1.0, band.mean()});
  return report;
}

}  // namespace trede::lab
