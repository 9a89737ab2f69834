// Q3 (Yen 1984): do two items still go together when ability has been accounted for? One that gives the other
// away, two about the same picture. Pure, any thread.
#pragma once

#include <optional>
#include <vector>

#include "engine/calibration/responses.hpp"

namespace trede::calibration {

struct Curves;

struct DependentPair {
  int first = 0;  // item numbers, first < second
  int second = 0;
  double q3 = 0.0;
  double common = 0.0;  // people who answered both
};

struct Dependence {
  double mean = 0.0;                 // of all pairs compared; about −1 / (items − 1) under the model
  int compared = 0;                  // pairs with enough common answers
  int people = 0;                    // people read: all, or evenly spread ones when that would take too long
  std::vector<DependentPair> pairs;  // those that depend, strongest first
};

inline constexpr double least_common_answers = 50.0;
inline constexpr double dependence_excess =
    0.2;  // flagged above the mean by this (Christensen et al. 2017) …
inline constexpr double dependence_errors = 3.0;  // … and by this many standard errors 1 / √common
inline constexpr int most_paired_items = 1000;    // 24 MB of sums
inline constexpr double most_common_answers = 5e7;

// Correlations over people of y − E(y | all answers of the person). None when no pair is compared.
std::optional<Dependence> dependence_of(const ResponseTable& table, const Curves& curves);

}  // namespace trede::calibration
