#include "engine/prediction/layout.hpp"

#include <algorithm>
#include <cmath>

namespace trede::prediction {
namespace {

// A right or wrong answer to an item tells about .15 of the most a logit can be told (.25).
constexpr double information = 0.15;

struct Belief {
  double mean = 0.0, sd = 1.0;
};

struct StateBelief {
  const char* name;
  Belief first_variance;
  Belief growth;                     // sd 0: the component has none
  std::array<Belief, decays> decay;  // sd 0: does not decay with it
  Belief resting_variance;
  Belief wrong, right;  // lifts
};

constexpr Belief none{0.0, 0.0};
constexpr std::array<StateBelief, state_kinds> beliefs = {{
    {"general", {0, 1}, {-5, 1}, {none, none, none, none}, none, {.001, .05}, {.001, .05}},
    {"topic_slow", {-.92, 1}, {-3.5, 1}, {none, none, none, none}, none, {.02, .2}, {.02, .2}},
    {"topic_fast", {-2, 1}, none, {{{-1.5, 1}, {-2, 1}, none, none}}, {-2, 1}, {0, .2}, {0, .2}},
    {"residual", {-2, 1}, {-6, 1}, {{none, {-2, 1.5}, {-2, 1.5}, {-4, 1.5}}}, {-1, 1}, {.1, .5}, {.2, .5}},
    {"recent", {-2, 1}, none, {{{-1.5, 1}, none, none, none}}, {-2, 1}, {0, .2}, {0, .2}},
}};
constexpr std::array<const char*, decays> decay_names = {"touch", "rows", "minutes", "minutes_per_touch"};

class Writer {
 public:
  explicit Writer(Layout& layout) : layout_(layout) {}

  int one(std::string name, const Belief& belief) {
    if (belief.sd == 0.0) return -1;
    layout_.names.emplace_back(std::move(name), next());
    return many(1, belief, 0.03);
  }
  int many(int count, const Belief& belief, double scale) {
    const int first = next();
    layout_.parameters.insert(layout_.parameters.end(), static_cast<std::size_t>(count),
                              Parameter{belief.mean, belief.sd, scale});
    return first;
  }

 private:
  int next() const { return static_cast<int>(layout_.parameters.size()); }
  Layout& layout_;
};

void add_variances(Writer& writer, bool clock, const StateBelief& belief, StatePlaces& places) {
  const std::string name = belief.name;
  places.kind.first_variance = writer.one(name + ".first_variance", belief.first_variance);
  places.kind.growth = writer.one(name + ".growth", belief.growth);
  places.kind.resting_variance = writer.one(name + ".resting_variance", belief.resting_variance);
  for (std::size_t i = 0; i < decays; ++i)
    if (clock || (i != Minutes && i != MinutesPerTouch))
      places.decay[i] = writer.one(name + ".decay_" + decay_names[i], belief.decay[i]);
}

void add_lifts(Writer& writer, const StateBelief& belief, StatePlaces& places) {
  places.lift = {writer.one(std::string(belief.name) + ".lift_wrong", belief.wrong),
                 writer.one(std::string(belief.name) + ".lift_right", belief.right)};
}

std::array<int, 2> pair_of(Writer& writer, int count, const Belief& belief, double scale) {
  const int wrong = writer.many(count, belief, scale);
  return {wrong, writer.many(count, belief, scale)};
}

void add_easiness(Writer& writer, const ResponseLog& log, const ItemSummary& items, const Widths& widths,
                  Layout& layout) {
  layout.offset = writer.one("offset", {0, 1});
  layout.topic_mean = writer.many(log.topic_count, {0, .7}, .05);
  layout.combination_mean = writer.many(items.combinations, {0, .7}, .05);
  layout.first_topics = writer.many(items.combinations, {0, .4}, .1);
  layout.again = writer.many(log.items(), {0, .5}, .1);
  layout.item_mean = writer.many(log.items(), {0, widths.item}, 1);
  for (int item = 0; item < log.items(); ++item) {
    const double precision = 1.0 / (widths.item * widths.item);
    layout.parameters[static_cast<std::size_t>(layout.item_mean + item)].scale =
        1.0 / std::sqrt(information * items.answers[static_cast<std::size_t>(item)] + precision);
  }
}

void add_covariates(Writer& writer, const ResponseLog& log, Layout& layout) {
  for (std::size_t i = 0; i < covariates; ++i)
    layout.covariate[i] = log.has_clock || !needs_clock(static_cast<Covariate>(i))
                              ? writer.one(std::string("effect.") + covariate_names[i], {0, 1})
                              : -1;
  if (std::any_of(log.response_ms.begin(), log.response_ms.end(), [](double ms) { return ms >= 0; }))
    layout.quick = {writer.one("residual.lift_wrong_slowness", {0, .3}),
                    writer.one("residual.lift_right_slowness", {0, .3})};
}

}  // namespace

std::vector<Kind> Layout::kinds() const {
  std::vector<Kind> all;
  for (const StatePlaces& places : states) all.push_back(places.kind);
  return all;
}

Layout lay_out(const ResponseLog& log, const ItemSummary& items, const Widths& widths) {
  Layout layout;
  Writer writer(layout);
  for (std::size_t i = 0; i < state_kinds; ++i)
    add_variances(writer, log.has_clock, beliefs[i], layout.states[i]);
  layout.item_slope = writer.many(log.items(), {0, .15}, .05);
  layout.combination_slope = writer.many(items.combinations, {0, .2}, .05);
  layout.logarithms = layout.parameters.size();
  for (std::size_t i = 0; i < state_kinds; ++i) add_lifts(writer, beliefs[i], layout.states[i]);
  layout.states[TopicSlow].deviation = pair_of(writer, log.topic_count, {0, .05}, .05);
  layout.states[TopicFast].deviation = pair_of(writer, log.topic_count, {0, .2}, .05);
  layout.states[Residual].deviation = pair_of(writer, log.items(), {0, .2}, .08);
  add_covariates(writer, log, layout);
  add_easiness(writer, log, items, widths, layout);
  return layout;
}

}  // namespace trede::prediction
