#include "engine/tracking/effects.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/tracking/practice.hpp"

namespace trede::tracking {

Posterior practised(Posterior posterior, int topic) {
  return practised(std::move(posterior), topic, practice_gain,
                   practice_gain_sd * practice_gain_sd + practice_diffusion);
}

Posterior watched(Posterior posterior, const Catalogue& catalogue, int video, double fraction,
                  int times_seen_before) {
  const int topic = catalogue.videos[video].topic;
  const bool novice = posterior.mean(topic) < catalogue.topics[topic].cut - novice_distance;
  const double dose = std::clamp(fraction, 0.0, 1.0) * std::exp2(-std::max(times_seen_before, 0));
  const double sd = dose * (novice ? video_gain_novice_sd : video_gain_other_sd);
  const double gain = dose * (novice ? video_gain_novice : video_gain_other);
  return shifted(std::move(posterior), topic, gain, sd * sd);
}

}  // namespace trede::tracking
