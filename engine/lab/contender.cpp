#include "engine/lab/contender.hpp"

#include <algorithm>
#include <cmath>

#include "engine/irt/dichotomous.hpp"
#include "engine/policy/choice.hpp"
#include "engine/policy/eligibility.hpp"
#include "engine/tracking/update.hpp"

namespace trede::lab {
namespace {

constexpr double elo_gain = 0.4;  // K
constexpr double frontier_mastery = 0.9;
constexpr double rate_unknown = 1e-8;  // variance of a rate that is not a state
constexpr int elo_video_failures = 2;

int last_topic(const Catalogue& bank) {
  return bank.order.back();
}

bool alike(const ItemParameters& one, const ItemParameters& other) {
  return one.slope == other.slope && one.difficulty == other.difficulty && one.guessing == other.guessing;
}

// The exercise of a topic whose chance of success is nearest to the target; the first of those that are alike.
template <class Chance>
int nearest(const Catalogue& bank, int topic, double target, Chance chance) {
  int best = -1, before = -1;
  double least = 0.0;
  for (const int item : bank.topics[topic].items) {
    const bool known = before >= 0 && alike(bank.items[item].parameters, bank.items[before].parameters);
    before = item;
    if (known) continue;
    const double away = std::abs(chance(item) - target);
    if (best >= 0 && away >= least) continue;
    best = item;
    least = away;
  }
  return best;
}

int frontier_topic(const LabPupil& pupil, const Catalogue& bank) {
  for (const int topic : bank.order)
    if (tracking::mastery(pupil.tracked.state.posterior, topic, bank.topics[topic].cut) < frontier_mastery)
      return topic;
  return last_topic(bank);
}

// The video that may come, where a draw of what it teaches a minute beats one of what an exercise at the target does;
// −1 = an exercise.
int video_that_pays(const LabPupil& pupil, const Catalogue& bank, int topic, double target,
                    const effects::Effects& effects, Random& random) {
  const std::vector<int> videos = policy::eligible_videos(bank, pupil.context, topic);
  if (videos.empty()) return -1;
  const int video = videos.front();
  const effects::Zone zone =
      effects::zone_of(pupil.tracked.state.posterior.mean(topic), bank.topics[topic].cut);
  const auto drawn = [&](int effect) { return effects.value[effect] + effects.sd[effect] * random.normal(); };
  const double left = std::exp2(-pupil.context.videos[video].times_seen);
  const double watching = left * drawn(effects::video_effect(video, zone)) / bank.videos[video].minutes;
  const double practising =
      drawn(effects::practice_effect(effects::band_of(target)));  // an exercise takes a minute
  return watching > practising ? video : -1;
}

LabStep frontier_step(const LabPupil& pupil, const Catalogue& bank, const Contender& contender,
                      const effects::Effects& effects, Random& random) {
  const int topic = frontier_topic(pupil, bank);
  const int video =
      contender.video ? video_that_pays(pupil, bank, topic, contender.target, effects, random) : -1;
  if (video >= 0) return {.video = video};
  const auto chance = [&](int item) {
    return tracking::quick_predict(pupil.tracked.state.posterior, bank.items[item]);
  };
  return {.item = nearest(bank, topic, contender.target, chance)};
}

// s(θ − b), or with slopes s(a (θ − b)).
double elo_chance(const LabPupil& pupil, const CatalogueItem& item, const Contender& contender) {
  const double slope = contender.slopes ? item.parameters.slope : 1.0;
  return irt::logistic(slope * (pupil.ratings[item.topic()] - item.parameters.difficulty));
}

LabStep elo_step(const LabPupil& pupil, const Catalogue& bank, const Contender& contender) {
  int topic = last_topic(bank);
  for (const int open : bank.order)
    if (pupil.ratings[open] < bank.topics[open].cut) {
      topic = open;
      break;
    }
  const std::vector<int> videos = policy::eligible_videos(bank, pupil.context, topic);
  if (contender.video && pupil.failures_in_row >= elo_video_failures && !videos.empty())
    return {.video = videos.front()};
  const auto chance = [&](int item) { return elo_chance(pupil, bank.items[item], contender); };
  return {.item = nearest(bank, topic, contender.target, chance)};
}

LabStep ladder_step(const LabPupil& pupil, const Catalogue& bank) {
  for (const int topic : bank.order) {
    const std::vector<int>& items = bank.topics[topic].items;
    if (pupil.rungs[topic] < static_cast<int>(items.size())) return {.item = items[pupil.rungs[topic]]};
  }
  return {.item = bank.topics[last_topic(bank)].items.back()};
}

LabStep informative_step(const LabPupil& pupil, const Catalogue& bank) {
  const auto information = [&](int item) {
    const CatalogueItem& candidate = bank.items[item];
    const tracking::Posterior& belief = pupil.tracked.state.posterior;
    const double p = tracking::quick_predict(belief, candidate);
    return belief.covariance(candidate.topic(), candidate.topic()) * p * (1.0 - p);
  };
  int best = 0;
  double most = -1.0;
  for (int item = 0; item < static_cast<int>(bank.items.size()); ++item)
    if (const double told = information(item); told > most) {
      most = told;
      best = item;
    }
  return {.item = best};
}

LabStep our_step(const LabPupil& pupil, const Catalogue& bank, const effects::Effects& effects,
                 Random& random) {
  const policy::Choice choice =
      policy::choose(pupil.tracked.state.posterior, bank, pupil.context, effects, random.bits());
  return {choice.item, choice.video, choice.target, choice.reason};
}

}  // namespace

std::vector<Contender> usual_contenders() {
  return {
      {.word = "random", .name = "random", .rule = Rule::Random, .video = false},
      {.word = "ladder", .name = "ladder", .rule = Rule::Ladder, .video = false},
      {.word = "information",
       .name = "maximum information",
       .rule = Rule::MaximumInformation,
       .video = false},
      {.word = "elo", .name = "Elo at .75", .rule = Rule::Elo, .video = false},
      {.word = "elo-video", .name = "Elo at .75, video", .rule = Rule::Elo},
      {.word = "elo-slopes", .name = "Elo with slopes", .rule = Rule::Elo, .slopes = true, .video = false},
      {.word = "elo-slopes-video", .name = "Elo with slopes, video", .rule = Rule::Elo, .slopes = true},
      {.word = "frontier60",
       .name = "frontier at .60",
       .rule = Rule::Frontier,
       .target = 0.6,
       .video = false},
      {.word = "frontier75", .name = "frontier at .75", .rule = Rule::Frontier, .video = false},
      {.word = "frontier85",
       .name = "frontier at .85",
       .rule = Rule::Frontier,
       .target = 0.85,
       .video = false},
      {.word = "frontier75-video",
       .name = "frontier at .75, video",
       .rule = Rule::Frontier,
       .own_rate = false},
      {.word = "trede", .name = "Trede"}};
}

std::vector<Contender> variants_of_ours() {
  return {{.word = "trede-no-video", .name = "Trede without video", .video = false},
          {.word = "trede-fixed-level", .name = "Trede at .75", .learned_level = false},
          {.word = "trede-no-rates", .name = "Trede without own rates", .own_rate = false},
          {.word = "trede-no-learning", .name = "Trede without learning effects", .learns = false},
          {.word = "calibrated", .name = "Trede, exercises learned", .calibrated_within = 0.15},
          {.word = "second-year", .name = "Trede, second year", .cohorts_before = 1}};
}

LabPupil lab_pupil(SimulatedPupil truth, Nature nature, const Catalogue& bank, const Contender& contender) {
  LabPupil pupil{.truth = std::move(truth),
                 .nature = nature,
                 .tracked = effects::new_tracked(bank, 0.0),
                 .context = policy::new_context(bank),
                 .ratings = Eigen::VectorXd::Constant(std::ssize(bank.topics), 0.0),
                 .rungs = std::vector<int>(bank.topics.size(), 0)};
  if (!contender.own_rate) {
    constexpr int row = tracking::learning_rate_row;
    pupil.tracked.state.posterior.covariances(row, row) = rate_unknown;
  }
  if (!contender.learned_level) pupil.context.steering.level = policy::Level::Middle;
  if (!contender.video)
    for (policy::VideoHistory& video : pupil.context.videos) video.times_seen = policy::video_most_times;
  return pupil;
}

LabStep next_step(const LabPupil& pupil, const Catalogue& bank, const Contender& contender,
                  const effects::Effects& effects, Random& random) {
  switch (contender.rule) {
    case Rule::Random:
      return {.item = random.below(static_cast<int>(bank.items.size()))};
    case Rule::Ladder:
      return ladder_step(pupil, bank);
    case Rule::MaximumInformation:
      return informative_step(pupil, bank);
    case Rule::Elo:
      return elo_step(pupil, bank, contender);
    case Rule::Frontier:
      return frontier_step(pupil, bank, contender, effects, random);
    case Rule::Ours:
      break;
  }
  return our_step(pupil, bank, effects, random);
}

void note_answer(LabPupil& pupil, const Catalogue& bank, const Contender& contender, int item, bool right) {
  const int topic = bank.items[item].topic();
  const double expected = elo_chance(pupil, bank.items[item], contender);
  pupil.ratings[topic] += elo_gain * ((right ? 1.0 : 0.0) - expected);
  pupil.failures_in_row = right ? 0 : pupil.failures_in_row + 1;
  pupil.right_in_row = right ? pupil.right_in_row + 1 : 0;
  if (pupil.right_in_row >= 2) {
    ++pupil.rungs[topic];
    pupil.right_in_row = 0;
  }
}

}  // namespace trede::lab
