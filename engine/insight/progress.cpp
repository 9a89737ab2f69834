#include "engine/insight/progress.hpp"

#include <algorithm>
#include <cmath>

#include "engine/insight/norm.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/tracking/moments.hpp"
#include "engine/tracking/time.hpp"

namespace trede::insight {

namespace {

Course after_answer(Course course, const ItemParameters& item, bool right, double gain) {
  const double a = item.slope;
  const double z_mean = a * (course.mean - item.difficulty);
  const double z_variance = std::max(a * a * course.variance, 1e-9);
  const tracking::Tilt tilt = tracking::tilt(z_mean, z_variance, irt::asymptotes_of(item), right);
  const double carried = a * course.variance;
  return {.mean = course.mean + tilt.step * carried + gain,
          .variance = course.variance - tilt.shrink * carried * carried + progress_diffusion,
          .log_likelihood = course.log_likelihood + std::log(tilt.probability)};
}

}  // namespace

Progress new_progress(int topic, double mean, double sd) {
  const Course start{.mean = mean, .variance = sd * sd};
  return {.topic = topic, .still = start, .growing = start};
}

void answered(Progress& progress, const ItemParameters& item, bool right, double gain) {
  progress.still = after_answer(progress.still, item, right, 0.0);
  progress.growing = after_answer(progress.growing, item, right, gain);
  ++progress.answers;
}

void rested(Progress& progress, double days) {
  const tracking::Passage passage = tracking::passage({}, days);
  for (Course* course : {&progress.still, &progress.growing})
    course->variance = passage.kept * passage.kept * course->variance + passage.replaced;
}

double probability_stuck(const Progress& progress, double prior) {
  return irt::logistic(progress.still.log_likelihood - progress.growing.log_likelihood +
                       std::log(prior / (1.0 - prior)));
}

double probability_slow(const tracking::Posterior& posterior) {
  const double sd = posterior.learning_rate_sd();
  return 1.0 - probability_above({posterior.learning_rate(), sd * sd}, slow_rate);
}

}  // namespace trede::insight
