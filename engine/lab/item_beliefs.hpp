// What a policy believes of the bank it chooses from. The study's bank is true; a school has it from a calibration,
// which errs, and learns on from every answer, as the server does. Values; any thread.
#pragma once

#include <vector>

#include "engine/calibration/online_item.hpp"
#include "engine/effects/moves.hpp"
#include "engine/random.hpp"

namespace trede::lab {

// Of ln a, when difficulties are known within calibrated_within: as a few hundred answers leave it.
inline constexpr double slope_within = 0.1;

struct ItemBeliefs {
  Catalogue bank;                                               // as believed: policy and tracker read this
  std::vector<calibration::OnlineItem> items;                   // empty: the bank is known exactly
  std::vector<std::vector<calibration::ItemEvidence>> waiting;  // since the last publication, by item
};

// calibrated_within: the standard error of each difficulty, logits, by which it is wrong to begin with; 0: known.
ItemBeliefs item_beliefs(const Catalogue& bank, double calibrated_within, Random random);

// What the tracker should allow for: z = a (η − b) hangs on a difficulty that is not certain.
tracking::Disturbance uncertainty_of(const ItemBeliefs& beliefs, int item);

// What is believed of a pupil's ability on the exercise, Σ q_k µ_k: logits.
double ability_on(const ItemBeliefs& beliefs, int item, const tracking::Posterior& posterior);

// ability: ability_on before the answer came.
void note_answer(ItemBeliefs& beliefs, int item, bool right, double ability,
                 const tracking::Innovation& innovation);

// What waited becomes what is believed. Cuts stay: they are where mastery begins, not what was measured.
void publish(ItemBeliefs& beliefs);

}  // namespace trede::lab
