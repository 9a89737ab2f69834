#include "engine/prediction/filter.hpp"

#include <cmath>
#include <cstdint>

namespace trede::prediction {
namespace {

constexpr double pi = 3.14159265358979323846;

struct Normal {
  double mean = 0.0;
  double variance = 0.0;
};

// One touch as it went by: what the reverse pass needs.
struct Passed {
  Normal before;      // decay
  Normal at;          // the prediction
  double keep = 1.0;  // ρ
  double loading = 1.0;
};

struct Prediction {
  double mean = 0.0;      // µ
  double variance = 0.0;  // V
  double shrink = 1.0;    // k
  double probability = 0.5;
};

// Where one row's entries begin and end in the lists of the trace.
struct Place {
  std::uint32_t touch = 0, touch_end = 0;
  std::uint32_t effect = 0, effect_end = 0;
};

Place place_of(const Trace& trace, std::size_t row) {
  Place place;
  place.touch = row == 0 ? 0 : trace.touch_end[row - 1];
  place.touch_end = trace.touch_end[row];
  place.effect = row == 0 ? 0 : trace.effect_end[row - 1];
  place.effect_end = trace.effect_end[row];
  return place;
}

std::uint32_t decay_begin(const Trace& trace, std::uint32_t touch) {
  return touch == 0 ? 0 : trace.touches[touch - 1].decay_end;
}

std::uint32_t lift_begin(const Trace& trace, std::uint32_t touch) {
  return touch == 0 ? 0 : trace.touches[touch - 1].lift_end;
}

double exponential_or_zero(const Values& values, std::int32_t parameter) {
  return parameter < 0 ? 0.0 : values.exponential[static_cast<std::size_t>(parameter)];
}

// The component at the moment of the row: fresh, or what time left of it.
Passed arrive(const Trace& trace, const Values& values, std::uint32_t at, const std::vector<Normal>& states) {
  const Touch& touch = trace.touches[at];
  const Kind& kind = values.kinds[static_cast<std::size_t>(touch.kind)];
  Passed passed;
  passed.loading = touch.loading;
  if (touch.slope >= 0) passed.loading *= values.exponential[static_cast<std::size_t>(touch.slope)];
  if (touch.first) {
    passed.at = {0.0, exponential_or_zero(values, kind.first_variance)};
    return passed;
  }
  passed.before = states[static_cast<std::size_t>(touch.state)];
  passed.at = passed.before;
  const std::uint32_t begin = decay_begin(trace, at);
  if (begin == touch.decay_end) return passed;
  double exponent = 0.0;
  for (std::uint32_t i = begin; i < touch.decay_end; ++i)
    exponent +=
        values.exponential[static_cast<std::size_t>(trace.decays[i].parameter)] * trace.decays[i].value;
  passed.keep = std::exp(-exponent);
  const double kept = passed.keep * passed.keep;
  const double resting = exponential_or_zero(values, kind.resting_variance);
  passed.at = {passed.keep * passed.before.mean, kept * passed.before.variance + (1.0 - kept) * resting};
  return passed;
}

double sum_of(const std::vector<Term>& terms, std::uint32_t begin, std::uint32_t end, const Values& values) {
  double sum = 0.0;
  for (std::uint32_t i = begin; i < end; ++i)
    sum += values.plain[static_cast<std::size_t>(terms[i].parameter)] * terms[i].value;
  return sum;
}

void link(Prediction& prediction) {
  prediction.shrink = 1.0 / std::sqrt(1.0 + pi / 8.0 * prediction.variance);
  prediction.probability = 1.0 / (1.0 + std::exp(-prediction.shrink * prediction.mean));
}

// Runs one row forward; `passed` receives the row's touches.
Prediction step(const Trace& trace, const Values& values, std::size_t row, std::vector<Normal>& states,
                Passed* passed) {
  const Place place = place_of(trace, row);
  Prediction prediction;
  prediction.mean = sum_of(trace.effects, place.effect, place.effect_end, values);
  for (std::uint32_t i = place.touch; i < place.touch_end; ++i) {
    const Passed& touch = passed[i - place.touch] = arrive(trace, values, i, states);
    prediction.mean += touch.loading * touch.at.mean;
    prediction.variance += touch.loading * touch.loading * touch.at.variance;
  }
  link(prediction);
  const double p = prediction.probability, k = prediction.shrink;
  const double gain = k * (trace.correct[row] - p);
  const double reduction = k * k * p * (1.0 - p);
  for (std::uint32_t i = place.touch; i < place.touch_end; ++i) {
    const Passed& touch = passed[i - place.touch];
    const Kind& kind = values.kinds[static_cast<std::size_t>(trace.touches[i].kind)];
    const double spread = touch.loading * touch.at.variance;
    const double lift = sum_of(trace.lifts, lift_begin(trace, i), trace.touches[i].lift_end, values);
    states[static_cast<std::size_t>(trace.touches[i].state)] = {
        touch.at.mean + spread * gain + lift,
        touch.at.variance - reduction * spread * spread + exponential_or_zero(values, kind.growth)};
  }
  return prediction;
}

// ln P(answer), without overflow.
double log_probability(const Prediction& prediction, bool correct) {
  const double z = prediction.shrink * prediction.mean * (correct ? 1.0 : -1.0);
  return z > 0 ? -std::log1p(std::exp(-z)) : z - std::log1p(std::exp(z));
}

// Derivatives of the loss by µ and V, given those by G and R from the later rows.
struct Slopes {
  double mean = 0.0;
  double variance = 0.0;
};

Slopes back_through_link(const Prediction& prediction, double y, double by_gain, double by_reduction) {
  const double p = prediction.probability, k = prediction.shrink, w = p * (1.0 - p);
  // p = s(k µ); loss = −ln P(y), so d loss / d (k µ) = p − y.
  const double by_logit = (p - y) - by_gain * k * w + by_reduction * k * k * w * (1.0 - 2.0 * p);
  const double by_shrink = by_logit * prediction.mean + by_gain * (y - p) + by_reduction * 2.0 * k * w;
  return {by_logit * k, by_shrink * (-pi / 16.0) * k * k * k};
}

class Reverse {
 public:
  Reverse(const Trace& trace, const Values& values, std::span<double> gradient)
      : trace_(trace), values_(values), gradient_(gradient) {}

