#include "engine/prediction/trace.hpp"

namespace trede::prediction {

void Trace::clear() {
  touches.clear();
  effects.clear();
  lifts.clear();
  decay_end.clear();
  decays.clear();
  touch_end.clear();
  effect_end.clear();
  correct.clear();
  row_end.clear();
  states.clear();
}

}  // namespace trede::prediction
