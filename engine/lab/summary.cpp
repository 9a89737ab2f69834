#include "engine/lab/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace trede::lab {
namespace {

// The .975 quantile of Student's t, for one to nine degrees of freedom; above by the expansion of Fisher (1926),
// right to .001 there.
double t_quantile(int freedom) {
  constexpr std::array<double, 9> few = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};
  constexpr double z = 1.959964;
  constexpr double z3 = z * z * z, z5 = z3 * z * z;
  if (freedom <= static_cast<int>(few.size())) return few[static_cast<std::size_t>(freedom - 1)];
  const double n = freedom;
  return z + (z3 + z) / (4.0 * n) + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * n * n);
}

double mean_of(std::span<const double> samples) {
  return std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
}

struct SeedGains {
  double all = 0.0;
  double lowest = 0.0;
  double highest = 0.0;
};

// From the pupil who knew least to the one who knew most.
std::vector<const PupilResult*> by_score(const RunResult& run) {
  std::vector<const PupilResult*> pupils;
  for (const PupilResult& pupil : run.pupils) pupils.push_back(&pupil);
  std::stable_sort(pupils.begin(), pupils.end(), [](const PupilResult* one, const PupilResult* other) {
    return one->before < other->before;
  });
  return pupils;
}

std::size_t quarter_of(const RunResult& run) {
  return std::max<std::size_t>(1, run.pupils.size() / 4);
}

double mean_gain(std::span<const PupilResult* const> pupils) {
  double sum = 0.0;
  for (const PupilResult* pupil : pupils) sum += pupil->gain();
  return sum / static_cast<double>(pupils.size());
}

SeedGains gains_of(const RunResult& run) {
  const std::vector<const PupilResult*> pupils = by_score(run);
  const std::span<const PupilResult* const> sorted(pupils);
  return {mean_gain(sorted), mean_gain(sorted.first(quarter_of(run))),
          mean_gain(sorted.last(quarter_of(run)))};
}

Gains estimated(const std::vector<SeedGains>& seeds) {
  std::vector<double> all, lowest, highest;
  for (const SeedGains& seed : seeds) {
    all.push_back(seed.all);
    lowest.push_back(seed.lowest);
    highest.push_back(seed.highest);
  }
  return {estimate_of(all), estimate_of(lowest), estimate_of(highest)};
}

double correlation(const std::vector<double>& one, const std::vector<double>& other) {
  const double one_mean = mean_of(one), other_mean = mean_of(other);
  double together = 0.0, one_square = 0.0, other_square = 0.0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    together += (one[i] - one_mean) * (other[i] - other_mean);
    one_square += (one[i] - one_mean) * (one[i] - one_mean);
    other_square += (other[i] - other_mean) * (other[i] - other_mean);
  }
  // A rate that is no state stays where it began, up to rounding.
  return one_square < 1e-9 || other_square <= 0.0 ? 0.0 : together / std::sqrt(one_square * other_square);
}

double rate_correlation(const RunResult& run) {
  std::vector<double> seen, real;
  for (const PupilResult& pupil : run.pupils) {
    seen.push_back(pupil.rate_seen);
    real.push_back(pupil.rate_true);
  }
  return correlation(seen, real);
}

double gifts_of_highest(const RunResult& run) {
  const std::vector<const PupilResult*> pupils = by_score(run);
  double gifts = 0.0, answers = 0.0;
  for (std::size_t i = pupils.size() - quarter_of(run); i < pupils.size(); ++i) {
    gifts += pupils[i]->gifts;
    answers += pupils[i]->answers;
  }
  return gifts / std::max(answers, 1.0);
}

double talent_growth(const RunResult& run) {
  double growth = 0.0, talents = 0.0;
  for (const PupilResult& pupil : run.pupils) {
    if (!pupil.talented) continue;
    growth += pupil.growth;
    talents += 1.0;
  }
  return growth / std::max(talents, 1.0);
}

void add_means(Summary& summary, const RunResult& run, double seeds) {
  const double cells = seeds * static_cast<double>(run.pupils.size());
  double answers = 0.0, right = 0.0;
  for (const PupilResult& pupil : run.pupils) {
    summary.mastered += pupil.mastered / cells;
    summary.minutes += pupil.minutes / cells;
    summary.video_minutes += pupil.video_minutes / cells;
    summary.videos += pupil.videos / cells;
    answers += pupil.answers;
    right += pupil.right;
  }
  summary.success += right / std::max(answers, 1.0) / seeds;
  summary.coverage += run.coverage / seeds;
  summary.rmse += run.rmse / seeds;
  summary.rate_correlation += rate_correlation(run) / seeds;
  summary.gifts_highest += gifts_of_highest(run) / seeds;
  summary.talent_growth += talent_growth(run) / seeds;
  summary.most_exposed = std::max(summary.most_exposed, run.most_exposed);
  summary.curve.resize(run.curve.size(), 0.0);
  for (std::size_t i = 0; i < run.curve.size(); ++i) summary.curve[i] += run.curve[i] / seeds;
}

}  // namespace

Estimate estimate_of(std::span<const double> samples) {
  const double mean = mean_of(samples);
  if (samples.size() < 2) return {mean, 0.0};
  double squares = 0.0;
  for (const double sample : samples) squares += (sample - mean) * (sample - mean);
  const auto count = static_cast<double>(samples.size());
  const double error = std::sqrt(squares / (count - 1.0) / count);
  return {mean, t_quantile(static_cast<int>(samples.size()) - 1) * error};
}

Summary summarise(std::span<const RunResult> runs) {
  Summary summary;
  std::vector<SeedGains> seeds;
  for (const RunResult& run : runs) {
    seeds.push_back(gains_of(run));
    add_means(summary, run, static_cast<double>(runs.size()));
  }
  summary.gains = estimated(seeds);
  return summary;
}

Difference difference(std::span<const RunResult> one, std::span<const RunResult> other) {
  std::vector<SeedGains> seeds;
  double base = 0.0;
  for (std::size_t s = 0; s < one.size(); ++s) {
    const SeedGains first = gains_of(one[s]), second = gains_of(other[s]);
    seeds.push_back({first.all - second.all, first.lowest - second.lowest, first.highest - second.highest});
    base += second.all / static_cast<double>(one.size());
  }
  Difference result{estimated(seeds), 0.0};
  if (base > 0.0) result.relative = result.gains.all.mean / base;
  return result;
}

}  // namespace trede::lab
