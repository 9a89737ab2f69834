// A simulated term for the tests of growth: pupils gain 1.5 logits in 60 days while the items come by in the order
// of the curriculum, each for about two weeks.
#pragma once

#include <cmath>
#include <vector>

#include "engine/calibration/growth.hpp"
#include "engine/irt/dichotomous.hpp"
#include "engine/random.hpp"

namespace trede::test {

struct Term {
  int people = 600;
  int days = 60;
  int items = 90;
  double slope = 1.2;
  double growth = 1.5 / 60.0;  // logits a day
  double diffusion = 0.01;     // logits² a day
};

struct GrowingWorld {
  calibration::GrowthProblem problem;
  std::vector<double> difficulties;            // the truth
  std::vector<std::vector<double>> abilities;  // of each person on each day
};

inline int drawn(const std::vector<double>& weights, Random& random) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  double left = random.uniform() * total;
  std::size_t k = 0;
  for (; k + 1 < weights.size() && left >= weights[k]; ++k) left -= weights[k];
  return static_cast<int>(k);
}

inline std::vector<double> on_offer(const Term& term, int day) {
  std::vector<double> weights;
  for (int j = 0; j < term.items; ++j) {
    const double away = (j * double(term.days) / (term.items - 1) - day) / 6.0;
    weights.push_back(std::exp(-0.5 * away * away));
  }
  return weights;
}

// b ~ N(−.8 … 1.2 along the term, .5²); one answer a day. Every `anchored`-th item is an anchor (0 = none); slopes
// are known. Search starts without growth and with too much diffusion.
inline GrowingWorld growing_world(const Term& term, int anchored, std::uint64_t seed) {
  Random random{seed};
  GrowingWorld world;
  const Eigen::Matrix2d spread = Eigen::Vector2d(0.16, 100.0).asDiagonal();
  for (int j = 0; j < term.items; ++j) {
    world.difficulties.push_back(-0.8 + 2.0 * j / (term.items - 1) + 0.5 * random.normal());
    calibration::GrowingItem item{.prior = {.log_slope = std::log(term.slope), .covariance = spread}};
    item.anchor = anchored > 0 && j % anchored == 0;
    if (item.anchor) item.prior.difficulty = world.difficulties.back();
    world.problem.items.push_back(item);
  }
  for (int i = 0; i < term.people; ++i) {
    double ability = random.normal();
    world.abilities.emplace_back();
    for (int day = 1; day <= term.days; ++day) {
      ability += term.growth + std::sqrt(term.diffusion) * random.normal();
      const int j = drawn(on_offer(term, day - 1), random);
      const double z = term.slope * (ability - world.difficulties[j]);
      const bool right = random.uniform() < irt::logistic(z);
      world.problem.people.answers.push_back({j, right, double(day)});
      world.abilities.back().push_back(ability);
    }
    world.problem.people.begins.push_back(world.problem.people.answers.size());
  }
  world.problem.growth.diffusion_per_day = 0.05;
  return world;
}

struct Recovery {
  double rmse = 0.0;
  double bias_slope = 0.0;  // of the error over the term, logits
  double coverage = 0.0;    // of the 95 % intervals of b
};

inline Recovery recovery(const GrowingWorld& world, const std::vector<calibration::OnlineItem>& found) {
  double n = 0.0, x = 0.0, xx = 0.0, e = 0.0, ee = 0.0, xe = 0.0, covered = 0.0;
  for (std::size_t j = 0; j < found.size(); ++j) {
    if (world.problem.items[j].anchor) continue;
    const double place = double(j) / double(found.size() - 1);
    const double error = found[j].difficulty - world.difficulties[j];
    n += 1.0, x += place, xx += place * place, e += error, ee += error * error, xe += place * error;
    covered += std::abs(error) < 1.959964 * found[j].difficulty_sd();
  }
  return {std::sqrt(ee / n), (xe - x * e / n) / (xx - x * x / n), covered / n};
}

}  // namespace trede::test
