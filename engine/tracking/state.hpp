// Everything the engine believes about one pupil: the abilities people see (Posterior) and beside them what
// passes: fast states, residuals, speed. An answer moves all of them at once; a prediction adds all their
// variances. Values in, values out; any thread.
#pragma once

#include "engine/tracking/lasting_error.hpp"
#include "engine/tracking/posterior.hpp"
#include "engine/tracking/response_time.hpp"
#include "engine/tracking/short_term.hpp"
#include "engine/tracking/time.hpp"
#include "engine/tracking/update.hpp"

namespace trede::tracking {

// The constants of prediction that are learned from data and published as a version.
struct Constants {
  Drift drift;
  FastConstants fast;
  ResidualConstants residual;
  RapidMixture rapid;
};

struct State {
  Posterior posterior;
  std::vector<FastState> fast;      // of the topics that were answered, sorted by topic
  std::vector<Residual> residuals;  // of the item families that were answered, sorted by family
  LastingError lasting;             // posterior.unexplained is what it says
  Speed speed;
  int answers = 0;
  double minutes = 0.0;  // the pupil's clock: time passed since the state began
};

State new_state(const Catalogue& catalogue, double school_year_mean);

// Days pass for the posterior and on the clock; what is short-term fades when it is next used.
State advance(State state, const Constants& constants, double days, double cohort_mean);

struct StateUpdated {
  State state;
  double predicted = 0.0;
  double log_likelihood = 0.0;
  Innovation innovation;
};

// The time an answer took, before the answer itself: one that is rapid must not reach update().
struct StateTimed {
  State state;
  bool rapid = false;
};
StateTimed timed(State prior, const ItemTime& item, double seconds, const Constants& constants);

// One answer to catalogue.items[item]: z = a (q'(θ + s) + r − b), s of the primary topic, r of the item's
// family. unknown: what else z hangs on, such as a difficulty that is not certain (variance a² Var b).
StateUpdated update(State prior, const Catalogue& catalogue, int item, bool right, const Constants& constants,
                    Disturbance unknown = {});

// The same for points, grades and times.
StateUpdated update(State prior, const Catalogue& catalogue, int item, const irt::ResponseModel& model,
                    double outcome, const Constants& constants, Disturbance unknown = {});

// P(right) before the answer, as update() would report it, and quickly for scans of many items.
double predict(const State& state, const Catalogue& catalogue, int item, const Constants& constants);
double quick_predict(const State& state, const Catalogue& catalogue, int item, const Constants& constants);

// All of the state in four sums.
Digest digest(const State& state);

// For another bank: topics and items by their old index, −1 = new (see rebase of Posterior).
struct StateRebased {
  State state;
  std::vector<int> from_row;
};
StateRebased rebase(const State& state, const Catalogue& to, const std::vector<int>& from_topic_of,
                    const std::vector<int>& from_item_of);

}  // namespace trede::tracking
