// Does the model describe the answers? Fit of every item and dependence between items, given item parameters
// and the ability distributions of the groups. Each answer is predicted from the same person's earlier
// answers (right whatever made the next item be chosen: adaptive streams) or from all the others (sharper;
// for forms that were fixed beforehand), never from itself: under the model the residuals have mean 0 and the
// stated variance exactly. Pure, any thread; the same result for every number of workers.
#pragma once

#include <optional>
#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/calibration/residuals.hpp"
#include "engine/calibration/residuals_q3.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::calibration {

enum class PredictFrom { EarlierAnswers, OtherAnswers };

struct FitOptions {
  PredictFrom predict_from = PredictFrom::OtherAnswers;
  // Parameters of each item that were estimated from these answers, as free_parameters() counts them; they
  // cost degrees of freedom. Empty = the items are known from elsewhere.
  std::vector<int> free_parameters = {};
  int nodes = 61;  // equally spaced on ±range, as in calibration
  double range = 6.0;
  int workers = 1;
};

struct ItemFit {
  double answers = 0.0;  // with their weights
  MeanSquare infit;      // 1 under the model; above 1 noisier, below 1 more regular
  MeanSquare outfit;     // the same, more sensitive to surprises far from the item
  // Residuals in up to eight classes of predicted score; none where there are too few answers.
  std::optional<ChiSquare> predictive;
  // S-X²; none where most people have no complete form or no degree of freedom is left.
  std::optional<ChiSquare> sx2;

  // Mean square outside .7–1.3 and |t| > 2 (Wright & Linacre 1994).
  bool misfits() const;
};

struct Fit {
  std::vector<ItemFit> items;
  std::optional<Dependence> dependence;  // none: no pair with enough common answers, or too many items
};

// Precondition: items.size() == table.items(); a group for each number in table.groups; table.responses of a
// person in the order of answering when predicting from earlier answers.
Fit fit_of(const ResponseTable& table, const std::vector<Item>& items, const std::vector<Group>& groups,
           const FitOptions& options = {});

// How many parameters of each item the calibration estimated: 1PL 1 (the common slope is not counted), 2PL 2,
// 3PL 3, GPCM its categories; an anchored item 0.
std::vector<int> free_parameters(const ResponseTable& table, const Options& options);

}  // namespace trede::calibration
