#include "server/practice/belief.hpp"

#include <algorithm>

#include "engine/policy/placement.hpp"

namespace trede::practice {
namespace {

constexpr double milliseconds_a_minute = 60'000.0;
constexpr tracking::Constants constants;

// For each element of `to` the position of the element with the same id in `from`, −1 = new.
template <class Elements, class Find>
std::vector<int> positions(const Elements& to, Find find_in_from) {
  std::vector<int> from_index_of;
  from_index_of.reserve(to.size());
  for (const auto& element : to) from_index_of.push_back(find_in_from(element.id).value_or(-1));
  return from_index_of;
}

bool has_domain(const content::ItemBank& bank, const std::string& id) {
  return std::any_of(bank.domains.begin(), bank.domains.end(),
                     [&](const auto& each) { return each.id == id; });
}

// The topics in domains that came with the model's bank, when these have exercises enough for a first look.
std::vector<int> of_new_subjects(const content::ItemBank& before, const Model& model) {
  std::vector<int> topics;
  std::size_t exercises = 0;
  for (std::size_t k = 0; k < model.bank->topics.size(); ++k) {
    const auto domain = static_cast<std::size_t>(model.bank->topics[k].domain);
    if (has_domain(before, model.bank->domains[domain].id)) continue;
    topics.push_back(static_cast<int>(k));
    exercises += model.catalogue.topics[k].items.size();
  }
  return exercises < policy::placement_least ? std::vector<int>{} : topics;
}

// E η before the answer, η the pupil's ability on this very item: Σ_k q_k θ_k with the short-term states.
double ability_on(const tracking::State& state, const CatalogueItem& item, int index) {
  double mean = tracking::fast_state(state.fast, item.topic(), state.answers, constants.fast).mean;
  mean += tracking::residual(state.residuals, index, state.answers, state.minutes, constants.residual).mean;
  for (const Loading& loading : item.loadings) mean += loading.weight * state.posterior.mean(loading.topic);
  return mean;
}

double seconds(std::int64_t milliseconds) {
  return static_cast<double>(milliseconds) / 1000;
}

void note_time(tracking::Speed& speed, const Model& model, const Exercised& done) {
  if (done.elapsed_ms <= 0) return;
  const auto& time = model.times[static_cast<std::size_t>(done.item)];
  if (!done.rapid) speed = tracking::faster_or_slower(speed, time, seconds(done.elapsed_ms));
  ++speed.timed;
  speed.rapid += done.rapid;
}

// Before what was done now: how long ago was the step before, and is it another day.
void note_moment(Belief& belief, Milliseconds now_ms) {
  const auto passed = static_cast<double>(now_ms - belief.as_of_ms);
  const int session = belief.context.session;
  policy::time_passes(belief.context, passed / milliseconds_a_minute,
                      static_cast<std::int64_t>(static_cast<double>(now_ms) / milliseconds_a_day));
  if (belief.context.session != session) insight::new_session(belief.watch, passed / milliseconds_a_day);
}

bool is_quick_hint(const Belief& belief, const Model& model, const Exercised& done) {
  const auto& time = model.times[static_cast<std::size_t>(done.item)];
  return done.first_hint_ms > 0 &&
         tracking::is_rapid(belief.tracked.state.speed, time, seconds(done.first_hint_ms), constants.rapid);
}

void note_answer(Belief& belief, const Model& model, const Exercised& done) {
  const int band = effects::band_of(done.predicted);
  const insight::Observation seen{.item = done.item,
                                  .right = done.right,
                                  .predicted = done.predicted,
                                  .target = done.target,
                                  .gain = model.effects.value[effects::practice_effect(band)],
                                  .rapid = done.rapid,
                                  .quick_hint = is_quick_hint(belief, model, done)};
  insight::answered(belief.watch, model.catalogue, belief.posterior(), seen);
}

}  // namespace

Belief new_belief(const Model& model, double school_year_mean, Milliseconds now_ms) {
  return {model.bank,
          effects::new_tracked(model.catalogue, school_year_mean),
          policy::new_context(model.catalogue),
          {},
          now_ms};
}

Belief advance_to(Belief belief, const Model& model, Milliseconds now_ms, double school_year_mean) {
  const double days =
      std::max<double>(0.0, static_cast<double>(now_ms - belief.as_of_ms)) / milliseconds_a_day;
  belief.tracked =
      effects::advance(std::move(belief.tracked), model.effects, constants, days, school_year_mean);
  belief.as_of_ms = std::max(belief.as_of_ms, now_ms);
  return belief;
}

bool is_rapid_guess(const Belief& belief, const Model& model, const Exercised& done) {
  const auto i = static_cast<std::size_t>(done.item);
  if (done.elapsed_ms <= 0 || (done.right && model.catalogue.items[i].parameters.guessing == 0)) return false;
  return tracking::is_rapid(belief.tracked.state.speed, model.times[i], seconds(done.elapsed_ms),
                            constants.rapid);
}

Moved after_exercise(Belief belief, const Model& model, const Exercised& done, Milliseconds now_ms,
                     double school_year_mean) {
  note_moment(belief, now_ms);
  belief = advance_to(std::move(belief), model, now_ms, school_year_mean);
  const int item = done.item;
  policy::answered(belief.context, model.catalogue,
                   {item, done.right, done.predicted, done.reason, done.rapid, done.target});
  note_answer(belief, model, done);
  note_time(belief.tracked.state.speed, model, done);
  if (done.rapid) return {std::move(belief), {model.bank, std::nullopt, {}}, 0};
  const auto index = static_cast<std::size_t>(item);
  const CatalogueItem& asked = model.catalogue.items[index];
  const double square = asked.parameters.slope * asked.parameters.slope;
  const double unknown = model.items[index].covariance(1, 1);
  const double ability = ability_on(belief.tracked.state, asked, item);
  auto answered = effects::answered(std::move(belief.tracked), model.catalogue, item, done.right,
                                    model.effects, constants, {0.0, square * unknown});
  belief.tracked = std::move(answered.tracked);
  policy::settle(belief.context, model.catalogue, belief.posterior(), item);
  const Evidence::OfItem about_item{
      item, {ability, answered.innovation.variance / square - unknown, done.right}, seconds(done.elapsed_ms)};
  return {std::move(belief), {model.bank, about_item, std::move(answered.evidence)}, answered.predicted};
}

Moved after_video(Belief belief, const Model& model, int video, double watched, Milliseconds now_ms,
                  double school_year_mean) {
  note_moment(belief, now_ms);
  belief = advance_to(std::move(belief), model, now_ms, school_year_mean);
  const int times_seen = belief.context.videos[static_cast<std::size_t>(video)].times_seen;
  belief.tracked =
      effects::watched(std::move(belief.tracked), model.catalogue, video, watched, times_seen, model.effects);
  policy::watched_video(belief.context, model.catalogue, video);
  return {std::move(belief), {model.bank, std::nullopt, {}}, 0};
}

Belief move_to(Belief belief, const Model& model) {
  if (model.bank->version == belief.bank->version) return belief;
  const auto& from = *belief.bank;
  const auto& to = *model.bank;
  policy::Mapping mapping;
  mapping.topics = positions(to.topics, [&](const std::string& id) { return from.find_topic(id); });
  mapping.items = positions(to.items, [&](const std::string& id) { return from.find_item(id); });
  mapping.videos = positions(to.videos, [&](const std::string& id) { return from.find_video(id); });
  belief.tracked = effects::rebase(std::move(belief.tracked), to.catalogue, mapping.topics, mapping.items,
                                   mapping.videos, effects_of(*model.parameters, from));
  belief.context = policy::rebase(belief.context, mapping);
  belief.watch = insight::rebase(std::move(belief.watch), mapping.topics, mapping.items);
  if (auto topics = of_new_subjects(from, model); !topics.empty() && belief.context.answers > 0)
    policy::begin_placement(belief.context, std::move(topics));
  belief.bank = model.bank;
  return belief;
}

}  // namespace trede::practice
