#include "engine/prediction/selection.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

#include "engine/prediction/duplicates.hpp"
#include "engine/prediction/metrics.hpp"

namespace trede::prediction {
namespace {

constexpr std::array<double, 3> item_widths = {0.8, 1.1, 0.55};  // the first is the usual one
constexpr int first_iterations = 100, trial_iterations = 25, last_iterations = 60;

std::vector<int> without(const std::vector<int>& pupils, const std::vector<int>& left_out) {
  std::vector<int> rest;
  std::set_difference(pupils.begin(), pupils.end(), left_out.begin(), left_out.end(),
                      std::back_inserter(rest));
  return rest;
}

std::vector<std::uint8_t> answers_of(const ResponseLog& log, const std::vector<int>& pupils) {
  std::vector<std::uint8_t> correct;
  for (const int pupil : pupils) {
    const auto at = static_cast<std::size_t>(pupil);
    correct.insert(correct.end(), log.correct.begin() + static_cast<std::ptrdiff_t>(log.pupil_begins[at]),
                   log.correct.begin() + static_cast<std::ptrdiff_t>(log.pupil_begins[at + 1]));
  }
  return correct;
}

FitOptions options_for(const SelectionOptions& options, const Widths& widths, int iterations,
                       const char* stage) {
  FitOptions how;
  how.widths = widths;
  how.iterations = iterations;
  how.workers = options.workers;
  if (options.progress)
    how.report = [progress = options.progress, iterations, stage](int iteration, double) {
      progress(stage, static_cast<double>(iteration) / iterations);
    };
  return how;
}

// The other half is the chance of which pupils validate: over folds of training pupils the whole curve helped three
// times and harmed once, the half never harmed.
LogitCorrection half_of(LogitCorrection correction) {
  correction.scale = 0.5 * (1.0 + correction.scale);
  correction.bend *= 0.5;
  return correction;
}

// What the validation pupils decided, and from where the last fit may start.
struct Choice {
  std::vector<double> parameters;
  LogitCorrection correction;
};

// Tries the widths in turn, each from the best parameters so far.
Choice choose(const ResponseLog& log, const std::vector<int>& fitting, const std::vector<int>& validation,
              const SelectionOptions& options, Selection& selection) {
  const std::vector<std::uint8_t> correct = answers_of(log, validation);
  Choice best;
  double least = 0.0;
  for (const double width : item_widths) {
    const bool first = best.parameters.empty();
    FitOptions how = options_for(options, {width}, first ? first_iterations : trial_iterations,
                                 "choosing on the validation pupils");
    how.start = best.parameters;
    const Model model = fit(log, fitting, how);
    const std::vector<double> probabilities = predict(log, validation, model, options.workers);
    const double loss = measure(probabilities, correct).log_loss;
    selection.trials.push_back({{width}, loss});
    if (!first && loss >= least) continue;
    least = loss;
    best = {model.parameters, half_of(fit_correction(probabilities, correct))};
    selection.widths = {width};
  }
  return best;
}

}  // namespace

Selection select_and_fit(const ResponseLog& log, const Split& split, const SelectionOptions& options) {
  Selection selection;
  selection.duplicates = duplicates(log, split.training());
  const std::vector<int> fitting = without(split.fitting, selection.duplicates);
  const std::vector<int> validation = without(split.validation, selection.duplicates);
  assert(!fitting.empty() || !validation.empty());
  Choice choice;
  if (!fitting.empty() && !validation.empty()) choice = choose(log, fitting, validation, options, selection);
  FitOptions how =
      options_for(options, selection.widths, choice.parameters.empty() ? first_iterations : last_iterations,
                  "fitting to all training pupils");
  how.start = choice.parameters;
  selection.model = fit(log, without(split.training(), selection.duplicates), how);
  selection.model.correction = choice.correction;
  return selection;
}

}  // namespace trede::prediction
