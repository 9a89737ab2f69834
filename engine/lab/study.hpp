// A comparison of policies on pupils who learn: the same pupils (by seed) go through the same bank under each
// contender, for the same minutes, in each world. A run is single-threaded and depends on its seed alone; runs
// are spread over the cores, so the result is the same for every number of workers.
#pragma once

#include <functional>
#include <vector>

#include "engine/lab/contender.hpp"
#include "engine/lab/worlds.hpp"

namespace trede::lab {

struct StudyOptions {
  int pupils = 400;
  double minutes = 240.0;
  std::uint64_t first_seed = 1;
  int seeds = 10;
  int workers = 1;
  std::vector<World> worlds = {};  // empty: the four that differ only in what an exercise teaches
};

// One pupil at the end.
struct PupilResult {
  double before = 0.0;  // test score
  double after = 0.0;
  double growth = 0.0;    // logits, mean over topics
  double mastered = 0.0;  // topics whose true ability is above the cut
  double minutes = 0.0;   // practised: less than the others in a world where one may stop
  double video_minutes = 0.0;
  int answers = 0;
  int right = 0;
  int gifts = 0;  // exercises whose true chance was above .92
  int videos = 0;
  bool talented = false;
  double rate_seen = 0.0;  // µ_η and the true ln rate, to compare
  double rate_true = 0.0;

  double gain() const { return after - before; }
};

struct RunResult {
  std::vector<PupilResult> pupils;
  double coverage = 0.0;      // of the 95 % intervals that people are told, at the end
  double rmse = 0.0;          // of the abilities, logits
  double most_exposed = 0.0;  // the most used exercise's share of all exercises given
  std::vector<double> curve;  // mean test score, after every twentieth of the time
  effects::Effects effects;   // as learned
};

RunResult run(const Catalogue& bank, World world, const Contender& contender, const StudyOptions& options,
              std::uint64_t seed);

// results[world][contender][seed], each world with its study_bank.
// told(done, all) is called as runs end, from any thread.
using StudyResults = std::vector<std::vector<std::vector<RunResult>>>;
StudyResults compare(const std::vector<Contender>& contenders, const StudyOptions& options,
                     const std::function<void(int, int)>& told = {});

}  // namespace trede::lab
