#include "server/commands/calibration_growth.hpp"

#include <algorithm>
#include <cmath>

#include "engine/calibration/growth.hpp"

namespace trede::commands {
namespace {

using calibration::GrowingItem;
using calibration::GrowthProblem;

constexpr double seconds_a_day = 86'400.0;
constexpr double start_diffusion_per_day = 0.0005;  // the tracker's own (docs/MODEL.md §3)
constexpr double start_diffusion_per_answer = 0.003;
// Wide: they hold an item that few answered, and move one that a hundred did by hardly anything.
constexpr double log_slope_mean = 0.2;
constexpr double log_slope_sd = 0.5;
constexpr double difficulty_sd = 2.0;

bool counts_answers(const tables::Answers& answers) {
  const calibration::ResponseTable& table = answers.table;
  for (std::size_t person = 0; person + 1 < table.begins.size(); ++person)
    for (std::size_t i = table.begins[person]; i < table.begins[person + 1]; ++i)
      if (answers.times[i] != static_cast<double>(i - table.begins[person])) return false;
  return true;
}

GrowingItem growing_item(const std::optional<calibration::Item>& anchor) {
  GrowingItem item;
  item.anchor = anchor.has_value();
  item.prior.log_slope = anchor ? std::log(anchor->slope) : log_slope_mean;
  item.prior.difficulty = anchor ? anchor->difficulty() : 0.0;
  item.prior.guessing = anchor ? anchor->guessing : 0.0;
  item.prior.covariance =
      Eigen::Vector2d(log_slope_sd * log_slope_sd, difficulty_sd * difficulty_sd).asDiagonal();
  return item;
}

GrowthProblem problem_of(const tables::Answers& answers,
                         const std::vector<std::optional<calibration::Item>>& anchors, bool clock) {
  GrowthProblem problem;
  for (std::size_t item = 0; item < answers.items.size(); ++item)
    problem.items.push_back(growing_item(anchors.empty() ? std::nullopt : anchors[item]));
  const double first = *std::min_element(answers.times.begin(), answers.times.end());
  problem.people.begins = answers.table.begins;
  for (std::size_t i = 0; i < answers.table.responses.size(); ++i) {
    const calibration::Response response = answers.table.responses[i];
    const double days = clock ? (answers.times[i] - first) / seconds_a_day : 0.0;
    problem.people.answers.push_back({response.item, response.category == 1, days});
  }
  problem.trend = true;
  problem.growth.diffusion_per_day = clock ? start_diffusion_per_day : 0.0;
  problem.growth.diffusion_per_answer = clock ? 0.0 : start_diffusion_per_answer;
  return problem;
}

// Of a = exp(ln a), b and d = −a b, by the delta method.
calibration::ItemErrors errors_of(const calibration::OnlineItem& item) {
  const double a = item.slope();
  const Eigen::Vector2d along(-a * item.difficulty, -a);
  return {.slope = a * item.log_slope_sd(),
          .difficulty = item.difficulty_sd(),
          .intercept = std::sqrt(along.dot(item.covariance * along))};
}

}  // namespace

GrowthOutcome calibrate_with_growth(const tables::Answers& answers, const CalibrationRequest& request,
                                    const std::vector<std::optional<calibration::Item>>& anchors) {
  const bool clock = !counts_answers(answers);
  const bool anchored = std::any_of(anchors.begin(), anchors.end(), [](const auto& each) { return each; });
  const auto fitted = calibration::calibrate_growth(
      problem_of(answers, anchors, clock),
      {.slopes = request.model == calibration::Model::OnePl ? calibration::Slopes::Common
                                                            : calibration::Slopes::Free,
       .per_day = clock,
       .per_answer = !clock,
       .diffusion_per_day = clock,
       .diffusion_per_answer = !clock,
       .groups = anchored,
       .workers = request.workers});
  GrowthOutcome outcome;
  calibration::Calibration& calibration = outcome.calibration;
  for (std::size_t i = 0; i < fitted.items.size(); ++i) {
    const calibration::OnlineItem& item = fitted.items[i];
    const bool fixed_item = !anchors.empty() && anchors[i];
    const double a = item.slope();
    calibration.items.push_back({a, -a * item.difficulty, item.guessing});
    calibration.errors.push_back(fixed_item ? calibration::ItemErrors{} : errors_of(item));
    calibration.treatments.push_back(fixed_item ? calibration::Treatment::Anchored
                                                : calibration::Treatment::Estimated);
  }
  calibration.groups = fitted.groups;
  calibration.log_likelihood = fitted.log_likelihood;
  calibration.penalised_log_likelihood = fitted.penalised_log_likelihood;
  calibration.iterations = fitted.iterations;
  calibration.converged = fitted.converged;
  outcome.growth = {.per_day = fitted.growth.per_day,
                    .se_per_day = fitted.growth_errors.per_day,
                    .diffusion_per_day = fitted.growth.diffusion_per_day,
                    .per_answer = fitted.growth.per_answer,
                    .se_per_answer = fitted.growth_errors.per_answer,
                    .diffusion_per_answer = fitted.growth.diffusion_per_answer,
                    .clock = clock};
  return outcome;
}

}  // namespace trede::commands
