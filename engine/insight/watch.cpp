#include "engine/insight/watch.hpp"

#include <algorithm>
#include <cmath>

#include "engine/irt/dichotomous.hpp"

namespace trede::insight {

namespace {

constexpr double drop_size = 1.2;        // logits of P(right)
constexpr double drops_an_answer = 0.002;  // one pupil in ten in a month of practice

bool by_topic(const Progress& first, const Progress& second) {
  return first.topic < second.topic;
}

int index_after(const std::vector<int>& from, int before) {
  const auto place = std::find(from.begin(), from.end(), before);
  return before < 0 || place == from.end() ? -1 : static_cast<int>(place - from.begin());
}

Progress& progress_on(Watch& watch, int topic, const tracking::Posterior& before) {
  const auto place =
      std::lower_bound(watch.progress.begin(), watch.progress.end(), Progress{.topic = topic}, by_topic);
  if (place != watch.progress.end() && place->topic == topic) return *place;
  return *watch.progress.insert(place, new_progress(topic, before.mean(topic), before.sd(topic)));
}

// The item as if it loaded on its primary topic only: what the others are believed to give makes it easier.
ItemParameters seen_from_topic(const CatalogueItem& item, const tracking::Posterior& before) {
  ItemParameters parameters = item.parameters;
  for (const Loading& loading : item.loadings)
    if (loading.topic != item.topic()) parameters.difficulty -= loading.weight * before.mean(loading.topic);
  return parameters;
}

void follow_drop(Watch& watch, const Observation& seen) {
  const double p = std::clamp(seen.predicted, 1e-6, 1.0 - 1e-6);
  const double fallen = irt::logistic(std::log(p / (1.0 - p)) - drop_size);
  const double ratio = seen.right ? fallen / p : (1.0 - fallen) / (1.0 - p);
  watch.drop_odds = (watch.drop_odds + drops_an_answer) / (1.0 - drops_an_answer) * ratio;
  watch.drop_answers = watch.drop_odds > drops_an_answer ? watch.drop_answers + 1 : 0;
}

}  // namespace

void answered(Watch& watch, const Catalogue& catalogue, const tracking::Posterior& before,
              const Observation& observation) {
  watch.recent[static_cast<std::size_t>(watch.answers % window)] = observation;
  ++watch.answers;
  ++watch.session_answers;
  watch.session_rapid += observation.rapid ? 1 : 0;
  if (observation.rapid) return;
  const CatalogueItem& item = catalogue.items[static_cast<std::size_t>(observation.item)];
  answered(progress_on(watch, item.topic(), before), seen_from_topic(item, before), observation.right,
           observation.gain);
  follow_drop(watch, observation);
}

std::vector<Observation> newest(const Watch& watch, int count) {
  std::vector<Observation> result;
  for (int back = 1; back <= std::min(count, watch.answers); ++back)
    result.push_back(watch.recent[static_cast<std::size_t>((watch.answers - back) % window)]);
  return result;
}

void new_session(Watch& watch, double days) {
  watch.session_answers = 0;
  watch.session_rapid = 0;
  for (Progress& progress : watch.progress) rested(progress, days);
}

Watch rebase(Watch watch, const std::vector<int>& topics_from, const std::vector<int>& items_from) {
  for (Progress& progress : watch.progress) progress.topic = index_after(topics_from, progress.topic);
  std::erase_if(watch.progress, [](const Progress& progress) { return progress.topic < 0; });
  std::sort(watch.progress.begin(), watch.progress.end(), by_topic);
  for (Observation& observation : watch.recent) observation.item = index_after(items_from, observation.item);
  return watch;
}

}  // namespace trede::insight
