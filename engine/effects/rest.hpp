// How long a topic has not been practised, and what is forgotten meanwhile: −λ ln(1 + D / S) after D days, a power
// law of the odds, steep at first and ever slower. λ is an effect like others (effects.hpp), so it is learned
// online: the shift is linear in it, which the drift towards the cohort (tracking/time.hpp) is not in its τ; and
// only what was practised is forgotten, while that drift would lift who is below the cohort. Pure, any thread.
#pragma once

namespace trede::effects {

// What was practised once loses as much in the first week as in the two after it …
inline constexpr double first_stability = 7.0;  // days
// … and nothing is believed to be kept better than what was once bridged for a year.
inline constexpr double longest_stability = 365.0;  // days

struct Rest {
  double days = 0.0;       // since the topic was last practised
  double stability = 0.0;  // S, days; 0 = never practised: nothing to forget
};

// ln(1 + (rest + D) / S) − ln(1 + rest / S), what D more days add; 0 for a topic never practised.
double forgetting(Rest rest, double days);

Rest rested(Rest rest, double days);

// Practising after d days shows that d days can be bridged: S ← S + min(d, S), at most longest_stability. Two
// sessions on one day add nothing, a week between them doubles a new topic's stability (the spacing effect).
Rest practised(Rest rest);

}  // namespace trede::effects
