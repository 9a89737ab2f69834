#include "engine/lab/bank_walk.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "engine/effects/moves.hpp"
#include "engine/lab/worlds.hpp"
#include "engine/parallel/parallel_for.hpp"
#include "engine/policy/choice.hpp"
#include "engine/policy/stages.hpp"

namespace trede::lab {
namespace {

constexpr double mastered_from = 0.9;
constexpr double days_a_week = 7.0;
constexpr double minutes_a_day = 1440.0;
constexpr std::int64_t first_day = 19'000;  // any
constexpr tracking::Constants constants;

double logit(double p) {
  const double inside = std::clamp(p, 1e-3, 1.0 - 1e-3);
  return std::log(inside / (1.0 - inside));
}

// One pupil on the way; the walk's tallies are of this pupil alone.
struct Walker {
  const Catalogue& bank;
  const WalkOptions& options;
  const effects::Effects& effects;
  Random random;
  SimulatedPupil truth;
  effects::Tracked tracked;
  policy::PupilContext context;
  double days = 0.0;
  BankWalk walk;
  WalkedPupil own;

  const tracking::Posterior& belief() const { return tracked.state.posterior; }
};

Walker new_walker(const Catalogue& bank, const WalkOptions& options, const effects::Effects& effects,
                  std::uint64_t seed) {
  Random random{seed};
  SimulatedPupil truth = simulate_pupil(bank, options.cohort_mean, random);
  if (options.all_alike) truth.ability.setConstant(options.cohort_mean);
  truth.resting = truth.ability;
  Walker walker{bank,
                options,
                effects,
                random,
                std::move(truth),
                effects::new_tracked(bank, options.cohort_mean),
                policy::new_context(bank),
                0.0,
                {},
                {}};
  policy::begin_placement(walker.context);
  walker.walk.items.resize(bank.items.size());
  walker.walk.topics.resize(bank.topics.size());
  walker.walk.videos.resize(bank.videos.size(), 0);
  return walker;
}

// The exercise that was chosen is the nearest there was; how far off, and what should there have been?
void note_aim(TopicUse& topic, const policy::Choice& choice, const CatalogueItem& item) {
  topic.nothing_easier += choice.gap == policy::Gap::NothingEasier;
  topic.nothing_harder += choice.gap == policy::Gap::NothingHarder;
  const bool aims = choice.reason != policy::Reason::Placement && choice.reason != policy::Reason::Seeding;
  if (!aims) return;
  ++topic.aimed;
  const double wanted =
      item.parameters.difficulty + (logit(choice.predicted) - logit(choice.target)) / item.parameters.slope;
  const auto bin = static_cast<std::size_t>(difficulty_bin(wanted));
  if (choice.predicted < choice.target - off_target) ++topic.too_hard[bin];
  if (choice.predicted > choice.target + off_target) ++topic.too_easy[bin];
}

double do_exercise(Walker& walker, const policy::Choice& choice) {
  const CatalogueItem& item = walker.bank.items[choice.item];
  const bool right = walker.truth.answers(item, walker.random);
  walker.tracked =
      effects::answered(std::move(walker.tracked), walker.bank, choice.item, right, walker.effects, constants)
          .tracked;
  policy::answered(walker.context, walker.bank,
                   {.item = choice.item,
                    .right = right,
                    .predicted = choice.predicted,
                    .reason = choice.reason,
                    .target = choice.target});
  policy::settle(walker.context, walker.bank, walker.belief(), choice.item);
  practise(walker.truth, walker.bank, item, usual_lesson(walker.truth.probability_right(item)));

  ++walker.walk.items[choice.item].given;
  TopicUse& topic = walker.walk.topics[item.topic()];
  ++topic.answers;
  topic.right += right;
  topic.minutes += item.minutes;
  note_aim(topic, choice, item);
  WalkedPupil& own = walker.own;
  ++own.answers;
  own.right += right;
  own.enrichment += item.enrichment;
  own.gifts += choice.predicted > policy::too_easy;
  own.riddles += choice.predicted < policy::too_hard;
  return item.minutes;
}

double watch_video(Walker& walker, int video) {
  const int seen = walker.context.videos[video].times_seen;
  walker.tracked = effects::watched(std::move(walker.tracked), walker.bank, video, 1.0, seen, walker.effects);
  policy::watched_video(walker.context, walker.bank, video);
  watch(walker.truth, walker.bank, video, 1.0, walker.random);
  const double minutes = walker.bank.videos[video].minutes;
  TopicUse& topic = walker.walk.topics[walker.bank.videos[video].topic];
  topic.minutes += minutes;
  topic.video_minutes += minutes;
  walker.own.video_minutes += minutes;
  ++walker.walk.videos[video];
  return minutes;
}

void live_session(Walker& walker, double days_since) {
  walker.days += days_since;
  policy::time_passes(walker.context, days_since * minutes_a_day,
                      first_day + static_cast<std::int64_t>(walker.days));
  walker.tracked = effects::advance(std::move(walker.tracked), walker.effects, constants, days_since,
                                    walker.options.cohort_mean);
  walker.truth.rest(days_since);
  double minutes = 0.0;
  while (minutes < walker.options.session_minutes) {
    const policy::Choice choice =
        policy::choose(walker.belief(), walker.bank, walker.context, walker.effects, walker.random.bits());
    if (choice.kind == policy::ChoiceKind::Nothing) {
      ++walker.own.left_empty;
      break;
    }
    minutes += choice.kind == policy::ChoiceKind::Video ? watch_video(walker, choice.video)
                                                        : do_exercise(walker, choice);
  }
  walker.own.minutes += minutes;
}

// P(mastery) alone would not do: it sinks with every day that a topic rests.
bool masters(const Walker& walker, int topic) {
  return walker.context.topics[topic].finished ||
         tracking::mastery(walker.belief(), topic, walker.bank.topics[topic].cut) > mastered_from;
}

void end_week(Walker& walker, int week) {
  int mastered = 0, ordinary = 0, ordinary_mastered = 0;
  for (int k = 0; k < static_cast<int>(walker.bank.topics.size()); ++k) {
    const bool known = masters(walker, k);
    mastered += known;
    if (walker.bank.topics[k].enrichment) continue;
    ++ordinary;
    ordinary_mastered += known;
  }
  walker.walk.mastered.push_back(mastered);
  if (walker.own.weeks_to_end < 0 && ordinary_mastered == ordinary) walker.own.weeks_to_end = week + 1;
}

BankWalk finish(Walker walker) {
  for (ItemUse& item : walker.walk.items) {
    item.pupils = item.given > 0;
    walker.own.different += item.pupils;
    walker.own.most_given = std::max(walker.own.most_given, item.given);
  }
  for (int k = 0; k < static_cast<int>(walker.walk.topics.size()); ++k) {
    TopicUse& topic = walker.walk.topics[k];
    topic.pupils = topic.answers > 0;
    topic.mastered = topic.pupils > 0 && masters(walker, k);
  }
  walker.walk.pupils = {walker.own};
  return std::move(walker.walk);
}

BankWalk walk_alone(const Catalogue& bank, const WalkOptions& options, const effects::Effects& effects,
                    std::uint64_t seed) {
  Walker walker = new_walker(bank, options, effects, seed);
  const double days_between = days_a_week / options.sessions_a_week;
  for (int week = 0; week < options.weeks; ++week) {
    for (int session = 0; session < options.sessions_a_week; ++session) live_session(walker, days_between);
    end_week(walker, week);
  }
  return finish(std::move(walker));
}

void add(TopicUse& sum, const TopicUse& more) {
  sum.pupils += more.pupils;
  sum.mastered += more.mastered;
  sum.answers += more.answers;
  sum.right += more.right;
  sum.minutes += more.minutes;
  sum.video_minutes += more.video_minutes;
  sum.nothing_easier += more.nothing_easier;
  sum.nothing_harder += more.nothing_harder;
  sum.aimed += more.aimed;
  for (std::size_t bin = 0; bin < sum.too_hard.size(); ++bin) {
    sum.too_hard[bin] += more.too_hard[bin];
    sum.too_easy[bin] += more.too_easy[bin];
  }
}

}  // namespace

int difficulty_bin(double difficulty) {
  const int bin = static_cast<int>(std::floor((difficulty - lowest_difficulty) / difficulty_step));
  return std::clamp(bin, 0, difficulty_bins - 1);
}

BankWalk joined(BankWalk one, const BankWalk& other) {
  const auto here = static_cast<double>(one.pupils.size()), there = static_cast<double>(other.pupils.size());
  for (std::size_t i = 0; i < one.items.size(); ++i) {
    one.items[i].given += other.items[i].given;
    one.items[i].pupils += other.items[i].pupils;
  }
  for (std::size_t k = 0; k < one.topics.size(); ++k) add(one.topics[k], other.topics[k]);
  for (std::size_t v = 0; v < one.videos.size(); ++v) one.videos[v] += other.videos[v];
  for (std::size_t week = 0; week < one.mastered.size(); ++week)
    one.mastered[week] = (here * one.mastered[week] + there * other.mastered[week]) / (here + there);
  one.pupils.insert(one.pupils.end(), other.pupils.begin(), other.pupils.end());
  return one;
}

BankWalk walk(const Catalogue& bank, const WalkOptions& options, const std::function<void(int, int)>& told) {
  const effects::Effects effects = effects::first_guess(bank);
  std::vector<BankWalk> walks(static_cast<std::size_t>(options.pupils));
  std::atomic<int> done{0};
  parallel_for(options.pupils, options.workers, [&](int pupil) {
    walks[static_cast<std::size_t>(pupil)] =
        walk_alone(bank, options, effects, mix(options.seed, static_cast<std::uint64_t>(pupil)));
    const int finished = done.fetch_add(1) + 1;
    if (told) told(finished, options.pupils);
  });
  BankWalk all = std::move(walks.front());
  for (std::size_t i = 1; i < walks.size(); ++i) all = joined(std::move(all), walks[i]);
  return all;
}

}  // namespace trede::lab
