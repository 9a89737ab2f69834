// The protocol of `trede evaluate` from file to figures: split by hash, choose on the validation pupils, fit to the
// training pupils, predict every answer of the test pupils one step ahead (docs/model/prediction.md). Also used by the
// benchmark. Blocking; any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "engine/prediction/metrics.hpp"
#include "engine/prediction/selection.hpp"

namespace trede::commands {

struct EvaluationRequest {
  std::filesystem::path responses;
  std::filesystem::path exclude_pupils;  // empty: none
  int validation_mod = 1;
  int workers = 1;
  std::function<void(const char* stage, double done)> progress = {};
};

// Figures of one set of rows, and of those from the pupil's sixth on.
struct Figures {
  prediction::Metrics all;
  prediction::Metrics skip5;
  double auc_standard_error = 0.0;  // of `all`, over pupils
};

struct Evaluation {
  Figures figures;
  std::optional<Figures> excluding;  // without the pupils asked to be left out
  prediction::Metrics item_mean;     // what the share right of each item predicts on the same rows
  prediction::Selection selection;
  std::vector<double> probabilities;  // one a test row, in the order of the file
  std::vector<std::string> notes;
  std::size_t pupils = 0, rows = 0, items = 0;
  int topics = 0;
  bool has_clock = false;
  std::size_t training_pupils = 0, validation_pupils = 0, test_pupils = 0, excluded_pupils = 0;
  double fit_seconds = 0.0;  // processor time, all threads
  double predict_microseconds_per_answer = 0.0;
};

// Error: what the reader refuses; no test pupil, or no training pupil.
Result<Evaluation> evaluate(const EvaluationRequest& request);

}  // namespace trede::commands
