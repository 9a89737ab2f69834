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
  Normal before;  // decay
  Normal at;      // the prediction
  double loading = 1.0;
};

struct Prediction {
  double mean = 0.0;         // µ
  double variance = 0.0;     // V
  double shrink = 1.0;       // k
  double probability = 0.5;  // p
};

// Where one row's entries begin and end in the lists of the trace.
struct Place {
  std::uint32_t touch = 0, touch_end = 0;
  std::uint32_t effect = 0, effect_end = 0;
};

Place place_of(const Trace& trace, std::size_t row) {
  if (row == 0) return {0, trace.touch_end[0], 0, trace.effect_end[0]};
  return {trace.touch_end[row - 1], trace.touch_end[row], trace.effect_end[row - 1], trace.effect_end[row]};
}

double exponential_or_zero(const Values& values, std::int32_t parameter) {
  return parameter < 0 ? 0.0 : values.exponential[static_cast<std::size_t>(parameter)];
}

double sum_of(const std::vector<Term>& terms, std::uint32_t begin, std::uint32_t end, const Values& values) {
  double sum = 0.0;
  for (std::uint32_t i = begin; i < end; ++i)
    sum += values.plain[static_cast<std::size_t>(terms[i].parameter)] * terms[i].value;
  return sum;
}

// A kind's three variances.
struct Variances {
  double first = 0.0, growth = 0.0, resting = 0.0;
};

// The way of some pupils through the filter with given values.
class Forward {
 public:
  Forward(const Trace& trace, const Values& values) : trace_(trace), values_(values) {
    for (const Kind& kind : values.kinds)
      variances_.push_back({exponential_or_zero(values, kind.first_variance),
                            exponential_or_zero(values, kind.growth),
                            exponential_or_zero(values, kind.resting_variance)});
    std::uint32_t term = 0;
    for (const std::uint32_t end : trace.decay_end) {
      double exponent = 0.0;
      for (; term < end; ++term)
        exponent += exponential_or_zero(values, trace.decays[term].parameter) * trace.decays[term].value;
      keeps_.push_back(std::exp(-exponent));
    }
  }

  void start(std::size_t states) { states_.assign(states, Normal{}); }

  // `passed` receives the row's touches.
  Prediction step(std::size_t row, Passed* passed) {
    const Place place = place_of(trace_, row);
    Prediction made;
    made.mean = sum_of(trace_.effects, place.effect, place.effect_end, values_);
    for (std::uint32_t i = place.touch; i < place.touch_end; ++i) {
      const Passed& touch = passed[i - place.touch] = arrive(trace_.touches[i]);
      made.mean += touch.loading * touch.at.mean;
      made.variance += touch.loading * touch.loading * touch.at.variance;
    }
    made.shrink = 1.0 / std::sqrt(1.0 + pi / 8.0 * made.variance);
    made.probability = 1.0 / (1.0 + std::exp(-made.shrink * made.mean));
    update(row, place, made, passed);
    return made;
  }

  const Variances& variances(const Touch& touch) const {
    return variances_[static_cast<std::size_t>(touch.kind)];
  }
  double keep(const Touch& touch) const { return keeps_[static_cast<std::size_t>(touch.decay)]; }

 private:
  // The component at the moment of the row: fresh, or what time left of it.
  Passed arrive(const Touch& touch) const {
    Passed passed;
    passed.loading = touch.loading;
    if (touch.slope >= 0) passed.loading *= values_.exponential[static_cast<std::size_t>(touch.slope)];
    if (touch.first) {
      passed.at = {0.0, variances(touch).first};
      return passed;
    }
    passed.before = passed.at = states_[static_cast<std::size_t>(touch.state)];
    if (touch.decay < 0) return passed;
    const double kept = keep(touch), squared = kept * kept;
    passed.at = {kept * passed.before.mean,
                 squared * passed.before.variance + (1.0 - squared) * variances(touch).resting};
    return passed;
  }

