#include "engine/prediction/duplicates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <unordered_map>

#include "engine/random.hpp"

namespace trede::prediction {
namespace {

constexpr double least_overlap = 0.7;  // shared items by all items of both
constexpr double equal_if_copied = 0.95;
constexpr double certainty = 7.0;  // log-odds above those of a coincidence among all pairs: e⁷ ≈ 1,000
// 32 bands of 5: of pairs with 70 % of their answers in common .997 are found, with a third of them .12.
constexpr int bands = 32, hashes_per_band = 5;
constexpr std::size_t crowd = 100;  // more pupils than this under one key are no twins

struct LastAnswer {
  std::int32_t item = 0;
  std::uint8_t correct = 0;
};

// Ascending by item, each once.
std::vector<LastAnswer> last_answers(const ResponseLog& log, int pupil) {
  const auto at = static_cast<std::size_t>(pupil);
  std::vector<LastAnswer> answers;
  for (std::size_t row = log.pupil_begins[at + 1]; row-- > log.pupil_begins[at];)
    answers.push_back({log.item[row], log.correct[row]});
  const auto by_item = [](const LastAnswer& a, const LastAnswer& b) { return a.item < b.item; };
  std::stable_sort(answers.begin(), answers.end(), by_item);
  const auto same = [](const LastAnswer& a, const LastAnswer& b) { return a.item == b.item; };
  answers.erase(std::unique(answers.begin(), answers.end(), same), answers.end());
  return answers;
}

std::array<std::uint64_t, bands> band_keys(const std::vector<LastAnswer>& answers) {
  std::array<std::uint64_t, bands> keys{};
  std::uint64_t seed = 0;
  for (std::uint64_t& key : keys)
    for (int i = 0; i < hashes_per_band; ++i) {
      ++seed;
      auto least = std::numeric_limits<std::uint64_t>::max();
      for (const LastAnswer& answer : answers) {
        const auto both = static_cast<std::uint64_t>(answer.item) * 2 + answer.correct;
        least = std::min(least, scramble(both ^ scramble(seed)));
      }
      key = mix(key, least);
    }
  return keys;
}

// The chance that two pupils answer an item equally: p² + (1 − p)².
std::vector<double> chances_of_equal(const ResponseLog& log, std::span<const int> pupils) {
  std::vector<double> right(static_cast<std::size_t>(log.items()), 1.0), all(right.size(), 2.0);
  for (const int pupil : pupils) {
    const auto at = static_cast<std::size_t>(pupil);
    for (std::size_t row = log.pupil_begins[at]; row < log.pupil_begins[at + 1]; ++row) {
      right[static_cast<std::size_t>(log.item[row])] += log.correct[row];
      all[static_cast<std::size_t>(log.item[row])] += 1.0;
    }
  }
  for (std::size_t item = 0; item < right.size(); ++item) {
    const double p = right[item] / all[item];
    right[item] = p * p + (1.0 - p) * (1.0 - p);
  }
  return right;
}

bool are_one(const std::vector<LastAnswer>& a, const std::vector<LastAnswer>& b,
             const std::vector<double>& chances, double threshold) {
  double evidence = 0.0;
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].item != b[j].item) {
      a[i].item < b[j].item ? ++i : ++j;
      continue;
    }
    const double chance = chances[static_cast<std::size_t>(a[i].item)];
    evidence += a[i].correct == b[j].correct ? std::log(equal_if_copied / chance)
                                             : std::log((1.0 - equal_if_copied) / (1.0 - chance));
    ++shared, ++i, ++j;
  }
  const auto all = static_cast<double>(a.size() + b.size() - shared);
  return static_cast<double>(shared) >= least_overlap * all && evidence > threshold;
}

std::vector<int> longest_first(const ResponseLog& log, std::span<const int> pupils) {
  const auto rows = [&](int pupil) {
    const auto at = static_cast<std::size_t>(pupil);
    return log.pupil_begins[at + 1] - log.pupil_begins[at];
  };
  std::vector<int> order(pupils.begin(), pupils.end());
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return rows(a) > rows(b); });
  return order;
}

}  // namespace

std::vector<int> duplicates(const ResponseLog& log, std::span<const int> pupils) {
  const std::vector<double> chances = chances_of_equal(log, pupils);
  const double threshold = 2.0 * std::log(static_cast<double>(pupils.size()) + 1.0) + certainty;
  std::unordered_map<int, std::vector<LastAnswer>> kept;
  std::array<std::unordered_map<std::uint64_t, std::vector<int>>, bands> tables;
  std::vector<int> found;
  for (const int pupil : longest_first(log, pupils)) {
    std::vector<LastAnswer> answers = last_answers(log, pupil);
    const auto keys = band_keys(answers);
    bool repeats = false;
    for (std::size_t band = 0; band < keys.size() && !repeats; ++band)
      for (const int other : tables[band][keys[band]])
        if ((repeats = are_one(answers, kept.at(other), chances, threshold))) break;
    if (repeats) {
      found.push_back(pupil);
      continue;
    }
    for (std::size_t band = 0; band < keys.size(); ++band)
      if (auto& bucket = tables[band][keys[band]]; bucket.size() < crowd) bucket.push_back(pupil);
    kept.emplace(pupil, std::move(answers));
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace trede::prediction
