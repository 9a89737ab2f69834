#include "server/practice/belief.hpp"

#include <algorithm>

#include "engine/tracking/effects.hpp"
#include "engine/tracking/time.hpp"
#include "engine/tracking/update.hpp"

namespace trede::practice {
namespace {

constexpr double milliseconds_a_day = 86'400'000.0;

// For each element of `to` the position of the element with the same id in `from`, −1 = new.
template <class Elements, class Find>
std::vector<int> positions(const Elements& to, Find find_in_from) {
  std::vector<int> from_index_of;
  from_index_of.reserve(to.size());
  for (const auto& element : to) from_index_of.push_back(find_in_from(element.id).value_or(-1));
  return from_index_of;
}

}  // namespace

Belief new_belief(BankPointer bank, double school_year_mean, Milliseconds now_ms) {
  const Catalogue& catalogue = bank->catalogue;
  return {bank, tracking::prior(catalogue, school_year_mean), policy::new_context(catalogue), now_ms};
}

Belief advance_to(Belief belief, Milliseconds now_ms, double school_year_mean) {
  const double days =
      std::max<double>(0.0, static_cast<double>(now_ms - belief.as_of_ms)) / milliseconds_a_day;
  belief.posterior =
      tracking::advance(std::move(belief.posterior), tracking::Drift{}, days, school_year_mean);
  belief.as_of_ms = std::max(belief.as_of_ms, now_ms);
  return belief;
}

Answered after_exercise(Belief belief, int item, bool right, Milliseconds now_ms, double school_year_mean) {
  belief = advance_to(std::move(belief), now_ms, school_year_mean);
  const Catalogue& catalogue = belief.bank->catalogue;
  const CatalogueItem& answered = catalogue.items[static_cast<std::size_t>(item)];
  auto updated = tracking::update(std::move(belief.posterior), answered, right);
  belief.posterior = tracking::practised(std::move(updated.posterior), answered.topic());
  policy::answered(belief.context, catalogue, item, right);
  return {std::move(belief), updated.predicted};
}

Belief after_video(Belief belief, int video, double watched, Milliseconds now_ms, double school_year_mean) {
  belief = advance_to(std::move(belief), now_ms, school_year_mean);
  const Catalogue& catalogue = belief.bank->catalogue;
  const int times_seen = belief.context.videos[static_cast<std::size_t>(video)].times_seen;
  belief.posterior = tracking::watched(std::move(belief.posterior), catalogue, video, watched, times_seen);
  policy::watched_video(belief.context, catalogue, video);
  return belief;
}

Belief move_to(Belief belief, BankPointer bank) {
  if (bank == belief.bank || bank->version == belief.bank->version) return belief;
  const auto& from = *belief.bank;
  policy::Mapping mapping;
  mapping.topics = positions(bank->topics, [&](const std::string& id) { return from.find_topic(id); });
  mapping.items = positions(bank->items, [&](const std::string& id) { return from.find_item(id); });
  mapping.videos = positions(bank->videos, [&](const std::string& id) { return from.find_video(id); });
  belief.posterior = tracking::rebase(belief.posterior, bank->catalogue, mapping.topics).posterior;
  belief.context = policy::rebase(belief.context, mapping);
  belief.bank = std::move(bank);
  return belief;
}

}  // namespace trede::practice
