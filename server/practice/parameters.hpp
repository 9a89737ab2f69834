// A version of what all pupils share: what their answers have taught about items and effects. Immutable once
// made, read by any thread; a new version is a new value. Everything is named by id, so that it outlives
// versions of the bank.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "content/item_bank.hpp"
#include "engine/calibration/online_item.hpp"
#include "engine/effects/effects.hpp"
#include "engine/tracking/response_time.hpp"
#include "server/store/events.hpp"

namespace trede::practice {

struct Parameters {
  std::int64_t version = 0;  // 0: nothing learned yet
  std::map<std::string, store::LearnedItem, std::less<>> items;
  std::map<std::string, store::LearnedEffect, std::less<>> effects;
  std::vector<double> practice_covariance;  // as in the event, empty = the engine's
};

using ParametersPointer = std::shared_ptr<const Parameters>;

// The version that this event makes of the one before. Of a version in several events every part is applied.
Parameters after(Parameters parameters, const store::ParametersPublished& published);

// As events that the journal takes: none longer than limits::parameter_entries. At least one.
std::vector<store::ParametersPublished> parts_of(store::ParametersPublished whole);
store::ParametersPublished joined(store::ParametersPublished before, const store::ParametersPublished& part);

// ---- between the engine's numbers and the journal's names ----

// What an author's guess is worth before any answer: the difficulty is right within one step of the author's
// scale (half a logit) two times in three.
inline constexpr double author_difficulty_sd = 0.5;
calibration::OnlineItem authored(const ItemParameters& parameters);

calibration::OnlineItem online_item(const store::LearnedItem& learned, double guessing);
store::LearnedItem learned_item(const std::string& id, const calibration::OnlineItem& item,
                                const tracking::ItemTime& time);
tracking::ItemTime item_time(const store::LearnedItem& learned);

// What all videos have in common, by zone: told to people, the model needs only the effects of each.
inline constexpr std::array<std::string_view, 2> common_effect_names = {"novice", "other"};
// The name of each effect of this bank, in the order of effects.hpp.
std::vector<std::string> effect_names(const content::ItemBank& bank);
effects::Effects effects_of(const Parameters& parameters, const content::ItemBank& bank);

}  // namespace trede::practice
