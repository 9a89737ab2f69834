#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "engine/policy/stages.hpp"
#include "engine/policy/thompson.hpp"
#include "engine/tracking/practice.hpp"

namespace trede::policy {
namespace {

double fixed_target(Level level) {
  switch (level) {
    case Level::Easy:
      return target_easy;
    case Level::Hard:
      return target_hard;
    case Level::Middle:
    case Level::Adaptive:
      break;
  }
  return target_middle;
}

std::vector<Target> one_target(double success) {
  return {{success, 1.0}};
}

// Three of the last four answers on the topic were wrong.
bool stuck(const TopicHistory& history) {
  return std::popcount(static_cast<unsigned>(history.recent_failures & 0b1111u)) >= 3;
}

// How often each of the bands from the first open one on teaches most in a draw. All pupils of a bank ask this of the
// same effects until new ones are published, so a thread remembers its last answers.
const std::vector<double>& chances_of_bands(const std::vector<Gain>& bands) {
  struct Known {
    std::vector<Gain> bands;
    std::vector<double> chances;
  };
  thread_local std::array<Known, 8> known;
  thread_local std::size_t oldest = 0;
  for (const Known& each : known)
    if (each.bands == bands) return each.chances;
  Known& next = known[oldest++ % known.size()];
  next = {bands, chances_to_be_largest(bands)};
  return next.chances;
}

double minutes_of_exercise(const Situation& s, int topic) {
  const std::vector<int>& items = s.catalogue.topics[topic].items;
  double sum = 0.0;
  for (const int item : items) sum += s.catalogue.items[item].minutes;
  return sum / static_cast<double>(items.size());
}

// The levels open to this pupil, as arms: what an exercise there is believed to teach the usual pupil.
struct Arms {
  std::vector<double> success;  // one entry a band
  std::vector<Gain> gains;      // the bands, then the videos
};

// The standard error of each band's gain against the mean of all: what they share decides nothing between them.
using OfBands = Eigen::Array<double, effects::bands.size(), 1>;
OfBands contrast_sd(const effects::Effects& effects) {
  const Eigen::MatrixXd& covariance = effects.practice_covariance;
  const OfBands shared = covariance.rowwise().mean();
  const OfBands variance = covariance.diagonal().array() - 2.0 * shared + shared.mean();
  return variance.max(0.0).sqrt();
}

Arms band_arms(const Situation& s) {
  Arms arms;
  arms.success.reserve(effects::bands.size());
  arms.gains.reserve(most_arms);
  const OfBands sd = contrast_sd(s.effects);
  const double least = discouraged(s.context) ? target_discouraged : 0.0;
  for (std::size_t b = 0; b < effects::bands.size(); ++b) {
    if (effects::bands[b] < least) continue;
    const int effect = effects::practice_effect(static_cast<int>(b));
    arms.success.push_back(effects::bands[b]);
    arms.gains.push_back({s.effects.value[effect], sd[static_cast<int>(b)]});
  }
  if (s.context.steering.level == Level::Adaptive) return arms;
  const double wished = std::max(least, fixed_target(s.context.steering.level));
  const int effect = effects::practice_effect(effects::band_of(wished));
  return {{wished}, {{s.effects.value[effect], s.effects.sd[effect]}}};
}

effects::Zone zone_of(const Situation& s, int topic) {
  return effects::zone_of(s.posterior.mean(topic), s.catalogue.topics[topic].cut);
}

// What a video teaches in the minutes that exercise takes; the pupil's own rate speeds up practice and not watching.
void add_video_arms(const Situation& s, int topic, const std::vector<int>& videos, Arms& arms) {
  const effects::Zone zone = zone_of(s, topic);
  const double exercise = minutes_of_exercise(s, topic) / tracking::expected_rate(s.posterior);
  for (const int video : videos) {
    const double left = std::exp2(-s.context.videos[video].times_seen);
    const double share = left * exercise / s.catalogue.videos[video].minutes;
    const int effect = effects::video_effect(video, zone);
    arms.gains.push_back({s.effects.value[effect] * share, s.effects.sd[effect] * share});
  }
}

// Thompson's probabilities squared, with the weight of the level before and a floor under each band.
std::vector<Target> targets_of(const Arms& arms, const std::vector<double>& chances, double level) {
  const double count = static_cast<double>(arms.success.size());
  const double least = arms.success.size() > 1 ? band_floor : 0.0;
  const auto weight = [&](std::size_t b) {
    const bool before = level > 0.0 && effects::band_of(arms.success[b]) == effects::band_of(level);
    return chances[b] * chances[b] * (before ? level_before : 1.0);
  };
  double sum = 0.0;
  for (std::size_t b = 0; b < arms.success.size(); ++b) sum += weight(b);
  std::vector<Target> targets;
  for (std::size_t b = 0; b < arms.success.size(); ++b) {
    const double share = sum > 0.0 ? weight(b) / sum : 1.0 / count;
    targets.push_back({arms.success[b], least + (1.0 - count * least) * share});
  }
  return targets;
}

Actions shown(Reason reason, const std::vector<int>& videos, const std::vector<double>& shares,
              std::vector<Target> targets) {
  Actions result{.video_reason = reason, .videos = {}, .targets = std::move(targets)};
  double rest = 1.0;
  for (std::size_t v = 0; v < videos.size(); ++v) {
    result.videos.push_back({videos[v], video_offer * shares[v]});
    rest -= video_offer * shares[v];
  }
  for (Target& target : result.targets) target.probability *= rest;
  return result;
}

// An exercise at some level, or a video: where the topic is new and far too hard, and where a pupil who stands far
// below it or is stuck is likely to learn more from a minute of it.
Actions practice(const Situation& s, const Branch& branch, int topic) {
  Arms arms = band_arms(s);
  std::vector<Target> targets = targets_of(arms, chances_of_bands(arms.gains), s.context.last_level);
  std::vector<int> videos = eligible_videos(s.catalogue, s.context, topic);
  videos.resize(std::min<std::size_t>(videos.size(), most_arms - arms.gains.size()));
  if (videos.empty()) return {Reason::NothingLeft, {}, std::move(targets)};
  const TopicHistory& history = s.context.topics[topic];
  const bool is_new = history.answers < new_topic_answers;
  if (is_new && spread_of(s, branch.pool, branch.relaxation, topic).easiest < too_hard) {
    const std::vector<double> alike(videos.size(), 1.0 / static_cast<double>(videos.size()));
    return shown(Reason::VideoForNew, videos, alike, std::move(targets));
  }
  const bool novice = zone_of(s, topic) == effects::Zone::Novice;
  if (!novice && !stuck(history)) return {Reason::NothingLeft, {}, std::move(targets)};
  add_video_arms(s, topic, videos, arms);
  const std::vector<double> chances = chances_to_be_largest(arms.gains);
  const std::vector<double> of_videos(chances.begin() + std::ssize(arms.success), chances.end());
  return shown(stuck(history) ? Reason::VideoForStuck : Reason::VideoPays, videos, of_videos,
               std::move(targets));
}

}  // namespace

Actions actions(const Situation& s, const Branch& branch, int topic) {
  const double wish = fixed_target(s.context.steering.level);
  const double mild = discouraged(s.context) ? std::max(wish, target_discouraged) : wish;
  switch (branch.reason) {
    case Reason::LessonVideo:
      return {Reason::LessonVideo, {{s.context.plan->video_first, 1.0}}, {}};
    case Reason::Frontier:
      return practice(s, branch, topic);
    case Reason::ReadinessCheck:  // compares pupils, so their wish and mood stay out of it
      return {Reason::NothingLeft, {}, one_target(target_middle)};
    case Reason::EasyAfterVideo:
      return {Reason::NothingLeft, {}, one_target(std::max(mild, target_after_video))};
    case Reason::Enrichment:
      return {Reason::NothingLeft,
              {},
              one_target(discouraged(s.context) ? target_discouraged : target_enrichment)};
    default:
      return {Reason::NothingLeft, {}, one_target(mild)};
  }
}

}  // namespace trede::policy
