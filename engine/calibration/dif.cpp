#include "engine/calibration/dif.hpp"

#include <algorithm>
#include <cmath>

#include "engine/calibration/fit_prediction.hpp"
#include "engine/parallel/parallel_for.hpp"

namespace trede::calibration {

namespace {

// A flat item has no difficulty to shift; this keeps its numbers finite.
constexpr double least_slope = 1e-6;

struct ScoreSums {
  double answers = 0.0;
  double score = 0.0;        // S
  double information = 0.0;  // I

  void add(const ScoreSums& others) {
    answers += others.answers;
    score += others.score;
    information += others.information;
  }
};

ScoreSums score_of(const ItemCurves& item, const Eigen::ArrayXd& belief, int observed) {
  ScoreSums sums{.answers = 1.0};
  for (Eigen::Index k = 0; k < item.probability.cols(); ++k) {
    const double p = std::max((belief * item.probability.col(k)).sum(), 1e-12);
    const double slope = (belief * item.slope.col(k)).sum();
    if (k == observed) sums.score = slope / p;
    sums.information += slope * slope / p;
  }
  return sums;
}

// sums[item × groups + group]
using Scores = std::vector<ScoreSums>;

void score_person(const ResponseTable& table, int person, const Curves& curves, const DifOptions& options,
                  Scores& sums) {
  const auto answered = static_cast<int>(table.of(person).size());
  int before = 0;
  for_each_prediction(
      table, person, curves, options.predict_from, [&](std::size_t number, const Eigen::ArrayXd& belief) {
        const int known = options.predict_from == PredictFrom::EarlierAnswers ? before : answered - 1;
        ++before;
        if (known < options.least_answers) return;
        const Response& response = table.responses[number];
        const auto item = static_cast<std::size_t>(response.item);
        ScoreSums score = score_of(curves.items[item], belief, response.category);
        const double weight = table.weight(person);
        score = {weight, weight * score.score, weight * score.information};
        sums[item * curves.groups.size() + static_cast<std::size_t>(table.group(person))].add(score);
      });
}

Scores scores_of(const ResponseTable& table, const Curves& curves, const DifOptions& options) {
  const int blocks = blocks_of(table);
  const std::size_t cells = curves.items.size() * curves.groups.size();
  std::vector<Scores> parts(static_cast<std::size_t>(blocks));
  parallel_for(blocks, options.workers, [&](int block) {
    Scores& own = parts[static_cast<std::size_t>(block)];
    own.resize(cells);
    const int end = std::min(table.people(), (block + 1) * people_per_block);
    for (int person = block * people_per_block; person < end; ++person)
      score_person(table, person, curves, options, own);
  });
  Scores sums(cells);
  for (const Scores& own : parts)
    for (std::size_t i = 0; i < cells; ++i) sums[i].add(own[i]);
  return sums;
}

Dif compared(const ScoreSums& group, const ScoreSums& others, double slope, DifAgainst against) {
  Dif dif;
  if (group.information <= 0.0) return dif;
  double shift = group.score / group.information;
  double variance = 1.0 / group.information;
  if (against == DifAgainst::OtherGroups) {
    if (others.information <= 0.0) return dif;
    shift -= others.score / others.information;
    variance += 1.0 / others.information;
  }
  dif.answers = group.answers;
  const double per_logit = std::max(std::abs(slope), least_slope);
  dif.shift = -shift / per_logit;
  dif.standard_error = std::sqrt(variance) / per_logit;
  dif.z = dif.shift / dif.standard_error;
  dif.p = std::erfc(std::abs(dif.z) / std::sqrt(2.0));
  return dif;
}

}  // namespace

std::vector<std::vector<Dif>> dif_of(const ResponseTable& table, const std::vector<Item>& items,
                                     const std::vector<Group>& groups, const DifOptions& options) {
  const Curves curves = curves_of(table, items, groups, options.nodes, options.range);
  const Scores sums = scores_of(table, curves, options);
  std::vector<std::vector<Dif>> result(items.size(), std::vector<Dif>(groups.size()));
  for (std::size_t item = 0; item < items.size(); ++item) {
    for (std::size_t group = 0; group < groups.size(); ++group) {
      ScoreSums others;
      for (std::size_t other = 0; other < groups.size(); ++other)
        if (other != group) others.add(sums[item * groups.size() + other]);
      result[item][group] =
          compared(sums[item * groups.size() + group], others, items[item].slope, options.against);
    }
  }
  return result;
}

}  // namespace trede::calibration
