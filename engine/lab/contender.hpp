// The policies that are compared: rules one meets in practice and in the literature, and ours, whole or with parts
// switched off. All get the same bank, the same order of topics and the same time. Values; any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/effects/moves.hpp"
#include "engine/lab/nature.hpp"
#include "engine/policy/context.hpp"

namespace trede::lab {

enum class Rule {
  Random,              // any exercise
  Ladder,              // every topic from easy to hard, two right in a row for the next rung
  MaximumInformation,  // the exercise that tells most about the pupil, of all topics
  Elo,                 // ratings per topic, K = .4; the first topic below its cut, exercises at the target
  Frontier,            // the first topic with P(mastery) < .9, exercises at the target
  Ours
};

struct Contender {
  std::string word = {};  // for the command line
  std::string name = {};
  Rule rule = Rule::Ours;
  double target = 0.75;       // Elo, Frontier
  bool slopes = false;        // Elo: knows the exercises' slopes; as programs have it, all are one
  bool video = true;          // Elo: after two failures in a row; Frontier, Ours: by learned effects
  bool learned_level = true;  // Ours: the band by Thompson draws; without it .75
  bool own_rate = true;       // Frontier, Ours: each pupil's learning rate is a state
  bool learns = true;         // the effects are learned from the answers; else the first guesses stay
  // The exercises' difficulties are known within this, logits, and learned on; 0: exactly (item_beliefs.hpp).
  double calibrated_within = 0.0;
  int cohorts_before = 0;  // of other pupils: what they taught of the effects is known
};

// Random, ladder, maximum information, Elo without and with video, each also with slopes, Frontier at .6, .75 and .85,
// at .75 with videos by their learned effects and without own rates, and ours, last.
std::vector<Contender> usual_contenders();
// Ours without video, without learned levels, without own rates, without learned effects; and whole, with a bank as a
// school has it, and in a school's second year.
std::vector<Contender> variants_of_ours();

// A pupil in the laboratory, with what each kind of policy remembers.
struct LabPupil {
  SimulatedPupil truth;
  Nature nature;
  effects::Tracked tracked;
  policy::PupilContext context;
  Eigen::VectorXd ratings;  // Elo's
  std::vector<int> rungs;   // the ladder's place, one a topic
  int right_in_row = 0;
  int failures_in_row = 0;
};
LabPupil lab_pupil(SimulatedPupil truth, Nature nature, const Catalogue& bank, const Contender& contender);

struct LabStep {
  int item = -1;  // one of the two
  int video = -1;
  double target = 0.0;                               // ours: the P(right) aimed at
  policy::Reason reason = policy::Reason::Frontier;  // ours
};
LabStep next_step(const LabPupil& pupil, const Catalogue& bank, const Contender& contender,
                  const effects::Effects& effects, Random& random);

// What the contender makes of an answer, ratings and rungs; belief and context are the study's.
void note_answer(LabPupil& pupil, const Catalogue& bank, const Contender& contender, int item, bool right);

}  // namespace trede::lab
