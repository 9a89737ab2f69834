#include "engine/effects/rest.hpp"

#include <algorithm>
#include <cmath>

namespace trede::effects {

double forgetting(Rest rest, double days) {
  if (!(rest.stability > 0.0) || !(days > 0.0)) return 0.0;
  return std::log1p(days / (rest.stability + rest.days));
}

Rest rested(Rest rest, double days) {
  rest.days += std::max(days, 0.0);
  return rest;
}

Rest practised(Rest rest) {
  const double bridged = std::min(rest.days, rest.stability);
  const double stability = rest.stability > 0.0 ? rest.stability + bridged : first_stability;
  return {.days = 0.0, .stability = std::min(stability, longest_stability)};
}

}  // namespace trede::effects