  void start(std::size_t states) { bars_.assign(states, Normal{}); }

  void row(std::size_t row, const Prediction& prediction, const Passed* passed) {
    const Place place = place_of(trace_, row);
    const double y = trace_.correct[row], p = prediction.probability, k = prediction.shrink;
    const double gain = k * (y - p), reduction = k * k * p * (1.0 - p);
    double by_gain = 0.0, by_reduction = 0.0;
    for (std::uint32_t i = place.touch; i < place.touch_end; ++i) {
      const Normal& bar = bars_[static_cast<std::size_t>(trace_.touches[i].state)];
      const double spread = passed[i - place.touch].loading * passed[i - place.touch].at.variance;
      by_gain += bar.mean * spread;
      by_reduction -= bar.variance * spread * spread;
    }
    const Slopes slopes = back_through_link(prediction, y, by_gain, by_reduction);
    for (std::uint32_t i = place.effect; i < place.effect_end; ++i)
      add(trace_.effects[i].parameter, slopes.mean * trace_.effects[i].value);
    for (std::uint32_t i = place.touch; i < place.touch_end; ++i)
      touch(i, passed[i - place.touch], slopes, gain, reduction);
  }

 private:
  void add(std::int32_t parameter, double amount) {
    gradient_[static_cast<std::size_t>(parameter)] += amount;
  }

