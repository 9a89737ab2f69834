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

}  // namespace

Learner::Learner(PublicationRule rule, BankPointer bank) : rule_(rule), bank_(std::move(bank)) {}

void Learner::take(Sequence sequence, Milliseconds at_ms, Evidence evidence) {
  learn_item(evidence);
  learn_effects(evidence);
  if (evidence.item || !evidence.effects.effects.empty())
    waiting_.push_back({sequence, at_ms, std::move(evidence)});
}

bool Learner::due() const {
  if (waiting_.empty()) return false;
  return waiting_.size() >= rule_.answers ||
         waiting_.back().at_ms - waiting_.front().at_ms >= rule_.window_ms;
}

void Learner::learn_item(const Evidence& evidence) {
  if (!evidence.item) return;
  const auto index = static_cast<std::size_t>(evidence.item->item);
  const CatalogueItem& asked = evidence.bank->catalogue.items[index];
  const Item first{authored(asked.parameters), tracking::usual_time(asked)};
  Item& item = items_.try_emplace(evidence.bank->items[index].id, first).first->second;
  item.belief.guessing = asked.parameters.guessing;
  item.belief = calibration::update(item.belief, evidence.item->answer).item;
  if (evidence.item->seconds > 0) item.time = tracking::timed(item.time, evidence.item->seconds);
}

void Learner::learn_effects(const Evidence& evidence) {
  if (evidence.effects.effects.empty()) return;
  if (evidence.bank->version > bank_->version) {
    const int before = effects::count_of_effects(bank_->catalogue);
    statistics_ = effects::rebase(statistics_, effects::effects_to(videos_in(*bank_, *evidence.bank), before),
                                  effects::estimate(bank_->catalogue, statistics_));
    bank_ = evidence.bank;
  }
  // Answers to steps of an older bank, minutes after a publication: their effects have other numbers.
  if (evidence.bank->version == bank_->version) effects::add(statistics_, evidence.effects);
}

store::ParametersPublished Learner::publication() const {
  store::ParametersPublished next;
  next.version = version_ + 1;
  next.origin = "online";
  next.through = waiting_.empty() ? 0 : waiting_.back().sequence;
  next.engine = engine_version;
  std::set<std::string> answered;
  for (const auto& waiting : waiting_)
    if (waiting.evidence.item)
      answered.insert(waiting.evidence.bank->items[static_cast<std::size_t>(waiting.evidence.item->item)].id);
  for (const auto& id : answered) {
    const Item& known = items_.find(id)->second;
    auto item = learned_item(id, known.belief, known.time);
    if (is_finite(item)) next.items.push_back(std::move(item));
  }
  if (statistics_.answers == 0) return next;
  const effects::Effects estimated = effects::estimate(bank_->catalogue, statistics_);
  const auto names = effect_names(*bank_);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const store::LearnedEffect effect{names[i], estimated.value[static_cast<Eigen::Index>(i)],
                                      estimated.sd[static_cast<Eigen::Index>(i)]};
    if (!std::isfinite(effect.value) || !std::isfinite(effect.sd)) continue;
    const auto known = effects_.find(effect.name);
    const bool moved = known == effects_.end() ||
                       std::abs(known->second.value - effect.value) > worth_publishing * effect.sd ||
                       std::abs(known->second.sd - effect.sd) > worth_publishing * effect.sd;
    if (moved) next.effects.push_back(effect);
  }
  if (estimated.practice_covariance.allFinite())
    next.practice_covariance = {estimated.practice_covariance.data(),
                                estimated.practice_covariance.data() + estimated.practice_covariance.size()};
  return next;
}

void Learner::published(const store::ParametersPublished& version) {
  version_ = version.version;
  while (!waiting_.empty() && waiting_.front().sequence <= version.through) waiting_.pop_front();
  for (const auto& effect : version.effects) effects_[effect.name] = effect;
  std::set<std::string, std::less<>> named;
  for (const auto& item : version.items) {
    named.insert(item.id);
    items_[item.id] = {online_item(item, 0.0), item_time(item)};
  }
  for (const auto& waiting : waiting_) {
    const auto& evidence = waiting.evidence;
    if (evidence.item &&
        named.contains(evidence.bank->items[static_cast<std::size_t>(evidence.item->item)].id))
      learn_item(evidence);
  }
}

}  // namespace trede::practice
