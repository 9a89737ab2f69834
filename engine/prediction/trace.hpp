// What the filter does on each row, written out beforehand. A pupil's state is a set of independent normal
// components, each with a mean m and a variance v. Row by row the trace lists the fixed effects of the row and the
// components it touches: loading, decay since the last touch, and what the answer adds. So the filter and its gradient
// know nothing of topics, items or clocks. Plain values; a trace is built once and then read by any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace trede::prediction {

// One summand: parameter × value.
struct Term {
  std::int32_t parameter = 0;
  float value = 0.0F;
};

// What components of one kind share: places in the vector of parameters, −1 = absent. The first three are logarithms.
struct Kind {
  std::int32_t first_variance = -1;    // v at the first touch
  std::int32_t growth = -1;            // added to v after each answer
  std::int32_t resting_variance = -1;  // where v goes while the component decays
};

struct Touch {
  std::int32_t state = 0;   // which component of this pupil, counted from 0
  std::int32_t slope = -1;  // parameter: the loading is multiplied by its exponential; −1 = by one
  float loading = 1.0F;
  std::int16_t kind = 0;
  bool first = false;       // the pupil's first touch of this component: m = 0, v = first_variance
  std::int32_t decay = -1;  // which of Trace::decays; −1 = stays as it is
  std::uint32_t lift_end =
      0;  // this touch's terms in Trace::lifts end here and begin where the last one's ended
};

struct Trace {
  std::vector<Touch> touches;
  std::vector<Term> effects;  // added to the mean of the logit
  std::vector<Term> lifts;    // added to m after the answer, which is known here but not used before
  // One entry a way to decay, shared by all touches that decay alike: its terms in `decays` end here,
  // E = Σ exp(parameter) × value, ρ = e^−E.
  std::vector<std::uint32_t> decay_end;
  std::vector<Term> decays;
  // One entry a row.
  std::vector<std::uint32_t> touch_end;
  std::vector<std::uint32_t> effect_end;
  std::vector<std::uint8_t> correct;
  // One entry a pupil.
  std::vector<std::uint32_t> row_end;
  std::vector<std::uint32_t> states;  // how many components the pupil has

  std::size_t rows() const { return correct.size(); }
  void clear();  // keeps the memory
};

}  // namespace trede::prediction
