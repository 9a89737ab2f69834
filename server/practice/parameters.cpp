#include "server/practice/parameters.hpp"

#include <algorithm>
#include <cmath>

#include "server/limits.hpp"

namespace trede::practice {
namespace {

// Moves the first entries of `from` to `to`, as many as there is room for.
template <class Entries>
std::size_t move_some(Entries& from, Entries& to, std::size_t room) {
  const auto count = std::min(room, from.size());
  const auto end = from.begin() + static_cast<std::ptrdiff_t>(count);
  std::move(from.begin(), end, std::back_inserter(to));
  from.erase(from.begin(), end);
  return count;
}

}  // namespace

Parameters after(Parameters parameters, const store::ParametersPublished& published) {
  parameters.version = published.version;
  for (const auto& item : published.items) parameters.items[item.id] = item;
  for (const auto& effect : published.effects) parameters.effects[effect.name] = effect;
  if (!published.practice_covariance.empty()) parameters.practice_covariance = published.practice_covariance;
  return parameters;
}

std::vector<store::ParametersPublished> parts_of(store::ParametersPublished whole) {
  std::vector<store::ParametersPublished> parts;
  do {
    store::ParametersPublished part{whole.version, whole.origin, whole.through, whole.engine, {}, {}, {},
                                    true};
    part.practice_covariance = std::exchange(whole.practice_covariance, {});
    std::size_t room = limits::parameter_entries;
    room -= move_some(whole.items, part.items, room);
    move_some(whole.effects, part.effects, room);
    parts.push_back(std::move(part));
  } while (!whole.items.empty() || !whole.effects.empty());
  parts.back().more = false;
  return parts;
}

store::ParametersPublished joined(store::ParametersPublished before, const store::ParametersPublished& part) {
  store::ParametersPublished whole = part;
  if (whole.practice_covariance.empty()) whole.practice_covariance = std::move(before.practice_covariance);
  whole.items.insert(whole.items.begin(), before.items.begin(), before.items.end());
  whole.effects.insert(whole.effects.begin(), before.effects.begin(), before.effects.end());
  return whole;
}

calibration::OnlineItem authored(const ItemParameters& parameters) {
  calibration::OnlineItem item;
  item.log_slope = std::log(parameters.slope);
  item.difficulty = parameters.difficulty;
  item.covariance(1, 1) = author_difficulty_sd * author_difficulty_sd;
  item.guessing = parameters.guessing;
  return item;
}

calibration::OnlineItem online_item(const store::LearnedItem& learned, double guessing) {
  calibration::OnlineItem item;
  item.log_slope = learned.log_slope;
  item.difficulty = learned.difficulty;
  item.covariance << learned.log_slope_variance, learned.covariance, learned.covariance,
      learned.difficulty_variance;
  item.guessing = guessing;
  item.answers = static_cast<int>(learned.answers);
  return item;
}

store::LearnedItem learned_item(const std::string& id, const calibration::OnlineItem& item,
                                const tracking::ItemTime& time) {
  return {id,
          item.log_slope,
          item.difficulty,
          item.covariance(0, 0),
          item.covariance(0, 1),
          item.covariance(1, 1),
          item.answers,
          time.log_seconds,
          time.variance,
          time.answers};
}

tracking::ItemTime item_time(const store::LearnedItem& learned) {
  return {learned.log_seconds, learned.log_seconds_variance, static_cast<int>(learned.times)};
}

std::vector<std::string> effect_names(const content::ItemBank& bank) {
  std::vector<std::string> names;
  for (std::size_t band = 0; band < effects::bands.size(); ++band)
    names.push_back("practice-" + std::to_string(band));
  names.emplace_back("forgetting");
  for (const auto& video : bank.videos) {
    names.push_back("novice:" + video.id);
    names.push_back("other:" + video.id);
  }
  return names;
}

effects::Effects effects_of(const Parameters& parameters, const content::ItemBank& bank) {
  effects::Effects effects = effects::first_guess(bank.catalogue);
  const auto names = effect_names(bank);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = parameters.effects.find(names[i]);
    if (found == parameters.effects.end()) continue;
    effects.value[static_cast<Eigen::Index>(i)] = found->second.value;
    effects.sd[static_cast<Eigen::Index>(i)] = found->second.sd;
  }
  const auto bands = static_cast<Eigen::Index>(effects::bands.size());
  if (static_cast<Eigen::Index>(parameters.practice_covariance.size()) == bands * bands)
    effects.practice_covariance =
        Eigen::Map<const Eigen::MatrixXd>(parameters.practice_covariance.data(), bands, bands);
  return effects;
}

}  // namespace trede::practice