  void touch(std::uint32_t at, const Passed& passed, const Slopes& slopes, double gain, double reduction) {
    const Touch& touch = trace_.touches[at];
    const Kind& kind = values_.kinds[static_cast<std::size_t>(touch.kind)];
    Normal& bar = bars_[static_cast<std::size_t>(touch.state)];
    const double x = passed.loading, v = passed.at.variance;
    for (std::uint32_t i = lift_begin(trace_, at); i < touch.lift_end; ++i)
      add(trace_.lifts[i].parameter, bar.mean * trace_.lifts[i].value);
    if (kind.growth >= 0) add(kind.growth, bar.variance * exponential_or_zero(values_, kind.growth));
    if (touch.slope >= 0)
      add(touch.slope, x * (slopes.mean * passed.at.mean + 2.0 * x * v * slopes.variance +
                            bar.mean * v * gain - 2.0 * bar.variance * reduction * x * v * v));
    const Normal now{
        bar.mean + x * slopes.mean,
        bar.mean * x * gain + bar.variance * (1.0 - 2.0 * reduction * x * x * v) + x * x * slopes.variance};
    bar = touch.first ? fresh(kind, now) : decayed(at, kind, passed, now);
  }

  Normal fresh(const Kind& kind, const Normal& bar) {
    if (kind.first_variance >= 0)
      add(kind.first_variance, bar.variance * exponential_or_zero(values_, kind.first_variance));
    return {};
  }

  Normal decayed(std::uint32_t at, const Kind& kind, const Passed& passed, const Normal& bar) {
    const Touch& touch = trace_.touches[at];
    const std::uint32_t begin = decay_begin(trace_, at);
    if (begin == touch.decay_end) return bar;
    const double keep = passed.keep, resting = exponential_or_zero(values_, kind.resting_variance);
    if (kind.resting_variance >= 0) add(kind.resting_variance, bar.variance * (1.0 - keep * keep) * resting);
    const double by_keep =
        bar.mean * passed.before.mean + 2.0 * keep * bar.variance * (passed.before.variance - resting);
    for (std::uint32_t i = begin; i < touch.decay_end; ++i)
      add(trace_.decays[i].parameter, -keep * by_keep *
                                          exponential_or_zero(values_, trace_.decays[i].parameter) *
                                          trace_.decays[i].value);
    return {bar.mean * keep, bar.variance * keep * keep};
  }

  const Trace& trace_;
  const Values& values_;
  std::span<double> gradient_;
  std::vector<Normal> bars_;
};

std::uint32_t touches_before(const Trace& trace, std::size_t row) {
  return row == 0 ? 0 : trace.touch_end[row - 1];
}

}  // namespace

void predict(const Trace& trace, const Values& values, std::span<double> probabilities) {
  std::vector<Normal> states;
  std::vector<Passed> passed;
  std::size_t row = 0;
  for (std::size_t pupil = 0; pupil < trace.row_end.size(); ++pupil) {
    states.assign(trace.states[pupil], Normal{});
    for (; row < trace.row_end[pupil]; ++row) {
      const Place place = place_of(trace, row);
      if (passed.size() < place.touch_end - place.touch) passed.resize(place.touch_end - place.touch);
      probabilities[row] = step(trace, values, row, states, passed.data()).probability;
    }
  }
}

double negative_log_likelihood(const Trace& trace, const Values& values, std::span<double> gradient) {
  Reverse reverse(trace, values, gradient);
  std::vector<Normal> states;
  std::vector<Passed> passed;
  std::vector<Prediction> predictions;
  double loss = 0.0;
  std::size_t begin = 0;
  for (std::size_t pupil = 0; pupil < trace.row_end.size(); ++pupil) {
    const std::size_t end = trace.row_end[pupil];
    const std::uint32_t base = touches_before(trace, begin);
    states.assign(trace.states[pupil], Normal{});
    passed.resize(touches_before(trace, end) - base);
    predictions.resize(end - begin);
    for (std::size_t row = begin; row < end; ++row) {
      const Prediction& made = predictions[row - begin] =
          step(trace, values, row, states, passed.data() + (touches_before(trace, row) - base));
      loss -= log_probability(made, trace.correct[row] != 0);
    }
    reverse.start(trace.states[pupil]);
    for (std::size_t row = end; row-- > begin;)
      reverse.row(row, predictions[row - begin], passed.data() + (touches_before(trace, row) - base));
    begin = end;
  }
  return loss;
}

}  // namespace trede::prediction
