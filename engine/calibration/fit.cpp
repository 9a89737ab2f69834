#include "engine/calibration/fit.hpp"

#include <algorithm>
#include <cmath>

#include "engine/calibration/fit_prediction.hpp"
#include "engine/calibration/sx2.hpp"
#include "engine/parallel/parallel_for.hpp"

namespace trede::calibration {

namespace {

// Estimating the guessing or more thresholds takes hardly more out of the predictive chi-square than
// estimating level and slope of the curve of expected scores does (docs/MODEL.md).
constexpr int most_bending_parameters = 2;

PredictedAnswer predicted(const ItemCurves& item, const Eigen::ArrayXd& belief, int observed) {
  const Eigen::Index categories = item.probability.cols();
  if (categories == 2) {
    const double p = std::clamp((belief * item.probability.col(1)).sum(), 1e-12, 1.0 - 1e-12);
    return predicted_answer(observed == 1, p);
  }
  const Eigen::ArrayXd p = (item.probability.matrix().transpose() * belief.matrix()).array();
  const Eigen::ArrayXd scores =
      Eigen::ArrayXd::LinSpaced(categories, 0.0, static_cast<double>(categories - 1));
  const double expected = (p * scores).sum();
  return {.observed = static_cast<double>(observed),
          .expected = expected,
          .variance = std::max((p * (scores - expected).square()).sum(), 1e-12),
          .fourth_moment = (p * (scores - expected).square().square()).sum()};
}

// What is kept of each prediction until its item's turn comes.
struct Expectation {
  double mean = 0.0;
  double variance = 0.0;
};

struct Predictions {
  std::vector<ResidualSums> items;
  std::vector<Expectation> responses;  // in the order of table.responses
};

Predictions predict(const ResponseTable& table, const Curves& curves, const FitOptions& options) {
  const int blocks = blocks_of(table);
  std::vector<std::vector<ResidualSums>> sums(static_cast<std::size_t>(blocks));
  Predictions result{std::vector<ResidualSums>(curves.items.size()),
                     std::vector<Expectation>(table.responses.size())};
  parallel_for(blocks, options.workers, [&](int block) {
    std::vector<ResidualSums>& own = sums[static_cast<std::size_t>(block)];
    own.resize(curves.items.size());
    const int end = std::min(table.people(), (block + 1) * people_per_block);
    for (int person = block * people_per_block; person < end; ++person) {
      for_each_prediction(table, person, curves, options.predict_from,
                          [&](std::size_t number, const auto& belief) {
                            const Response& response = table.responses[number];
                            const auto item = static_cast<std::size_t>(response.item);
                            PredictedAnswer answer = predicted(curves.items[item], belief, response.category);
                            answer.weight = table.weight(person);
                            own[item].add(answer);
                            result.responses[number] = {answer.expected, answer.variance};
                          });
    }
  });
  for (const auto& own : sums)
    for (std::size_t item = 0; item < own.size(); ++item) result.items[item].add(own[item]);
  return result;
}

// Numbers of the responses to each item, one after the other; item i has order[begins[i]] … order[begins[i +
// 1] − 1].
struct ByItem {
  std::vector<std::size_t> begins;
  std::vector<std::size_t> order;
};

ByItem by_item(const ResponseTable& table) {
  ByItem result{std::vector<std::size_t>(static_cast<std::size_t>(table.items()) + 1, 0),
                std::vector<std::size_t>(table.responses.size())};
  for (const Response& response : table.responses)
    ++result.begins[static_cast<std::size_t>(response.item) + 1];
  for (std::size_t i = 1; i < result.begins.size(); ++i) result.begins[i] += result.begins[i - 1];
  std::vector<std::size_t> next(result.begins.begin(), result.begins.end() - 1);
  for (std::size_t number = 0; number < table.responses.size(); ++number)
    result.order[next[static_cast<std::size_t>(table.responses[number].item)]++] = number;
  return result;
}

double weight_of(const ResponseTable& table, std::size_t number) {
  if (table.weights.empty()) return 1.0;
  const auto after = std::upper_bound(table.begins.begin(), table.begins.end(), number);
  return table.weights[static_cast<std::size_t>(after - table.begins.begin()) - 1];
}

std::vector<PredictedAnswer> answers_to(std::size_t item, const ByItem& index, const ResponseTable& table,
                                        const Predictions& predictions) {
  std::vector<PredictedAnswer> answers;
  answers.reserve(index.begins[item + 1] - index.begins[item]);
  for (std::size_t i = index.begins[item]; i < index.begins[item + 1]; ++i) {
    const std::size_t number = index.order[i];
    const Expectation& expectation = predictions.responses[number];
    answers.push_back({.observed = static_cast<double>(table.responses[number].category),
                       .expected = expectation.mean,
                       .variance = expectation.variance,
                       .weight = weight_of(table, number)});
  }
  return answers;
}

}  // namespace

bool ItemFit::misfits() const {
  const auto outside = [](const MeanSquare& ms) {
    return (ms.value < 0.7 || ms.value > 1.3) && std::abs(ms.t) > 2.0;
  };
  return outside(infit) || outside(outfit);
}

Fit fit_of(const ResponseTable& table, const std::vector<Item>& items, const std::vector<Group>& groups,
           const FitOptions& options) {
  const Curves curves = curves_of(table, items, groups, options.nodes, options.range);
  const Predictions predictions = predict(table, curves, options);
  const auto exact = s_x2(table, curves, options.free_parameters);
  const ByItem index = by_item(table);
  Fit fit{std::vector<ItemFit>(items.size()), dependence_of(table, curves)};
  parallel_for(table.items(), options.workers, [&](int number) {
    const auto item = static_cast<std::size_t>(number);
    const ResidualSums& sums = predictions.items[item];
    const int free = options.free_parameters.empty() ? 0 : options.free_parameters[item];
    fit.items[item] = {.answers = sums.answers(),
                       .infit = sums.infit(),
                       .outfit = sums.outfit(),
                       .predictive = predictive_chi_square(answers_to(item, index, table, predictions),
                                                           std::min(free, most_bending_parameters)),
                       .sx2 = exact[item]};
  });
  return fit;
}

std::vector<int> free_parameters(const ResponseTable& table, const Options& options) {
  const auto items = static_cast<std::size_t>(table.items());
  std::vector<int> free(items);
  for (std::size_t item = 0; item < items; ++item) {
    if (!options.anchors.empty() && options.anchors[item]) continue;
    switch (options.model) {
      case Model::OnePl:
        free[item] = 1;
        break;
      case Model::TwoPl:
        free[item] = 2;
        break;
      case Model::ThreePl:
        free[item] = 3;
        break;
      case Model::Gpcm:
        free[item] = table.categories[item];
        break;
    }
  }
  return free;
}

}  // namespace trede::calibration