  void update(std::size_t row, const Place& place, const Prediction& made, const Passed* passed) {
    const double p = made.probability, k = made.shrink;
    const double gain = k * (trace_.correct[row] - p), reduction = k * k * p * (1.0 - p);
    std::uint32_t lift = place.touch == 0 ? 0 : trace_.touches[place.touch - 1].lift_end;
    for (std::uint32_t i = place.touch; i < place.touch_end; ++i) {
      const Touch& touch = trace_.touches[i];
      const Normal& at = passed[i - place.touch].at;
      const double spread = passed[i - place.touch].loading * at.variance;
      states_[static_cast<std::size_t>(touch.state)] = {
          at.mean + spread * gain + sum_of(trace_.lifts, lift, touch.lift_end, values_),
          at.variance - reduction * spread * spread + variances(touch).growth};
      lift = touch.lift_end;
    }
  }

  const Trace& trace_;
  const Values& values_;
  std::vector<Variances> variances_;  // of each kind
  std::vector<double> keeps_;         // ρ of each decay
  std::vector<Normal> states_;
};

// −ln P(answer), without overflow.
double loss_of(const Prediction& made, bool correct) {
  const double z = made.shrink * made.mean * (correct ? 1.0 : -1.0);
  const double likely = correct ? made.probability : 1.0 - made.probability;
  return z > -20.0 ? -std::log(likely) : -z;
}

// Derivatives of the loss by µ and V, given those by G and R from the later rows.
struct Slopes {
  double mean = 0.0;
  double variance = 0.0;
};

Slopes back_through_link(const Prediction& made, double y, double by_gain, double by_reduction) {
  const double p = made.probability, k = made.shrink, w = p * (1.0 - p);
  // p = s(k µ); loss = −ln P(y), so d loss / d (k µ) = p − y.
  const double by_logit = (p - y) - by_gain * k * w + by_reduction * k * k * w * (1.0 - 2.0 * p);
  const double by_shrink = by_logit * made.mean + by_gain * (y - p) + by_reduction * 2.0 * k * w;
  return {by_logit * k, by_shrink * (-pi / 16.0) * k * k * k};
}

// The same way backwards. A bar is the derivative of the loss by a component's mean and variance.
class Reverse {
 public:
  Reverse(const Trace& trace, const Values& values, const Forward& forward, std::span<double> gradient)
      : trace_(trace),
        values_(values),
        forward_(forward),
        gradient_(gradient),
        by_exponent_(trace.decay_end.size(), 0.0) {}

  void start(std::size_t states) { bars_.assign(states, Normal{}); }

  void row(std::size_t row, const Prediction& made, const Passed* passed) {
    const Place place = place_of(trace_, row);
    const double y = trace_.correct[row], p = made.probability, k = made.shrink;
    gain_ = k * (y - p);
    reduction_ = k * k * p * (1.0 - p);
    double by_gain = 0.0, by_reduction = 0.0;
    for (std::uint32_t i = place.touch; i < place.touch_end; ++i) {
      const Normal& bar = bars_[static_cast<std::size_t>(trace_.touches[i].state)];
      const double spread = passed[i - place.touch].loading * passed[i - place.touch].at.variance;
      by_gain += bar.mean * spread;
      by_reduction -= bar.variance * spread * spread;
    }
    const Slopes slopes = back_through_link(made, y, by_gain, by_reduction);
    for (std::uint32_t i = place.effect; i < place.effect_end; ++i)
      add(trace_.effects[i].parameter, slopes.mean * trace_.effects[i].value);
    for (std::uint32_t i = place.touch; i < place.touch_end; ++i) touch(i, passed[i - place.touch], slopes);
  }

