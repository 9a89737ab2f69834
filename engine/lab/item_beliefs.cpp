#include "engine/lab/item_beliefs.hpp"

#include <cmath>

namespace trede::lab {
namespace {

void believe(ItemBeliefs& beliefs) {
  std::vector<double> cuts;
  for (const CatalogueTopic& topic : beliefs.bank.topics) cuts.push_back(topic.cut);
  for (std::size_t i = 0; i < beliefs.items.size(); ++i) {
    beliefs.bank.items[i].parameters.slope = beliefs.items[i].slope();
    beliefs.bank.items[i].parameters.difficulty = beliefs.items[i].difficulty;
  }
  complete(beliefs.bank);
  for (std::size_t k = 0; k < cuts.size(); ++k) beliefs.bank.topics[k].cut = cuts[k];
}

double square_of_slope(const ItemBeliefs& beliefs, int item) {
  const double slope = beliefs.bank.items[item].parameters.slope;
  return slope * slope;
}

}  // namespace

ItemBeliefs item_beliefs(const Catalogue& bank, double calibrated_within, Random random) {
  ItemBeliefs beliefs{bank, {}, {}};
  if (calibrated_within <= 0.0) return beliefs;
  for (const CatalogueItem& truth : bank.items) {
    calibration::OnlineItem item;
    item.log_slope = std::log(truth.parameters.slope) + slope_within * random.normal();
    item.difficulty = truth.parameters.difficulty + calibrated_within * random.normal();
    item.covariance =
        Eigen::Vector2d(slope_within * slope_within, calibrated_within * calibrated_within).asDiagonal();
    item.guessing = truth.parameters.guessing;
    beliefs.items.push_back(item);
  }
  beliefs.waiting.resize(beliefs.items.size());
  believe(beliefs);
  return beliefs;
}

tracking::Disturbance uncertainty_of(const ItemBeliefs& beliefs, int item) {
  if (beliefs.items.empty()) return {};
  return {0.0, square_of_slope(beliefs, item) * beliefs.items[item].covariance(1, 1)};
}

double ability_on(const ItemBeliefs& beliefs, int item, const tracking::Posterior& posterior) {
  double ability = 0.0;
  for (const Loading& loading : beliefs.bank.items[item].loadings)
    ability += loading.weight * posterior.mean(loading.topic);
  return ability;
}

void note_answer(ItemBeliefs& beliefs, int item, bool right, double ability,
                 const tracking::Innovation& innovation) {
  if (beliefs.items.empty()) return;
  const double variance =
      innovation.variance / square_of_slope(beliefs, item) - beliefs.items[item].covariance(1, 1);
  beliefs.waiting[item].push_back({ability, variance, right});
}

void publish(ItemBeliefs& beliefs) {
  for (std::size_t i = 0; i < beliefs.items.size(); ++i) {
    beliefs.items[i] = calibration::learn(beliefs.items[i], beliefs.waiting[i]);
    beliefs.waiting[i].clear();
  }
  if (!beliefs.items.empty()) believe(beliefs);
}

}  // namespace trede::lab
