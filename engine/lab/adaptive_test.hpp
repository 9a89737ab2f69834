// An adaptive test replayed on answers that are fixed beforehand, so that any program can be compared item by
// item: which exercise comes next, what is believed after each answer, when the test ends. Pure; any thread.
//   P_j(θ) = c + (1 − c) s(a (θ − b)),   θ̂ = posterior mean under N(0, 1) on equally spaced nodes
//   MaximumInformation   next = argmax_j I_j(θ̂),  I = a² (1 − c) s(z) s(−z) s(z) / P     (Lord 1980)
//   ExpectedVariance     next = argmin_j E Var(θ | answers, y_j)                          (Owen 1975)
// With p = E P_j under the posterior and S = E (θ − θ̂) P_j, the variance expected after item j is
//   E Var = Var − S² / (p (1 − p)),
// so one product of the posterior with the table of P_j finds the least. Of equals the first item is taken.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/catalogue/catalogue.hpp"

namespace trede::lab {

enum class ItemSelection { MaximumInformation, ExpectedVariance };
enum class StopRule {
  PosteriorSd,  // standard deviation of the posterior ≤ stop_error
  Information   // 1 / √Σ I(θ̂) of the items given ≤ stop_error
};

struct TestRules {
  ItemSelection selection = ItemSelection::MaximumInformation;
  StopRule stop = StopRule::PosteriorSd;
  double stop_error = 0.3;
  double start = 0.0;  // the ability at which the first item is chosen by information
  int nodes = 61;      // on ±range
  double range = 6.0;
};

struct TestResult {
  std::vector<int> items;  // in order of administration
  double ability = 0.0;    // θ̂ at the end
  double error = 0.0;      // by the stop rule
};

// A bank laid out for the replay. Immutable.
class AdaptiveTest {
 public:
  // Preconditions: not empty, slopes > 0, 0 ≤ guessing < 1, rules.nodes ≥ 2.
  AdaptiveTest(std::span<const ItemParameters> bank, const TestRules& rules);

  int items() const { return items_; }

  // answers: 1 right, 0 wrong, anything else = this item was never answered and is not given. Ends by the
  // rule or when no item is left. Precondition: answers.size() == items().
  TestResult replay(std::span<const std::uint8_t> answers) const;

 private:
  struct Belief {
    Eigen::ArrayXd posterior;  // over the nodes, sums to one
    double mean = 0.0;
    double sd = 0.0;
  };

  Belief prior() const;
  void summarise(Belief& belief) const;
  Eigen::ArrayXd information(double ability) const;             // of every item
  Eigen::ArrayXd variance_removed(const Belief& belief) const;  // S² / (p (1 − p)) of every item

  TestRules rules_;
  int items_ = 0;
  // Padded to whole vectors with items that tell nothing, so that equal items get equal numbers.
  Eigen::ArrayXd slopes_;
  Eigen::ArrayXd difficulties_;
  Eigen::ArrayXd guessing_;
  Eigen::ArrayXd nodes_;
  Eigen::ArrayXXd right_;  // P: nodes × items
  Eigen::ArrayXXd wrong_;  // 1 − P
};

// How far the results of many tests lie from the truth.
struct TestAccuracy {
  int tests = 0;
  double mean_length = 0.0;
  double bias = 0.0;  // mean of θ̂ − θ
  double rmse = 0.0;
};
struct AccuracyBand {
  double from = 0.0;  // ≤ θ < to
  double to = 0.0;
  TestAccuracy accuracy;
};
struct AccuracyReport {
  TestAccuracy overall;
  std::vector<AccuracyBand> bands;  // one logit wide, ascending, none empty
};

// Precondition: as many results as truths.
AccuracyReport accuracy(std::span<const TestResult> results, std::span<const double> truths);

}  // namespace trede::lab