  // After the last row: from the exponents to the parameters they are made of.
  void finish() {
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < by_exponent_.size(); ++i)
      for (; at < trace_.decay_end[i]; ++at) {
        const Term& term = trace_.decays[at];
        add(term.parameter, by_exponent_[i] * exponential_or_zero(values_, term.parameter) * term.value);
      }
  }

 private:
  void add(std::int32_t parameter, double amount) {
    gradient_[static_cast<std::size_t>(parameter)] += amount;
  }

  void touch(std::uint32_t at, const Passed& passed, const Slopes& slopes) {
    const Touch& touch = trace_.touches[at];
    const std::int32_t growth = values_.kinds[static_cast<std::size_t>(touch.kind)].growth;
    Normal& bar = bars_[static_cast<std::size_t>(touch.state)];
    const double x = passed.loading, v = passed.at.variance;
    for (std::uint32_t i = at == 0 ? 0 : trace_.touches[at - 1].lift_end; i < touch.lift_end; ++i)
      add(trace_.lifts[i].parameter, bar.mean * trace_.lifts[i].value);
    if (growth >= 0) add(growth, bar.variance * forward_.variances(touch).growth);
    if (touch.slope >= 0)
      add(touch.slope, x * (slopes.mean * passed.at.mean + 2.0 * x * v * slopes.variance +
                            bar.mean * v * gain_ - 2.0 * bar.variance * reduction_ * x * v * v));
    bar = {
        bar.mean + x * slopes.mean,
        bar.mean * x * gain_ + bar.variance * (1.0 - 2.0 * reduction_ * x * x * v) + x * x * slopes.variance};
    if (touch.first)
      begin(touch, bar);
    else if (touch.decay >= 0)
      decay(touch, passed, bar);
  }

  void begin(const Touch& touch, Normal& bar) {
    const std::int32_t first = values_.kinds[static_cast<std::size_t>(touch.kind)].first_variance;
    if (first >= 0) add(first, bar.variance * forward_.variances(touch).first);
    bar = {};
  }

  void decay(const Touch& touch, const Passed& passed, Normal& bar) {
    const double keep = forward_.keep(touch), resting = forward_.variances(touch).resting;
    const std::int32_t parameter = values_.kinds[static_cast<std::size_t>(touch.kind)].resting_variance;
    if (parameter >= 0) add(parameter, bar.variance * (1.0 - keep * keep) * resting);
    const double by_keep =
        bar.mean * passed.before.mean + 2.0 * keep * bar.variance * (passed.before.variance - resting);
    by_exponent_[static_cast<std::size_t>(touch.decay)] -= keep * by_keep;
    bar = {bar.mean * keep, bar.variance * keep * keep};
  }

  const Trace& trace_;
  const Values& values_;
  const Forward& forward_;
  std::span<double> gradient_;
  std::vector<double> by_exponent_;
  std::vector<Normal> bars_;
  double gain_ = 0.0, reduction_ = 0.0;
};

std::uint32_t touches_before(const Trace& trace, std::size_t row) {
  return row == 0 ? 0 : trace.touch_end[row - 1];
}

}  // namespace

void predict(const Trace& trace, const Values& values, std::span<double> probabilities) {
  Forward forward(trace, values);
  std::vector<Passed> passed;
  std::size_t row = 0;
  for (std::size_t pupil = 0; pupil < trace.row_end.size(); ++pupil) {
    forward.start(trace.states[pupil]);
    for (; row < trace.row_end[pupil]; ++row) {
      const std::size_t touches = trace.touch_end[row] - touches_before(trace, row);
      if (passed.size() < touches) passed.resize(touches);
      probabilities[row] = forward.step(row, passed.data()).probability;
    }
  }
}

double negative_log_likelihood(const Trace& trace, const Values& values, std::span<double> gradient) {
  Forward forward(trace, values);
  Reverse reverse(trace, values, forward, gradient);
  std::vector<Passed> passed;
  std::vector<Prediction> made;
  double loss = 0.0;
  std::size_t begin = 0;
  for (std::size_t pupil = 0; pupil < trace.row_end.size(); ++pupil) {
    const std::size_t end = trace.row_end[pupil];
    const std::uint32_t base = touches_before(trace, begin);
    passed.resize(touches_before(trace, end) - base);
    made.resize(end - begin);
    forward.start(trace.states[pupil]);
    for (std::size_t row = begin; row < end; ++row) {
      made[row - begin] = forward.step(row, passed.data() + (touches_before(trace, row) - base));
      loss += loss_of(made[row - begin], trace.correct[row] != 0);
    }
    reverse.start(trace.states[pupil]);
    for (std::size_t row = end; row-- > begin;)
      reverse.row(row, made[row - begin], passed.data() + (touches_before(trace, row) - base));
    begin = end;
  }
  reverse.finish();
  return loss;
}

}  // namespace trede::prediction
