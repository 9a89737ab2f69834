#include "engine/tracking/short_term.hpp"

#include <algorithm>
#include <cmath>

namespace trede::tracking {
namespace {

template <class State>
void fade(State& state, double exponent, double resting) {
  const double kept = std::exp(-exponent);
  state.mean *= kept;
  state.variance = kept * kept * state.variance + (1.0 - kept * kept) * resting;
}

Residual aged(Residual residual, int answers, double minutes, const ResidualConstants& with) {
  const double by_clock = std::log1p(std::max(minutes - residual.last_minutes, 0.0));
  const double by_answers = std::log1p(std::max(answers - residual.last_answer, 0));
  const double exponent = with.by_clock * by_clock + with.by_clock_rehearsed * by_clock / residual.count +
                          with.by_answers * by_answers;
  fade(residual, exponent, with.resting);
  return residual;
}

// KL(N(m, v) ‖ N(0, initial)), nats.
double distance_from_fresh(const Residual& residual, const ResidualConstants& with) {
  const double share = residual.variance / with.initial;
  return 0.5 * (share + residual.mean * residual.mean / with.initial - 1.0 - std::log(share));
}

// An eighth at a time, so that the search costs next to nothing an answer.
void forget_nearest_to_fresh(std::vector<Residual>& residuals, int answers, double minutes,
                             const ResidualConstants& with) {
  std::vector<double> worth;
  worth.reserve(residuals.size());
  for (const Residual& residual : residuals)
    worth.push_back(distance_from_fresh(aged(residual, answers, minutes, with), with));
  std::vector<double> ordered = worth;
  const auto last_to_go = ordered.begin() + residual_limit / 8;
  std::nth_element(ordered.begin(), last_to_go, ordered.end());
  auto next = worth.begin();
  std::erase_if(residuals, [&](const Residual&) { return *next++ <= *last_to_go; });
}

constexpr auto topic_below = [](const FastState& state, int topic) { return state.topic < topic; };
constexpr auto family_below = [](const Residual& residual, int family) { return residual.family < family; };

}  // namespace

FastState fast_state(const std::vector<FastState>& states, int topic, int answers,
                     const FastConstants& with) {
  const auto found = std::lower_bound(states.begin(), states.end(), topic, topic_below);
  if (found == states.end() || found->topic != topic) return {topic, 0.0, with.initial, answers};
  FastState state = *found;
  fade(state, with.decay + with.per_log_answers * std::log1p(answers - state.last_answer), with.resting);
  return state;
}

Residual residual(const std::vector<Residual>& residuals, int family, int answers, double minutes,
                  const ResidualConstants& with) {
  const auto found = std::lower_bound(residuals.begin(), residuals.end(), family, family_below);
  if (found == residuals.end() || found->family != family)
    return {family, 0.0, with.initial, 0, answers, minutes};
  return aged(*found, answers, minutes, with);
}

void keep(std::vector<FastState>& states, FastState state) {
  const auto place = std::lower_bound(states.begin(), states.end(), state.topic, topic_below);
  if (place != states.end() && place->topic == state.topic)
    *place = state;
  else
    states.insert(place, state);
}

void keep(std::vector<Residual>& residuals, Residual touched, const ResidualConstants& with) {
  const auto place = std::lower_bound(residuals.begin(), residuals.end(), touched.family, family_below);
  if (place != residuals.end() && place->family == touched.family)
    *place = touched;
  else
    residuals.insert(place, touched);
  if (residuals.size() > residual_limit)
    forget_nearest_to_fresh(residuals, touched.last_answer, touched.last_minutes, with);
}

}  // namespace trede::tracking
