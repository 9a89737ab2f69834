#include "engine/effects/effects.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace trede::effects {
namespace {

constexpr std::array zones = {Zone::Novice, Zone::Other};

const Guess& video_guess(Zone zone) {
  return zone == Zone::Novice ? video_guess_novice : video_guess_other;
}

std::vector<Guess> guesses(const Catalogue& catalogue) {
  std::vector<Guess> all;
  for (const double band : bands) {
    const double away = band - likeliest_level;
    all.push_back({practice_guess.mean * (1.0 - level_falloff * away * away), practice_guess.sd});
  }
  all.push_back(forgetting_guess);
  for (std::size_t video = 0; video < catalogue.videos.size(); ++video)
    for (const Zone zone : zones) all.push_back(video_guess(zone));
  return all;
}

// Lower triangular: the gains of neighbouring bands go together.
Eigen::MatrixXd practice_root() {
  constexpr auto count = static_cast<int>(bands.size());
  Eigen::MatrixXd covariance(count, count);
  for (int one = 0; one < count; ++one)
    for (int other = 0; other < count; ++other) {
      const double apart = (bands[one] - bands[other]) / alike_within;
      const double alike =
          shared_by_all_levels + (1.0 - shared_by_all_levels) * std::exp(-0.5 * apart * apart);
      covariance(one, other) = practice_guess.sd * practice_guess.sd * alike;
    }
  return covariance.llt().matrixL();
}

}  // namespace

int band_of(double predicted) {
  const auto nearest = std::min_element(bands.begin(), bands.end(), [&](double one, double other) {
    return std::abs(one - predicted) < std::abs(other - predicted);
  });
  return static_cast<int>(nearest - bands.begin());
}

Zone zone_of(double mean, double cut) {
  return mean < cut - novice_distance ? Zone::Novice : Zone::Other;
}

int count_of_effects(const Catalogue& catalogue) {
  return video_effect(static_cast<int>(catalogue.videos.size()), Zone::Novice);
}

Prior prior(const Catalogue& catalogue) {
  const std::vector<Guess> all = guesses(catalogue);
  const int effects = static_cast<int>(all.size());
  const int topics = static_cast<int>(catalogue.topics.size());
  const int first_own = 2 + 2 * topics;
  std::vector<Eigen::Triplet<double>> root;
  const Eigen::MatrixXd practice = practice_root();
  for (int row = 0; row < practice.rows(); ++row)
    for (int column = 0; column <= row; ++column)
      root.emplace_back(row, first_own + column, practice(row, column));
  root.emplace_back(forgetting_effect, first_own + forgetting_effect, forgetting_guess.sd);
  for (std::size_t video = 0; video < catalogue.videos.size(); ++video)
    for (const Zone zone : zones) {
      const int effect = video_effect(static_cast<int>(video), zone);
      const int side = zone == Zone::Other ? 1 : 0;
      const double sd = all[effect].sd;
      root.emplace_back(effect, side, std::sqrt(shared_by_all_videos) * sd);
      root.emplace_back(effect, 2 + 2 * catalogue.videos[video].topic + side,
                        std::sqrt(shared_by_topic) * sd);
      root.emplace_back(effect, first_own + effect,
                        std::sqrt(1.0 - shared_by_all_videos - shared_by_topic) * sd);
    }
  Prior result{Eigen::VectorXd(effects), Eigen::SparseMatrix<double>(effects, first_own + effects)};
  for (int effect = 0; effect < effects; ++effect) result.mean[effect] = all[effect].mean;
  result.root.setFromTriplets(root.begin(), root.end());
  return result;
}

Believable believable(int effect) {
  if (effect < forgetting_effect) return believable_practice;
  return effect == forgetting_effect ? believable_forgetting : believable_video;
}

Effects first_guess(const Catalogue& catalogue) {
  const std::vector<Guess> all = guesses(catalogue);
  Effects effects{Eigen::VectorXd(all.size()), Eigen::VectorXd(all.size()), {}};
  for (int effect = 0; effect < effects.count(); ++effect) {
    effects.value[effect] = all[effect].mean;
    effects.sd[effect] = all[effect].sd;
  }
  effects.practice_covariance = practice_root() * practice_root().transpose();
  return effects;
}

std::vector<int> effects_from(const std::vector<int>& video_from) {
  std::vector<int> from;
  for (int effect = 0; effect < first_video_effect; ++effect) from.push_back(effect);
  for (const int video : video_from)
    for (const Zone zone : zones) from.push_back(video < 0 ? -1 : video_effect(video, zone));
  return from;
}

std::vector<int> effects_to(const std::vector<int>& video_from, int count_before) {
  const std::vector<int> from = effects_from(video_from);
  std::vector<int> to(count_before, -1);
  for (std::size_t effect = 0; effect < from.size(); ++effect)
    if (from[effect] >= 0) to[from[effect]] = static_cast<int>(effect);
  return to;
}

Effects rebase(const Effects& effects, const Catalogue& to, const std::vector<int>& video_from) {
  const std::vector<int> from = effects_from(video_from);
  Effects moved = first_guess(to);
  moved.practice_covariance = effects.practice_covariance;
  for (int effect = 0; effect < moved.count(); ++effect) {
    if (from[effect] < 0) continue;
    moved.value[effect] = effects.value[from[effect]];
    moved.sd[effect] = effects.sd[from[effect]];
  }
  return moved;
}

}  // namespace trede::effects
