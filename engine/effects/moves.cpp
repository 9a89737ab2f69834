#include "engine/effects/moves.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/tracking/practice.hpp"

namespace trede::effects {
namespace {

using tracking::Posterior;

// Rows that the posterior has taken since: a topic's ability starts as the sum of the general and the domain's.
Sensitivity follow(Sensitivity sensitivity, const Posterior& posterior) {
  while (sensitivity.dimensions() < posterior.dimensions()) {
    const int row = sensitivity.dimensions();
    const auto topic = std::find_if(posterior.rows.begin(), posterior.rows.end(),
                                    [&](const tracking::TopicRows& rows) { return rows.own == row; });
    std::vector<int> parts;
    if (topic != posterior.rows.end()) parts = {tracking::general_row, topic->domain};
    sensitivity = extended(std::move(sensitivity), parts);
  }
  return sensitivity;
}

Tracked forget(Tracked tracked, const Effects& effects, double days) {
  Posterior& posterior = tracked.state.posterior;
  for (int topic = 0; topic < posterior.topics(); ++topic) {
    const double lost = forgetting(tracked.rests[topic], days);
    tracked.rests[topic] = rested(tracked.rests[topic], days);
    if (lost == 0.0) continue;
    const Dose dose{posterior.rows[topic].own, forgetting_effect, -lost};
    tracked.sensitivity = shifted(std::move(tracked.sensitivity), dose, effects);
    posterior.means[dose.dimension] -= lost * effects.value[forgetting_effect];
  }
  return tracked;
}

Tracked practise(Tracked tracked, int topic, int effect, const Effects& effects) {
  Posterior& posterior = tracked.state.posterior;
  const OwnRate rate{tracking::learning_rate_row, tracking::expected_rate(posterior) - 1.0};
  const Dose dose{posterior.rows[topic].own, effect, 1.0};
  tracked.sensitivity = shifted(std::move(tracked.sensitivity), dose, rate, effects);
  const double diffusion = practice_diffusion + effects.sd[effect] * effects.sd[effect];
  posterior = tracking::practised(std::move(posterior), topic, effects.value[effect], diffusion);
  tracked.rests[topic] = practised(tracked.rests[topic]);
  return tracked;
}

Eigen::VectorXd dense(const std::vector<tracking::RowLoading>& loading, int dimensions) {
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(dimensions);
  for (const auto& [row, weight] : loading) weights[row] += weight;
  return weights;
}

}  // namespace

Tracked new_tracked(const Catalogue& catalogue, double school_year_mean) {
  tracking::State state = tracking::new_state(catalogue, school_year_mean);
  const int dimensions = state.posterior.dimensions();
  return {std::move(state), no_sensitivity(dimensions), std::vector<Rest>(catalogue.topics.size())};
}

Tracked advance(Tracked tracked, const Effects& effects, const tracking::Constants& constants, double days,
                double cohort_mean) {
  if (!(days > 0.0)) return tracked;
  const double kept = tracking::passage(constants.drift, days).kept;
  tracked.sensitivity =
      faded(std::move(tracked.sensitivity), tracking::transition(tracked.state.posterior, kept));
  tracked.state = tracking::advance(std::move(tracked.state), constants, days, cohort_mean);
  return forget(std::move(tracked), effects, days);
}

Answered answered(Tracked tracked, const Catalogue& catalogue, int item, bool right, const Effects& effects,
                  const tracking::Constants& constants, tracking::Disturbance unknown) {
  tracking::StateUpdated updated =
      tracking::update(std::move(tracked.state), catalogue, item, right, constants, unknown);
  tracked.state = std::move(updated.state);
  const tracking::Innovation& innovation = updated.innovation;
  tracked.sensitivity = follow(std::move(tracked.sensitivity), tracked.state.posterior);
  Learned learned = answered(std::move(tracked.sensitivity),
                             dense(innovation.loading, tracked.state.posterior.dimensions()),
                             innovation.spread, innovation.step, innovation.shrink);
  tracked.sensitivity = std::move(learned.sensitivity);
  tracked = practise(std::move(tracked), catalogue.items[item].topic(),
                     practice_effect(band_of(updated.predicted)), effects);
  return {std::move(tracked), updated.predicted, updated.log_likelihood, std::move(updated.innovation),
          std::move(learned.evidence)};
}

Tracked watched(Tracked tracked, const Catalogue& catalogue, int video, double fraction,
                int times_seen_before, const Effects& effects) {
  const int topic = catalogue.videos[video].topic;
  Posterior& posterior = tracked.state.posterior;
  posterior = tracking::touched(std::move(posterior), topic);
  tracked.sensitivity = follow(std::move(tracked.sensitivity), posterior);
  const int effect = video_effect(video, zone_of(posterior.mean(topic), catalogue.topics[topic].cut));
  const double amount = std::clamp(fraction, 0.0, 1.0) * std::exp2(-std::max(times_seen_before, 0));
  const double spread = amount * std::hypot(video_spread, effects.sd[effect]);
  const Dose dose{posterior.rows[topic].own, effect, amount};
  tracked.sensitivity = shifted(std::move(tracked.sensitivity), dose, effects);
  posterior = tracking::shifted(std::move(posterior), topic, amount * effects.value[effect], spread * spread);
  return tracked;
}

Tracked rebase(Tracked tracked, const Catalogue& to, const std::vector<int>& topic_from,
               const std::vector<int>& item_from, const std::vector<int>& video_from,
               const Effects& effects) {
  tracking::StateRebased rebased = tracking::rebase(tracked.state, to, topic_from, item_from);
  tracked.state = std::move(rebased.state);
  tracked.sensitivity = rebase(std::move(tracked.sensitivity), rebased.from_row,
                               effects_to(video_from, effects.count()), effects);
  std::vector<Rest> rests;
  for (const int topic : topic_from) rests.push_back(topic < 0 ? Rest{} : tracked.rests[topic]);
  tracked.rests = std::move(rests);
  return tracked;
}

}  // namespace trede::effects
