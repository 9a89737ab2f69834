#include "server/practice/learner.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/version.hpp"

namespace trede::practice {
namespace {

// An effect is published again when it moved by more than this part of its standard error.
constexpr double worth_publishing = 0.01;

std::vector<int> videos_in(const content::ItemBank& from, const content::ItemBank& to) {
  std::vector<int> positions;
  for (const auto& video : to.videos) positions.push_back(from.find_video(video.id).value_or(-1));
  return positions;
}

bool is_finite(const store::LearnedItem& item) {
  return std::isfinite(item.log_slope) && std::isfinite(item.difficulty) &&
         std::isfinite(item.log_slope_variance) && std::isfinite(item.covariance) &&
         std::isfinite(item.difficulty_variance);
}

std::vector<store::LearnedEffect> named(const effects::Effects& estimated, const content::ItemBank& bank,
                                        const effects::EffectStatistics& statistics) {
  std::vector<store::LearnedEffect> effects;
  const auto names = effect_names(bank);
  for (std::size_t i = 0; i < names.size(); ++i)
    effects.push_back({names[i], estimated.value[static_cast<Eigen::Index>(i)],
                       estimated.sd[static_cast<Eigen::Index>(i)]});
  const auto common = effects::common_to_videos(bank.catalogue, statistics);
  for (std::size_t zone = 0; zone < common.size(); ++zone)
    effects.push_back({std::string(common_effect_names[zone]), common[zone].mean, common[zone].sd});
  return effects;
}

}  // namespace

Learner::Learner(PublicationRule rule, BankPointer bank) : rule_(rule) {
  known_.bank = std::move(bank);
}

void Learner::take(Sequence sequence, Milliseconds at_ms, Evidence evidence) {
  learn_item(evidence);
  learn_effects(evidence);
  if (evidence.item || !evidence.effects.effects.empty())
    known_.waiting.push_back({sequence, at_ms, std::move(evidence)});
}

bool Learner::due() const {
  if (known_.waiting.empty()) return false;
  return known_.waiting.size() >= rule_.answers ||
         known_.waiting.back().at_ms - known_.waiting.front().at_ms >= rule_.window_ms;
}

void Learner::learn_item(const Evidence& evidence) {
  if (!evidence.item) return;
  const auto index = static_cast<std::size_t>(evidence.item->item);
  const CatalogueItem& asked = evidence.bank->catalogue.items[index];
  const Item first{authored(asked.parameters), tracking::usual_time(asked)};
  Item& item = known_.items.try_emplace(evidence.bank->items[index].id, first).first->second;
  item.belief.guessing = asked.parameters.guessing;
  item.belief = calibration::update(item.belief, evidence.item->answer).item;
  if (evidence.item->seconds > 0) item.time = tracking::timed(item.time, evidence.item->seconds);
}

void Learner::learn_effects(const Evidence& evidence) {
  if (evidence.effects.effects.empty()) return;
  if (known_.statistics.score.empty()) known_.bank = evidence.bank;
  if (evidence.bank->version > known_.bank->version) {
    const int before = effects::count_of_effects(known_.bank->catalogue);
    known_.statistics = effects::rebase(known_.statistics,
                                        effects::effects_to(videos_in(*known_.bank, *evidence.bank), before),
                                        effects::estimate(known_.bank->catalogue, known_.statistics));
    known_.bank = evidence.bank;
  }
  // Answers to steps of an older bank, minutes after a publication: their effects have other numbers.
  if (evidence.bank->version == known_.bank->version) effects::add(known_.statistics, evidence.effects);
}

bool Learner::is_news(const store::LearnedEffect& effect) const {
  if (!std::isfinite(effect.value) || !std::isfinite(effect.sd)) return false;
  const auto known = known_.effects.find(effect.name);
  return known == known_.effects.end() ||
         std::abs(known->second.value - effect.value) > worth_publishing * effect.sd ||
         std::abs(known->second.sd - effect.sd) > worth_publishing * effect.sd;
}

store::ParametersPublished Learner::publication() const {
  store::ParametersPublished next;
  next.version = known_.version + 1;
  next.origin = "online";
  next.through = known_.waiting.empty() ? 0 : known_.waiting.back().sequence;
  next.engine = engine_version;
  std::set<std::string> answered;
  for (const auto& waiting : known_.waiting)
    if (waiting.evidence.item)
      answered.insert(waiting.evidence.bank->items[static_cast<std::size_t>(waiting.evidence.item->item)].id);
  for (const auto& id : answered) {
    const Item& known = known_.items.find(id)->second;
    auto item = learned_item(id, known.belief, known.time);
    if (is_finite(item)) next.items.push_back(std::move(item));
  }
  if (known_.statistics.answers == 0) return next;
  const effects::Effects estimated = effects::estimate(known_.bank->catalogue, known_.statistics);
  for (auto& effect : named(estimated, *known_.bank, known_.statistics))
    if (is_news(effect)) next.effects.push_back(std::move(effect));
  if (estimated.practice_covariance.allFinite())
    next.practice_covariance = {estimated.practice_covariance.data(),
                                estimated.practice_covariance.data() + estimated.practice_covariance.size()};
  return next;
}

void Learner::published(const store::ParametersPublished& version) {
  known_.version = version.version;
  while (!known_.waiting.empty() && known_.waiting.front().sequence <= version.through)
    known_.waiting.pop_front();
  for (const auto& effect : version.effects) known_.effects[effect.name] = effect;
  std::set<std::string, std::less<>> named;
  for (const auto& item : version.items) {
    named.insert(item.id);
    known_.items[item.id] = {online_item(item, 0.0), item_time(item)};
  }
  for (const auto& waiting : known_.waiting) {
    const auto& evidence = waiting.evidence;
    if (evidence.item &&
        named.contains(evidence.bank->items[static_cast<std::size_t>(evidence.item->item)].id))
      learn_item(evidence);
  }
}

}  // namespace trede::practice
