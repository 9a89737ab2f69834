#include "engine/lab/study.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "engine/effects/statistics.hpp"
#include "engine/lab/item_beliefs.hpp"
#include "engine/lab/study_bank.hpp"
#include "engine/parallel/parallel_for.hpp"

namespace trede::lab {
namespace {

constexpr int points_on_curve = 20;
constexpr double gift = 0.92;                           // P(right): nothing to learn from
constexpr double interval = 1.959964;                   // 95 %
constexpr std::uint64_t calibration_draw = 1ULL << 40;  // no pupil's number
constexpr std::uint64_t earlier_pupils = 1ULL << 41;    // nor are these

// One run in progress.
struct Run {
  const Catalogue& bank;  // the true one
  ItemBeliefs known;
  World world;
  const Contender& contender;
  std::vector<LabPupil> pupils;
  std::vector<PupilResult> results;
  std::vector<double> stops_at;  // minutes
  std::vector<Random> randoms;
  effects::Effects effects;
  effects::EffectStatistics statistics;
  std::vector<double> given;  // times, per item
};

Run begin(const Catalogue& bank, World world, const Contender& contender, const StudyOptions& options,
          std::uint64_t seed, effects::EffectStatistics learned) {
  const bool is_first = learned.score.empty();
  Run run{.bank = bank,
          .known = item_beliefs(bank, contender.calibrated_within, Random{mix(seed, calibration_draw)}),
          .world = world,
          .contender = contender,
          .pupils = {},
          .results = {},
          .stops_at = {},
          .randoms = {},
          .effects = is_first ? effects::first_guess(bank) : effects::estimate(bank, learned),
          .statistics = std::move(learned),
          .given = {}};
  run.given.assign(bank.items.size(), 0.0);
  for (int i = 0; i < options.pupils; ++i) {
    Random random{mix(seed, static_cast<std::uint64_t>(i))};
    SimulatedPupil truth = study_pupil(bank, random);
    const Nature nature = nature_of(world, truth, random);
    PupilResult result;
    result.before = test_score(truth, bank);
    result.growth = -truth.ability.mean();
    result.talented = nature.talented;
    result.rate_true = std::log(truth.learning_rate);
    run.pupils.push_back(lab_pupil(std::move(truth), nature, bank, contender));
    run.results.push_back(result);
    run.stops_at.push_back(options.minutes);
    run.randoms.push_back(random);
  }
  return run;
}

void watch_video(Run& run, std::size_t i, int video) {
  LabPupil& pupil = run.pupils[i];
  const int seen = pupil.context.videos[video].times_seen;
  pupil.tracked = effects::watched(std::move(pupil.tracked), run.known.bank, video, 1.0, seen, run.effects);
  policy::watched_video(pupil.context, run.known.bank, video);
  watch(pupil.truth, run.bank, video, 1.0, run.randoms[i]);
  pupil.failures_in_row = 0;
  ++run.results[i].videos;
  run.results[i].video_minutes += run.bank.videos[video].minutes;
}

void do_exercise(Run& run, std::size_t i, const LabStep& given) {
  const int item = given.item;
  constexpr tracking::Constants constants;
  LabPupil& pupil = run.pupils[i];
  const CatalogueItem& exercise = run.bank.items[item];
  const double chance = chance_right(pupil.truth, pupil.nature, run.bank, item);
  const bool right = run.randoms[i].uniform() < chance;
  const double ability = ability_on(run.known, item, pupil.tracked.state.posterior);
  effects::Answered answered = effects::answered(std::move(pupil.tracked), run.known.bank, item, right,
                                                 run.effects, constants, uncertainty_of(run.known, item));
  note_answer(run.known, item, right, ability, answered.innovation);
  pupil.tracked = std::move(answered.tracked);
  effects::add(run.statistics, answered.evidence);
  policy::answered(pupil.context, run.known.bank,
                   {.item = item,
                    .right = right,
                    .predicted = answered.predicted,
                    .reason = given.reason,
                    .target = given.target});
  policy::settle(pupil.context, run.known.bank, pupil.tracked.state.posterior, item);
  note_answer(pupil, run.known.bank, run.contender, item, right);
  learn(pupil.truth, pupil.nature, run.bank, exercise, lesson_for(pupil.nature, run.world, item, chance),
        right, run.randoms[i]);
  PupilResult& result = run.results[i];
  ++result.answers;
  result.right += right;
  result.gifts += chance > gift;
  run.given[item] += 1.0;
  if (!stays_after(pupil.nature, right, run.randoms[i])) run.stops_at[i] = result.minutes;
}

// The days between two sessions.
void pass_the_days(Run& run, std::size_t i) {
  constexpr tracking::Constants constants;
  constexpr double minutes_a_day = 1440.0;
  LabPupil& pupil = run.pupils[i];
  const double days = days_until_next(pupil.nature);
  rest_until_next(pupil.truth, pupil.nature, run.randoms[i]);
  pupil.tracked = effects::advance(std::move(pupil.tracked), run.effects, constants, days, 0.0);
  policy::time_passes(pupil.context, days * minutes_a_day,
                      pupil.context.day + static_cast<std::int64_t>(days));
}

void step(Run& run, std::size_t i) {
  const LabStep next = next_step(run.pupils[i], run.known.bank, run.contender, run.effects, run.randoms[i]);
  Nature& nature = run.pupils[i].nature;
  const double minutes = next.video >= 0  ? run.bank.videos[next.video].minutes
                         : next.item >= 0 ? minutes_of(nature, run.bank, next.item)
                                          : 1.0;
  run.results[i].minutes += minutes;
  if (next.video >= 0) watch_video(run, i, next.video);
  if (next.item >= 0) do_exercise(run, i, next);
  nature.session_minutes += minutes;
  if (session_over(nature)) pass_the_days(run, i);
}

double mean_score(const Run& run) {
  double sum = 0.0;
  for (const LabPupil& pupil : run.pupils) sum += test_score(pupil.truth, run.bank);
  return sum / static_cast<double>(run.pupils.size());
}

// Every pupil lives on until this minute is full, then what all answers said of exercises and effects is published.
void live_minute(Run& run, double minute) {
  for (std::size_t i = 0; i < run.pupils.size(); ++i)
    while (run.results[i].minutes < std::min(minute, run.stops_at[i])) step(run, i);
  publish(run.known);
  if (run.contender.learns) run.effects = effects::estimate(run.bank, run.statistics);
}

RunResult finish(Run run) {
  RunResult result{.pupils = std::move(run.results), .curve = {}, .effects = std::move(run.effects)};
  double squares = 0.0;
  double inside = 0.0;
  const auto topics = static_cast<int>(run.bank.topics.size());
  for (std::size_t i = 0; i < run.pupils.size(); ++i) {
    const LabPupil& pupil = run.pupils[i];
    PupilResult& own = result.pupils[i];
    own.after = test_score(pupil.truth, run.bank);
    own.growth += pupil.truth.ability.mean();
    own.rate_seen = pupil.tracked.state.posterior.learning_rate();
    for (int k = 0; k < topics; ++k) {
      const tracking::Posterior& belief = pupil.tracked.state.posterior;
      const double error = belief.mean(k) - pupil.truth.ability[k];
      squares += error * error;
      inside += std::abs(error) < interval * tracking::told_sd(belief, k);
      own.mastered += pupil.truth.ability[k] > run.bank.topics[k].cut;
    }
  }
  const double cells = static_cast<double>(run.pupils.size()) * topics;
  result.coverage = inside / cells;
  result.rmse = std::sqrt(squares / cells);
  double all = 0.0;
  for (const double times : run.given) all += times;
  result.most_exposed = *std::max_element(run.given.begin(), run.given.end()) / std::max(all, 1.0);
  return result;
}

// The mean test score at the start and after every twentieth of the time.
std::vector<double> live(Run& run, double minutes) {
  std::vector<double> curve{mean_score(run)};
  const double minutes_a_point = minutes / points_on_curve;
  for (double minute = 1.0; minute < minutes + 1.0; ++minute) {
    live_minute(run, std::min(minute, minutes));
    while (static_cast<double>(curve.size()) * minutes_a_point <= minute) curve.push_back(mean_score(run));
  }
  return curve;
}

// What the answers of other pupils, cohort after cohort, said of the effects.
effects::EffectStatistics learned_before(const Catalogue& bank, World world, const Contender& contender,
                                         const StudyOptions& options, std::uint64_t seed) {
  effects::EffectStatistics known;
  for (int cohort = 1; cohort <= contender.cohorts_before; ++cohort) {
    const std::uint64_t own_seed = mix(seed, earlier_pupils + static_cast<std::uint64_t>(cohort));
    Run before = begin(bank, world, contender, options, own_seed, std::move(known));
    live(before, options.minutes);
    known = std::move(before.statistics);
  }
  return known;
}

}  // namespace

RunResult run(const Catalogue& bank, World world, const Contender& contender, const StudyOptions& options,
              std::uint64_t seed) {
  Run running =
      begin(bank, world, contender, options, seed, learned_before(bank, world, contender, options, seed));
  std::vector<double> curve = live(running, options.minutes);
  RunResult result = finish(std::move(running));
  result.curve = std::move(curve);
  return result;
}

StudyResults compare(const std::vector<Contender>& contenders, const StudyOptions& options,
                     const std::function<void(int, int)>& told) {
  const std::vector<World> in =
      options.worlds.empty() ? std::vector<World>(worlds.begin(), worlds.end()) : options.worlds;
  StudyResults results(in.size(), std::vector<std::vector<RunResult>>(contenders.size(),
                                                                      std::vector<RunResult>(options.seeds)));
  const int per_world = static_cast<int>(contenders.size()) * options.seeds;
  const int all = static_cast<int>(in.size()) * per_world;
  std::atomic<int> done{0};
  parallel_for(all, options.workers, [&](int index) {
    const int w = index / per_world;
    const int c = index % per_world / options.seeds;
    const int s = index % options.seeds;
    results[w][c][s] = run(study_bank(in[w]), in[w], contenders[c], options,
                           options.first_seed + static_cast<std::uint64_t>(s));
    const int finished = done.fetch_add(1) + 1;
    if (told) told(finished, all);
  });
  return results;
}

}  // namespace trede::lab
