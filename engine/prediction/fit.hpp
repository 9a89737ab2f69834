// Fitting the prediction model to pupils of a log, and predicting others with it. The fit is the maximum of the
// posterior density: −Σ ln p over the pupils run through the filter + Σ (parameter − mean)² / (2 sd²), by L-BFGS.
// Pure; the same result for every number of workers.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/prediction/item_summary.hpp"
#include "engine/prediction/layout.hpp"
#include "engine/prediction/logit_correction.hpp"
#include "engine/prediction/response_log.hpp"

namespace trede::prediction {

struct FitOptions {
  Widths widths;
  int iterations = 120;
  double tolerance = 3e-6;  // LbfgsOptions::value_tolerance
  std::span<const double> start =
      {};  // the parameters of a model of the same log; empty = from the shares right
  int workers = 1;
  std::function<void(int iteration, double value)> report = {};
};

struct Model {
  ItemSummary items;  // of the pupils it was fitted to
  Layout layout;
  std::vector<double> parameters;
  LogitCorrection correction;  // none, unless one was fitted to predictions of other pupils
  double objective = 0.0;
  int iterations = 0;
  bool converged = false;

  // The parameters there is one of, by name.
  std::vector<std::pair<std::string, double>> constants() const;
};

Model fit(const ResponseLog& log, std::span<const int> pupils, const FitOptions& options);

// One probability a row, the pupils' rows one after the other.
std::vector<double> predict(const ResponseLog& log, std::span<const int> pupils, const Model& model,
                            int workers);

}  // namespace trede::prediction
