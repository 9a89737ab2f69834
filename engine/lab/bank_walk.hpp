// A dry run of a bank: simulated pupils practise in it for some weeks under our policy, and everything is noted that
// tells its authors what is missing: where a pupil gets no exercise at the right level, which exercises come too often
// or never, how long topics take. The effects are the first guesses, as on the first day of a school, so that pupils
// are independent: the result is the same for every number of workers.
#pragma once

#include <array>
#include <functional>
#include <vector>

#include "engine/catalogue/catalogue.hpp"
#include "engine/random.hpp"

namespace trede::lab {

struct WalkOptions {
  int pupils = 40;
  double cohort_mean = 0.0;  // of their school year, logits
  bool all_alike = false;    // every ability is the cohort's mean: to see what the edges of a bank are like
  int weeks = 40;
  int sessions_a_week = 3;
  double session_minutes = 20.0;
  std::uint64_t seed = 1;
  int workers = 1;
};

// Difficulties in steps of half a logit: bin n is [lowest_difficulty + n / 2, … + 1 / 2), the ends are open.
inline constexpr double lowest_difficulty = -6.0;
inline constexpr double difficulty_step = 0.5;
inline constexpr int difficulty_bins = 24;
int difficulty_bin(double difficulty);

// An exercise more than this from the P(right) that was aimed at was the best of a bad choice.
inline constexpr double off_target = 0.1;

struct ItemUse {
  int given = 0;
  int pupils = 0;  // who met it
};

struct TopicUse {
  int pupils = 0;    // who practised it
  int mastered = 0;  // of these, at the end: finished, or known with P > .9
  int answers = 0;
  int right = 0;
  double minutes = 0.0;  // with videos
  double video_minutes = 0.0;
  int nothing_easier = 0;                          // choices for which the topic had only riddles …
  int nothing_harder = 0;                          // … or only gifts
  int aimed = 0;                                   // exercises that were aimed at some P(right)
  std::array<int, difficulty_bins> too_hard = {};  // of these, off target: the difficulty it should have had
  std::array<int, difficulty_bins> too_easy = {};
};

struct WalkedPupil {
  int answers = 0;
  int right = 0;
  double minutes = 0.0;
  double video_minutes = 0.0;
  int left_empty = 0;     // sessions that ended because there was nothing to give
  int weeks_to_end = -1;  // until that held for every ordinary topic, −1 = never
  int different = 0;      // exercises
  int most_given = 0;     // times, of one exercise
  int enrichment = 0;     // exercises above the curriculum
  int gifts = 0;          // exercises with P(right) > .92 …
  int riddles = 0;        // … and < .5, as predicted
};

struct BankWalk {
  std::vector<ItemUse> items;
  std::vector<TopicUse> topics;
  std::vector<int> videos;  // times shown
  std::vector<WalkedPupil> pupils;
  std::vector<double> mastered;  // topics a pupil, at the end of every week
};

// told(done, all): pupils, from any thread.
BankWalk walk(const Catalogue& bank, const WalkOptions& options,
              const std::function<void(int, int)>& told = {});

// Both walks in the same bank as one; `mastered` is the mean, weighted by pupils.
BankWalk joined(BankWalk one, const BankWalk& other);

}  // namespace trede::lab
