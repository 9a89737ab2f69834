// The whole of fitting for a log: what cannot be fitted is chosen on the validation pupils, then everything
// is fitted once more to all training pupils, starting from what was found. Among the pupils of a fit
// nobody repeats another one; validation pupils may, as new pupils may. Test pupils are not looked at.
// Pure; the same result for every number of workers.
#pragma once

#include <functional>
#include <vector>

#include "engine/prediction/fit.hpp"
#include "engine/prediction/response_log.hpp"
#include "engine/prediction/split.hpp"

namespace trede::prediction {

// One way of fitting that was tried, and its log-loss on the validation pupils.
struct Trial {
  Widths widths;
  double log_loss = 0.0;
};

struct Selection {
  Model model;                  // corrected by what was seen of pupils it was fitted without
  std::vector<Trial> trials;    // in the order they were made; empty without validation pupils
  Widths widths;                // the best of them
  std::vector<int> duplicates;  // training pupils left out
};

struct SelectionOptions {
  int workers = 1;
  // What is being done and how much of it, 0 … 1.
  std::function<void(const char* stage, double done)> progress = {};
};

// At least one fitting pupil or validation pupil.
Selection select_and_fit(const ResponseLog& log, const Split& split, const SelectionOptions& options);

}  // namespace trede::prediction
