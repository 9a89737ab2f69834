#include "engine/tracking/effects.hpp"

#include <algorithm>
#include <cmath>

namespace trede::tracking {

Posterior practised(Posterior posterior, int topic) {
  posterior.mean[topic] += practice_gain;
  posterior.covariance(topic, topic) += practice_gain_sd * practice_gain_sd + practice_diffusion;
  return posterior;
}

Posterior watched(Posterior posterior, const Catalogue& catalogue, int video, double fraction,
                  int times_seen_before) {
  const int topic = catalogue.videos[video].topic;
  const bool novice = posterior.mean[topic] < catalogue.topics[topic].cut - novice_distance;
  const double dose = std::clamp(fraction, 0.0, 1.0) * std::exp2(-std::max(times_seen_before, 0));
  const double sd = dose * (novice ? video_gain_novice_sd : video_gain_other_sd);
  posterior.mean[topic] += dose * (novice ? video_gain_novice : video_gain_other);
  posterior.covariance(topic, topic) += sd * sd;
  return posterior;
}

}  // namespace trede::tracking
