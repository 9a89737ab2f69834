#include "engine/lab/simulated_pupil.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/posterior.hpp"

namespace trede::lab {
namespace {

constexpr double best_success = 0.75;   // where exercises teach most …
constexpr double success_width = 0.18;  // … and the sd of that hill, in probability
constexpr double video_gain_novice =
    0.30;  // logits; the tracker's guess is .2 ± .2, so it has something to find out
constexpr double video_gain_other = 0.08;
constexpr double novice_distance = 1.2;    // logits below the cut
constexpr double forgetting_days = 180.0;  // exp(−D / 180) of what was learned here is left after D days
constexpr double speed_spread = 0.25;
constexpr double time_spread = 0.35;  // sd of ln time within a pupil
constexpr double time_share = 0.6;    // of the minutes the author reckoned with
constexpr int shortest_ms = 500;

}  // namespace

double SimulatedPupil::probability_right(const CatalogueItem& item) const {
  return irt::probability(irt::log_odds(item, ability), irt::asymptotes_of(item.parameters));
}

bool SimulatedPupil::answers(const CatalogueItem& item, Random& random) const {
  return random.uniform() < probability_right(item);
}

int SimulatedPupil::elapsed_ms(const CatalogueItem& item, bool right, Random& random) const {
  const double usual_ms = item.minutes * 60'000.0 * time_share * (right ? 1.0 : 1.15);
  const double ms = usual_ms * std::exp(time_spread * random.normal() - speed);
  return std::max(shortest_ms, static_cast<int>(ms));
}

void SimulatedPupil::practise(const CatalogueItem& item) {
  const double away = (probability_right(item) - best_success) / success_width;
  const double gain = learning_rate * std::exp(-0.5 * away * away);
  for (const Loading& loading : item.loadings) ability[loading.topic] += gain * loading.weight;
}

void SimulatedPupil::watch(const Catalogue& catalogue, int video, double fraction) {
  const int topic = catalogue.videos[video].topic;
  const bool novice = ability[topic] < catalogue.topics[topic].cut - novice_distance;
  const double whole = (novice ? video_gain_novice : video_gain_other) * std::exp2(-videos_seen[video]);
  ability[topic] += whole * std::clamp(fraction, 0.0, 1.0) * learning_rate / usual_rate;
  ++videos_seen[video];
}

void SimulatedPupil::rest(double days) {
  ability = resting + std::exp(-std::max(days, 0.0) / forgetting_days) * (ability - resting);
}

SimulatedPupil simulate_pupil(const Catalogue& catalogue, double school_year_mean, Random& random) {
  const Eigen::MatrixXd root = tracking::prior_covariance(catalogue).llt().matrixL();
  Eigen::VectorXd noise(root.rows());
  for (double& entry : noise) entry = random.normal();
  SimulatedPupil pupil;
  pupil.ability = (root * noise).array() + school_year_mean;
  pupil.resting = pupil.ability;
  pupil.learning_rate = usual_rate * std::exp(rate_spread * random.normal());
  pupil.speed = speed_spread * random.normal();
  pupil.videos_seen.assign(catalogue.videos.size(), 0);
  return pupil;
}

}  // namespace trede::lab
