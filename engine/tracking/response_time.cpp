#include "engine/tracking/response_time.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace trede::tracking {
namespace {

constexpr double shortest_seconds = 0.05;   // what a clock can tell apart from nothing
constexpr double pupil_variance = 0.0625;   // as Speed begins with
constexpr double least_noise = 0.01;  // a noise sd of .1: no item is answered more evenly
constexpr double smallest_sd = 0.1;
constexpr double enough_rapid = 10.0;
constexpr int most_rounds = 500;
constexpr double least_step = 1e-6;

double log_of(double seconds) {
  return std::log(std::max(seconds, shortest_seconds));
}

double noise_of(const ItemTime& item) {
  return std::max(item.variance - pupil_variance, least_noise);
}

double density(double x, double mean, double sd) {
  const double distance = (x - mean) / sd;
  return std::exp(-0.5 * distance * distance) / (sd * std::sqrt(2.0 * std::numbers::pi));
}

double rapid_share(const MixtureTime& time, const RapidMixture& rapid) {
  if (time.log_seconds >= time.expected) return 0.0;
  const double guess = rapid.share * density(time.log_seconds, rapid.log_seconds, rapid.sd);
  const double effort =
      (1.0 - rapid.share) * density(time.log_seconds, time.expected, std::sqrt(time.variance));
  // Where both underflow the time is far below anything usual.
  return guess + effort > 0.0 ? guess / (guess + effort) : 1.0;
}

RapidMixture improved(const std::vector<MixtureTime>& times, const RapidMixture& rapid) {
  double weight = 0.0, first = 0.0, second = 0.0;
  for (const MixtureTime& time : times) {
    const double share = rapid_share(time, rapid);
    const double distance = time.log_seconds - rapid.log_seconds;
    weight += share;
    first += share * distance;
    second += share * distance * distance;
  }
  RapidMixture next = rapid;
  next.share = weight / static_cast<double>(times.size());
  if (weight < enough_rapid) return next;
  next.log_seconds += first / weight;
  next.sd = std::max(std::sqrt(second / weight - (first / weight) * (first / weight)), smallest_sd);
  return next;
}

}  // namespace

ItemTime usual_time(const CatalogueItem& item) {
  return {.log_seconds = log_of(60.0 * item.minutes * usual_share_of_minutes)};
}

ItemTime timed(ItemTime item, double seconds) {
  const double distance = log_of(seconds) - item.log_seconds;
  const double weight = 1.0 / (++item.answers + usual_time_weight);
  item.log_seconds += weight * distance;
  item.variance = (1.0 - weight) * (item.variance + weight * distance * distance);
  return item;
}

Speed faster_or_slower(Speed speed, const ItemTime& item, double seconds) {
  const double gain = speed.variance / (speed.variance + noise_of(item));
  speed.mean += gain * (item.log_seconds - log_of(seconds) - speed.mean);
  speed.variance *= 1.0 - gain;
  return speed;
}

double rapid_probability(const Speed& speed, const ItemTime& item, double seconds,
                         const RapidMixture& rapid) {
  return rapid_share({log_of(seconds), item.log_seconds - speed.mean, noise_of(item) + speed.variance},
                     rapid);
}

bool is_rapid(const Speed& speed, const ItemTime& item, double seconds, const RapidMixture& rapid) {
  if (item.answers >= mixture_from_answers) return rapid_probability(speed, item, seconds, rapid) > 0.5;
  const double mean_seconds = std::exp(item.log_seconds + 0.5 * item.variance);
  return seconds < std::min(rapid_at_most_seconds, rapid_share_of_mean * mean_seconds);
}

Timed after_time(Speed speed, const ItemTime& item, double seconds, const RapidMixture& rapid) {
  const bool without_reading = is_rapid(speed, item, seconds, rapid);
  if (!without_reading) speed = faster_or_slower(speed, item, seconds);
  ++speed.timed;
  speed.rapid += without_reading;
  return {speed, without_reading};
}

MixtureFit fit_mixture(const std::vector<MixtureTime>& times, RapidMixture start) {
  MixtureFit fit{start, 0, times.empty()};
  while (!fit.converged && fit.iterations < most_rounds) {
    const RapidMixture next = improved(times, fit.rapid);
    fit.converged = std::abs(next.share - fit.rapid.share) < least_step &&
                    std::abs(next.log_seconds - fit.rapid.log_seconds) < least_step &&
                    std::abs(next.sd - fit.rapid.sd) < least_step;
    fit.rapid = next;
    ++fit.iterations;
  }
  return fit;
}

}  // namespace trede::tracking
