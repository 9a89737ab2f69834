#include "server/practice/video_effects.hpp"

#include <cmath>

namespace trede::practice {
namespace {

constexpr double z_95 = 1.959964;

double chance_after(double logits) {
  const double before = std::log(told_chance / (1.0 - told_chance));
  return 1.0 / (1.0 + std::exp(-(before + logits)));
}

effects::Guess learned_or(const Parameters& parameters, std::string_view name, const effects::Guess& guess) {
  const auto found = parameters.effects.find(name);
  return found == parameters.effects.end() ? guess : effects::Guess{found->second.value, found->second.sd};
}

protocol::VideoEffect shown_of(const Parameters& parameters, std::string_view name,
                               const effects::Guess& guess) {
  return effect_shown(learned_or(parameters, name, guess), guess);
}

// Before any answer what videos have in common is known as well as this part of the variance says.
effects::Guess common_part(effects::Guess guess) {
  guess.sd *= std::sqrt(effects::shared_by_all_videos);
  return guess;
}

}  // namespace

protocol::VideoEffect effect_shown(const effects::Guess& learned, const effects::Guess& guess) {
  const double margin = z_95 * learned.sd;
  return {learned.sd <= known_sd * guess.sd,
          told_chance,
          chance_after(learned.mean),
          chance_after(learned.mean - margin),
          chance_after(learned.mean + margin),
          learned.mean,
          learned.sd};
}

protocol::VideoEffects effects_of_video(const Parameters& parameters, std::string_view id) {
  return {shown_of(parameters, "novice:" + std::string(id), effects::video_guess_novice),
          shown_of(parameters, "other:" + std::string(id), effects::video_guess_other)};
}

protocol::VideoEffects effects_of_all_videos(const Parameters& parameters) {
  return {shown_of(parameters, common_effect_names[0], common_part(effects::video_guess_novice)),
          shown_of(parameters, common_effect_names[1], common_part(effects::video_guess_other))};
}

}  // namespace trede::practice
