// What has been learned of videos, in the words of a teacher: by how much watching one raises the chance of a right
// answer. Pure; any thread.
#pragma once

#include "server/practice/parameters.hpp"
#include "server/protocol/messages.hpp"

namespace trede::practice {

// The chance of a right answer that effects are told at: between what novices and what others practise at.
inline constexpr double told_chance = 0.6;
// Known as soon as answers have taken a fifth of the variance of the first guess away.
inline constexpr double known_sd = 0.9;

// P(right) of an exercise with slope 1 that comes right with told_chance before: logit⁻¹(logit .6 + γ), γ ± 1.96 sd
// (logits). guess: what was believed before any answer.
protocol::VideoEffect effect_shown(const effects::Guess& learned, const effects::Guess& guess);

// Of one video; of what is common to all.
protocol::VideoEffects effects_of_video(const Parameters& parameters, std::string_view id);
protocol::VideoEffects effects_of_all_videos(const Parameters& parameters);

}  // namespace trede::practice
