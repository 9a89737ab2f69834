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
constexpr int first_iterations = 100, trial_iterations = 25, fold_iterations = 30, last_iterations = 60;
constexpr std::size_t folds = 3;  // of the fitting pupils, to predict each of them without themselves

std::vector<int> without(const std::vector<int>& pupils, const std::vector<int>& left_out) {
  std::vector<int> rest;
  std::set_difference(pupils.begin(), pupils.end(), left_out.begin(), left_out.end(),
                      std::back_inserter(rest));
  return rest;
}

// Of some pupils, one after the other: what was predicted of them by a model fitted without them, and what came.
struct Predicted {
  std::vector<double> probabilities;
  std::vector<std::uint8_t> correct;
  std::vector<std::size_t> begins = {0};
};

void add(const ResponseLog& log, const std::vector<int>& pupils, const std::vector<double>& probabilities,
         Predicted& predicted) {
  predicted.probabilities.insert(predicted.probabilities.end(), probabilities.begin(), probabilities.end());
  for (const int pupil : pupils) {
    const auto at = static_cast<std::size_t>(pupil);
    predicted.correct.insert(predicted.correct.end(),
                             log.correct.begin() + static_cast<std::ptrdiff_t>(log.pupil_begins[at]),
                             log.correct.begin() + static_cast<std::ptrdiff_t>(log.pupil_begins[at + 1]));
    predicted.begins.push_back(predicted.correct.size());
  }
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

// What the validation pupils decided: from where further fits start, and how these pupils were predicted.
struct Choice {
  std::vector<double> parameters;
  Predicted validation;
};

// Tries the widths in turn, each from the best parameters so far.
Choice choose(const ResponseLog& log, const std::vector<int>& fitting, const std::vector<int>& validation,
              const SelectionOptions& options, Selection& selection) {
  Choice best;
  double least = 0.0;
  for (const double width : item_widths) {
    const bool first = best.parameters.empty();
    FitOptions how = options_for(options, {width}, first ? first_iterations : trial_iterations,
                                 "choosing on the validation pupils");
    how.start = best.parameters;
    const Model model = fit(log, fitting, how);
    Predicted predicted;
    add(log, validation, predict(log, validation, model, options.workers), predicted);
    const double loss = measure(predicted.probabilities, predicted.correct).log_loss;
    selection.trials.push_back({{width}, loss});
    if (!first && loss >= least) continue;
    least = loss;
    best = {model.parameters, std::move(predicted)};
    selection.widths = {width};
  }
  return best;
}

// Fits without a third of the fitting pupils in turn and predicts those, so that every training pupil has a say. These
// fits start where pupils of theirs were seen; after 30 steps the curve is that of fits from nothing.
LogitCorrection correction_of(const ResponseLog& log, const Split& split, const Selection& selection,
                              Choice choice, const SelectionOptions& options) {
  const std::vector<int> training = split.training();
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<int> held_out;
    for (std::size_t i = fold; i < split.fitting.size(); i += folds) held_out.push_back(split.fitting[i]);
    const std::vector<int> others = without(training, held_out);
    if (held_out.empty() || others.empty()) continue;
    FitOptions how = options_for(options, selection.widths, fold_iterations, "correcting across the pupils");
    how.start = choice.parameters;
    const Model model = fit(log, without(others, duplicates(log, others)), how);
    add(log, held_out, predict(log, held_out, model, options.workers), choice.validation);
  }
  const Predicted& predicted = choice.validation;
  return fit_correction(predicted.probabilities, predicted.correct, predicted.begins);
}

}  // namespace

Selection select_and_fit(const ResponseLog& log, const Split& split, const SelectionOptions& options) {
  Selection selection;
  selection.duplicates = duplicates(log, split.training());
  const std::vector<int> fitting = without(split.fitting, duplicates(log, split.fitting));
  assert(!split.fitting.empty() || !split.validation.empty());
  Choice choice;
  if (!fitting.empty() && !split.validation.empty())
    choice = choose(log, fitting, split.validation, options, selection);
  FitOptions how =
      options_for(options, selection.widths, choice.parameters.empty() ? first_iterations : last_iterations,
                  "fitting to all training pupils");
  how.start = choice.parameters;
  selection.model = fit(log, without(split.training(), selection.duplicates), how);
  if (!choice.parameters.empty())
    selection.model.correction = correction_of(log, split, selection, std::move(choice), options);
  return selection;
}

}  // namespace trede::prediction
