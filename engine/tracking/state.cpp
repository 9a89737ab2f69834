#include "engine/tracking/state.hpp"

#include <algorithm>
#include <utility>

#include "engine/random.hpp"

namespace trede::tracking {
namespace {

constexpr double minutes_a_day = 1440.0;

// The short-term states as they are before an answer to this item, and what they add to z.
struct Passing {
  FastState fast;
  Residual residual;
  Disturbance disturbance;
};

Passing passing(const State& state, const Catalogue& catalogue, int item, const Constants& constants) {
  const CatalogueItem& asked = catalogue.items[item];
  const double a = asked.parameters.slope;
  Passing now{fast_state(state.fast, asked.topic(), state.answers, constants.fast),
              residual(state.residuals, item, state.answers, state.minutes, constants.residual),
              {}};
  now.disturbance = {a * (now.fast.mean + now.residual.mean),
                     a * a * (now.fast.variance + now.residual.variance)};
  return now;
}

// m ← m + A a v + lift,   v ← v − B a² v².
template <class Part>
void learn(Part& part, double slope, const Innovation& innovation, double lift) {
  const double spread = slope * part.variance;
  part.mean += innovation.step * spread + lift;
  part.variance -= innovation.shrink * spread * spread;
}

double lift_of(const Lift& lift, bool right) {
  return right ? lift.right : lift.wrong;
}

// update_posterior(posterior, item, disturbance) → Updated.
template <class Update>
StateUpdated update_all(State prior, const Catalogue& catalogue, int item, bool right,
                        const Constants& constants, Disturbance unknown, Update update_posterior) {
  auto [fast, residual, disturbance] = passing(prior, catalogue, item, constants);
  disturbance.mean += unknown.mean;
  disturbance.variance += unknown.variance;
  const CatalogueItem& asked = catalogue.items[item];
  Updated updated = update_posterior(std::move(prior.posterior), asked, disturbance);
  prior.posterior = std::move(updated.posterior);
  learn(fast, asked.parameters.slope, updated.innovation, lift_of(constants.fast.lift, right));
  learn(residual, asked.parameters.slope, updated.innovation, lift_of(constants.residual.lift, right));
  answered(prior.lasting, prior.posterior, asked.topic(), updated.innovation);
  prior.posterior.unexplained = unexplained_variance(prior.lasting);
  ++residual.count;
  fast.last_answer = residual.last_answer = prior.answers++;
  residual.last_minutes = prior.minutes;
  keep(prior.fast, fast);
  keep(prior.residuals, residual, constants.residual);
  return {std::move(prior), updated.predicted, updated.log_likelihood, std::move(updated.innovation)};
}

}  // namespace

State new_state(const Catalogue& catalogue, double school_year_mean) {
  State state;
  state.posterior = prior(catalogue, school_year_mean);
  return state;
}

State advance(State state, const Constants& constants, double days, double cohort_mean) {
  state.posterior = advance(std::move(state.posterior), constants.drift, days, cohort_mean);
  state.minutes += std::max(days, 0.0) * minutes_a_day;
  return state;
}

StateTimed timed(State prior, const ItemTime& item, double seconds, const Constants& constants) {
  const auto [speed, rapid] = after_time(prior.speed, item, seconds, constants.rapid);
  prior.speed = speed;
  return {std::move(prior), rapid};
}

StateUpdated update(State prior, const Catalogue& catalogue, int item, bool right, const Constants& constants,
                    Disturbance unknown) {
  return update_all(std::move(prior), catalogue, item, right, constants, unknown,
                    [&](Posterior posterior, const CatalogueItem& asked, Disturbance disturbance) {
                      return update(std::move(posterior), asked, right, disturbance);
                    });
}

StateUpdated update(State prior, const Catalogue& catalogue, int item, const irt::ResponseModel& model,
                    double outcome, const Constants& constants, Disturbance unknown) {
  return update_all(std::move(prior), catalogue, item, outcome > 0.0, constants, unknown,
                    [&](Posterior posterior, const CatalogueItem& asked, Disturbance disturbance) {
                      return update(std::move(posterior), asked, model, outcome, disturbance);
                    });
}

double predict(const State& state, const Catalogue& catalogue, int item, const Constants& constants) {
  return predict(state.posterior, catalogue.items[item],
                 passing(state, catalogue, item, constants).disturbance);
}

double quick_predict(const State& state, const Catalogue& catalogue, int item, const Constants& constants) {
  return quick_predict(state.posterior, catalogue.items[item],
                       passing(state, catalogue, item, constants).disturbance);
}

StateRebased rebase(const State& state, const Catalogue& to, const std::vector<int>& from_topic_of,
                    const std::vector<int>& from_item_of) {
  Rebased rebased = rebase(state.posterior, to, from_topic_of);
  State moved = state;
  moved.posterior = std::move(rebased.posterior);
  moved.lasting = rebase(std::move(moved.lasting), rebased.from_row);
  moved.fast.clear();
  for (std::size_t topic = 0; topic < from_topic_of.size(); ++topic)
    for (FastState fast : state.fast)
      if (fast.topic == from_topic_of[topic]) {
        fast.topic = static_cast<int>(topic);
        moved.fast.push_back(fast);
      }
  moved.residuals.clear();
  for (std::size_t item = 0; item < from_item_of.size(); ++item)
    for (Residual residual : state.residuals)
      if (residual.family == from_item_of[item]) {
        residual.family = static_cast<int>(item);
        moved.residuals.push_back(residual);
      }
  return {std::move(moved), std::move(rebased.from_row)};
}

}  // namespace trede::tracking
