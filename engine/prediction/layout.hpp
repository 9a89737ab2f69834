// Which parameters the model has for a log, where each stands in the vector of parameters, and what is believed of it
// before fitting. The ingredients (docs/MODEL.md): five kinds of components of a pupil, effects on the logit, and
// deviations by topic and item. Pure; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/prediction/item_summary.hpp"
#include "engine/prediction/pupil_memory.hpp"
#include "engine/prediction/response_log.hpp"
#include "engine/prediction/trace.hpp"

namespace trede::prediction {

// Believed normal before fitting; the minimiser moves it in steps of `scale`.
struct Parameter {
  double mean = 0.0;
  double sd = 1.0;
  double scale = 0.03;
};

enum StateKind : std::size_t {
  General,    // g, the pupil's ability
  TopicSlow,  // t_k, what is particular to a topic
  TopicFast,  // s_k, the same for a while
  Residual,   // r_i, pupil × item
  Recent,     // f, how it is going now
  state_kinds
};

// What a component decays with: E = Σ exp(parameter) × …
enum DecayBy : std::size_t {
  Always,           // 1
  Rows,             // ln(1 + rows since the last touch)
  Minutes,          // ln(1 + minutes since)
  MinutesPerTouch,  // ln(1 + minutes since) / earlier touches
  decays
};

// Places of one kind's parameters; −1 = absent. [0] after a wrong, [1] after a right answer.
struct StatePlaces {
  Kind kind;
  std::array<int, decays> decay = {-1, -1, -1, -1};
  std::array<int, 2> lift = {-1, -1};
  std::array<int, 2> deviation = {-1, -1};  // first of one a topic, or one an item
};

struct Layout {
  std::vector<Parameter> parameters;
  std::size_t logarithms = 0;                      // the first so many stand for their exponential
  std::vector<std::pair<std::string, int>> names;  // of the parameters there is one of
  std::array<StatePlaces, state_kinds> states;
  int item_slope = -1, combination_slope = -1;  // ln of the loading of g, one an item, one a combination
  int offset = -1;
  int topic_mean = -1, combination_mean = -1, item_mean = -1;  // easiness
  int again = -1;                                              // item seen before, one an item
  int first_topics = -1;                // one a combination: the one the pupil began with
  std::array<int, 2> quick = {-1, -1};  // on Residual: answered slower than usual; −1 without response times
  std::array<int, covariates> covariate;

  std::vector<Kind> kinds() const;
};

struct Widths {
  double item = 0.8;  // sd of item_mean
};

Layout lay_out(const ResponseLog& log, const ItemSummary& items, const Widths& widths);

// An item with fewer answers takes the slope of its combination of topics.
inline constexpr double answers_for_own_slope = 60.0;

}  // namespace trede::prediction
