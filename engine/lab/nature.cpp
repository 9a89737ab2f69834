#include "engine/lab/nature.hpp"

#include <algorithm>
#include <cmath>

#include "engine/irt/dichotomous.hpp"

namespace trede::lab {
namespace {

constexpr double guessing = 0.15;
constexpr double slope_spread = 0.3;  // sd of ln slope
constexpr double lean_spread = 0.5;
constexpr double talented_share = 1.0 / 7.0;
constexpr double talent = 3.5;
constexpr double newest = 0.15;
constexpr double frustrated_below = 0.6;
constexpr double bored_above = 0.95;
constexpr double stop_rate = 0.15;
constexpr double slip = 0.05;
constexpr double slow_share = 1.0 / 3.0;
constexpr int long_text_every = 3;
constexpr double long_text = 0.8;           // logits
constexpr double long_text_minutes = 2.0;   // times as long
constexpr double tired_a_minute = 0.02;     // logits
constexpr double attentive_minutes = 40.0;  // after which practice teaches e times less
constexpr double session_length = 20.0;     // minutes
constexpr double lost_of_new = 1.0 / 3.0;
constexpr double lost_of_known = 0.1;
constexpr double form_spread = 0.5;  // logits
constexpr double insight_chance = 1.0 / 12.0;
constexpr double copying_share = 0.25;
constexpr double copying_sessions = 1.0 / 3.0;
constexpr double copied_right = 0.9;
constexpr double changed_by = 0.8;  // logits
constexpr int changed_topic = 2;
constexpr double knowing_share = 0.5;
constexpr double leaked_after = 60.0;  // minutes
constexpr double leaked_right = 0.95;
constexpr double days_between_sessions = 2.0;
constexpr double holiday_days = 42.0;
constexpr int sessions_before_holiday = 6;
constexpr double lost_in_holiday = 0.5;

bool is_held_up(const Nature& nature, int item) {
  return nature.reads_slowly && item % long_text_every == 0;
}

bool is_given_away(const Nature& nature, int item) {
  return nature.knows_answers && nature.session_minutes >= leaked_after && item % 2 == 0;
}

void forget(SimulatedPupil& pupil, Nature& nature) {
  for (Eigen::Index k = 0; k < pupil.ability.size(); ++k) {
    const double learned = pupil.ability[k] - nature.at_start[k];
    if (learned <= 0.0) continue;
    auto known = nature.known_before[static_cast<std::size_t>(k)];
    pupil.ability[k] -= (known ? lost_of_known : lost_of_new) * learned;
    known = true;
  }
  nature.at_start = pupil.ability;
}

bool is_holiday_next(const Nature& nature) {
  return nature.has_holiday && nature.sessions + 1 == sessions_before_holiday;
}

bool copies_today(const Nature& nature, Random& random) {
  return nature.copies && random.uniform() < copying_sessions;
}

}  // namespace

Nature nature_of(World world, SimulatedPupil& pupil, Random& random) {
  Nature nature;
  if (world == World::Misfit) {
    nature.slope = std::exp(slope_spread * random.normal());
    nature.lean = lean_spread * random.normal();
    nature.guessing = guessing;
  }
  if (world == World::Dropout) nature.may_stop = true;
  if (world == World::Talent) nature.talented = random.uniform() < talented_share;
  if (nature.talented) pupil.ability.array() += talent;
  if (world == World::SlowReaders) {
    nature.slip = slip;
    nature.reads_slowly = random.uniform() < slow_share;
  }
  nature.has_holiday = world == World::Holiday;
  if (nature.has_holiday) nature.at_start = pupil.ability;
  if (world == World::Copying) nature.copies = random.uniform() < copying_share;
  nature.copying = copies_today(nature, random);
  if (world == World::Changed) nature.third_harder = changed_by;
  if (world == World::Leaked) nature.knows_answers = random.uniform() < knowing_share;
  nature.has_sessions = world == World::Tired || world == World::DayForm || world == World::Copying ||
                        world == World::Holiday;
  nature.has_days = world == World::DayForm;
  if (nature.has_days) nature.form = form_spread * random.normal();
  nature.waits_for_insight = world == World::Insights;
  if (nature.waits_for_insight) nature.dawning = Eigen::VectorXd::Zero(pupil.ability.size());
  if (world == World::Tired) {
    nature.tires = true;
    nature.at_start = pupil.ability;
    nature.known_before.assign(static_cast<std::size_t>(pupil.ability.size()), false);
  }
  return nature;
}

double chance_right(const SimulatedPupil& pupil, const Nature& nature, const Catalogue& catalogue, int item) {
  if (nature.copying) return copied_right;
  if (is_given_away(nature, item)) return leaked_right;
  const CatalogueItem& exercise = catalogue.items[item];
  double side = (item % 2 == 0 ? nature.lean : -nature.lean) + nature.form;
  if (is_held_up(nature, item)) side -= long_text;
  if (exercise.topic() == changed_topic) side -= nature.third_harder;
  if (nature.tires) side -= tired_a_minute * nature.session_minutes;
  const double log_odds =
      nature.slope * (irt::log_odds(exercise, pupil.ability) + exercise.parameters.slope * side);
  const double known = irt::probability(log_odds, irt::asymptotes_of(exercise.parameters));
  return nature.guessing + (1.0 - nature.slip - nature.guessing) * known;
}

double minutes_of(const Nature& nature, const Catalogue& catalogue, int item) {
  return catalogue.items[item].minutes * (is_held_up(nature, item) ? long_text_minutes : 1.0);
}

double lesson_for(const Nature& nature, World world, int item, double probability_right) {
  if (nature.copying || is_given_away(nature, item)) return 0.0;
  const double attention = nature.tires ? std::exp(-nature.session_minutes / attentive_minutes) : 1.0;
  return attention * lesson_of(world, probability_right);
}

bool session_over(const Nature& nature) {
  return nature.has_sessions && nature.session_minutes >= session_length;
}

void learn(SimulatedPupil& pupil, Nature& nature, const Catalogue& catalogue, const CatalogueItem& item,
           double lesson, bool right, Random& random) {
  if (!nature.waits_for_insight) return practise(pupil, catalogue, item, lesson);
  const Eigen::VectorXd before = pupil.ability;
  practise(pupil, catalogue, item, lesson);
  nature.dawning += pupil.ability - before;
  pupil.ability = before;
  if (!right || random.uniform() >= insight_chance) return;
  pupil.ability[item.topic()] += nature.dawning[item.topic()];
  nature.dawning[item.topic()] = 0.0;
}

double days_until_next(const Nature& nature) {
  return is_holiday_next(nature) ? holiday_days : days_between_sessions;
}

void rest_until_next(SimulatedPupil& pupil, Nature& nature, Random& random) {
  if (nature.tires) forget(pupil, nature);
  if (is_holiday_next(nature))
    pupil.ability -= lost_in_holiday * (pupil.ability - nature.at_start).cwiseMax(0.0);
  ++nature.sessions;
  nature.copying = copies_today(nature, random);
  if (nature.has_days) nature.form = form_spread * random.normal();
  nature.session_minutes = 0.0;
}

bool stays_after(Nature& nature, bool right, Random& random) {
  nature.recent_success += newest * ((right ? 1.0 : 0.0) - nature.recent_success);
  if (!nature.may_stop) return true;
  const double unease = std::max(0.0, frustrated_below - nature.recent_success) +
                        std::max(0.0, nature.recent_success - bored_above);
  return random.uniform() >= stop_rate * unease;
}

}  // namespace trede::lab
