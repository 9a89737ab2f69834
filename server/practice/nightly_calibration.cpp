#include "server/practice/nightly_calibration.hpp"

#include <cmath>
#include <fstream>

#include "engine/calibration/growth.hpp"
#include "engine/effects/moves.hpp"
#include "server/limits.hpp"
#include "server/practice/belief.hpp"
#include "server/practice/pupil_state.hpp"
#include "server/protocol/codec.hpp"

namespace trede::practice {
namespace {

// A thousandth of a logit is far below any item's standard error.
constexpr double parameter_tolerance = 1e-3;
constexpr int most_iterations = 200;

enum class Days { BeforeTheLast, All };

Milliseconds first_moment(const SchoolPast& past) {
  Milliseconds first = past.last_day_ms;
  for (const auto& pupil : past.pupils) first = std::min(first, pupil.steps.front().at_ms);
  return first;
}

// Pupils of one school year begin alike: a group for each mean.
int group_of(std::vector<calibration::Group>& groups, double mean) {
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (groups[i].mean == mean) return static_cast<int>(i);
  groups.push_back({mean, 1.0});
  return static_cast<int>(groups.size()) - 1;
}

calibration::GrowthProblem problem_of(const SchoolPast& past, Days days) {
  const ModelPointer before = model_of(past.bank, past.before);
  calibration::GrowthProblem problem;
  problem.groups.clear();
  problem.prior_covariance = tracking::prior_covariance(past.bank->catalogue);
  problem.growth = {.per_answer = effects::practice_guess.mean,
                    .diffusion_per_day = tracking::Drift{}.diffusion_per_day,
                    .diffusion_per_answer = effects::practice_diffusion,
                    .memory_days = tracking::Drift{}.memory_days};
  for (std::size_t i = 0; i < before->items.size(); ++i)
    problem.items.push_back({before->items[i], past.bank->catalogue.items[i].loadings, false});
  const Milliseconds first_ms = first_moment(past);
  for (const auto& pupil : past.pupils) {
    double last = 0;
    for (const auto& step : pupil.steps) {
      if (step.item < 0 || step.rapid || (days == Days::BeforeTheLast && step.at_ms >= past.last_day_ms))
        continue;
      last = std::max(last, static_cast<double>(step.at_ms - first_ms) / milliseconds_a_day);
      problem.people.answers.push_back({step.item, step.right, last});
    }
    problem.people.begins.push_back(problem.people.answers.size());
    problem.people.groups.push_back(group_of(problem.groups, pupil.cohort_mean));
  }
  return problem;
}

calibration::GrowthCalibration estimate(const SchoolPast& past, Days days, int workers) {
  calibration::GrowthOptions options;
  options.tolerance = parameter_tolerance;
  options.iterations = most_iterations;
  options.workers = workers;
  return calibration::calibrate_growth(problem_of(past, days), options);
}

std::vector<tracking::ItemTime> times_of(const SchoolPast& past) {
  std::vector<tracking::ItemTime> times;
  for (const auto& item : past.bank->catalogue.items) times.push_back(tracking::usual_time(item));
  for (const auto& pupil : past.pupils)
    for (const auto& step : pupil.steps) {
      if (step.item < 0 || step.rapid || step.elapsed_ms <= 0) continue;
      auto& item = times[static_cast<std::size_t>(step.item)];
      item = tracking::timed(item, static_cast<double>(step.elapsed_ms) / 1000);
    }
  return times;
}

std::vector<store::LearnedItem> answered_items(const SchoolPast& past,
                                               const calibration::GrowthCalibration& estimated) {
  const auto times = times_of(past);
  std::vector<store::LearnedItem> items;
  for (std::size_t i = 0; i < estimated.items.size(); ++i)
    if (estimated.items[i].answers > 0)
      items.push_back(learned_item(past.bank->items[i].id, estimated.items[i], times[i]));
  return items;
}

double pupil_loss(const PupilPast& pupil, const Model& model, Milliseconds from_ms) {
  double loss = 0;
  Belief belief = new_belief(model, pupil.cohort_mean, pupil.steps.front().at_ms);
  for (const auto& step : pupil.steps) {
    if (step.item < 0) {
      belief = after_video(std::move(belief), model, step.video, step.watched, step.at_ms, pupil.cohort_mean)
                   .belief;
      continue;
    }
    Moved moved = after_exercise(std::move(belief), model,
                                 {.item = step.item, .right = step.right, .rapid = step.rapid}, step.at_ms,
                                 pupil.cohort_mean);
    belief = std::move(moved.belief);
    if (step.at_ms >= from_ms && !step.rapid)
      loss -= std::log(step.right ? moved.predicted : 1.0 - moved.predicted);
  }
  return loss;
}

// Of the last day, every pupil followed from the beginning with the same parameters throughout.
double last_day_loss(const SchoolPast& past, ParametersPointer parameters) {
  const ModelPointer model = model_of(past.bank, std::move(parameters));
  double loss = 0;
  for (const auto& pupil : past.pupils)
    if (pupil.steps.back().at_ms >= past.last_day_ms) loss += pupil_loss(pupil, *model, past.last_day_ms);
  return loss / static_cast<double>(std::max<std::int64_t>(past.last_day_answers, 1));
}

bool is_possible(const store::LearnedItem& item) {
  const double product = item.log_slope_variance * item.difficulty_variance;
  return std::isfinite(item.log_slope) && std::isfinite(item.difficulty) && std::isfinite(product) &&
         std::abs(item.log_slope) <= calibration::furthest_log_slope &&
         std::abs(item.difficulty) <= calibration::furthest_difficulty && item.log_slope_variance > 0 &&
         item.difficulty_variance > 0 && item.covariance * item.covariance < product && item.answers > 0 &&
         std::isfinite(item.log_seconds) && std::isfinite(item.log_seconds_variance) &&
         item.log_seconds_variance > 0;
}

Error invalid(const std::string& what) {
  return {ErrorCode::Invalid, "the result of the calibration " + what};
}

Result<void> check(const NightlyResult& result) {
  const NightlyReport& report = result.report;
  if (static_cast<std::size_t>(report.items) != result.items.size()) return invalid("is cut short");
  if (result.items.empty()) return {};
  if (report.last_day_answers < limits::last_day_answers) return invalid("rests on too few answers");
  if (!(report.log_loss_after < report.log_loss_before)) return invalid("is no improvement");
  for (const auto& item : result.items)
    if (!is_possible(item)) return invalid("has impossible numbers for item " + item.id);
  return {};
}

}  // namespace

NightlyResult calibrate_night(const SchoolPast& past, int workers) {
  NightlyResult result;
  NightlyReport& report = result.report;
  report.day = date_of(past.last_day_ms);
  report.through = past.through;
  report.answers = past.answers;
  report.last_day_answers = past.last_day_answers;
  if (past.last_day_answers < limits::last_day_answers || past.last_day_answers == past.answers)
    return result;

  const auto tried = estimate(past, Days::BeforeTheLast, workers);
  report.iterations = tried.iterations;
  report.converged = tried.converged;
  const auto items = answered_items(past, tried);
  Parameters candidate = *past.before_last_day;
  for (const auto& item : items) candidate.items[item.id] = item;
  report.log_loss_before = last_day_loss(past, past.before_last_day);
  report.log_loss_after = last_day_loss(past, std::make_shared<const Parameters>(std::move(candidate)));
  if (!(report.log_loss_after < report.log_loss_before)) return result;
  result.items = answered_items(past, estimate(past, Days::All, workers));
  report.items = static_cast<std::int64_t>(result.items.size());
  return result;
}

Result<void> write_result(const NightlyResult& result, const std::filesystem::path& file) {
  std::ofstream stream(file, std::ios::binary);
  stream << protocol::encode_plain(result.report) << '\n';
  store::ParametersPublished version;
  version.items = result.items;
  for (const auto& part : parts_of(std::move(version))) stream << protocol::encode_plain(part) << '\n';
  stream.flush();
  if (stream) return {};
  return Error{ErrorCode::Unavailable, "cannot write " + file.string()};
}

Result<NightlyResult> read_result(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  NightlyResult result;
  std::string line;
  if (!std::getline(stream, line)) return invalid("is not there");
  const auto report = protocol::decode<NightlyReport>(line);
  if (report.has_error()) return invalid("cannot be read: " + report.error().detail);
  result.report = *report;
  while (std::getline(stream, line)) {
    const auto part = protocol::decode<store::ParametersPublished>(line);
    if (part.has_error()) return invalid("cannot be read: " + part.error().detail);
    result.items.insert(result.items.end(), part->items.begin(), part->items.end());
    if (result.items.size() > limits::nightly_items) return invalid("is too long");
  }
  if (const auto checked = check(result); checked.has_error()) return checked.error();
  return result;
}

}  // namespace trede::practice
