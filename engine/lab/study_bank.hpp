// The bank in which policies are compared: topics in a chain, each with exercises from far too easy to far too
// hard and one video, and pupils who know less of a topic the later it comes. Pure, any thread.
#pragma once

#include "engine/lab/worlds.hpp"

namespace trede::lab {

// Six topics whose cuts lie .8, 1.2, … 2.8 above the mean pupil, 27 exercises each (a = 1.3) from 4.5 below its
// cut to 2 above, a minute an exercise, three minutes a video.
Catalogue study_bank();
// For a world with talents: the same and, on the last topic, 27 enrichment exercises from 1 to 5 above its cut.
Catalogue study_bank(World world);

// Abilities N(0, .55 11' + .45 I): not quite what the tracker's prior says. Learning rates lognormal around .06.
SimulatedPupil study_pupil(const Catalogue& bank, Random& random);

// What a test at the end would give: the mean chance on items half a logit around the cuts and one below,
//   mean over topics of (s(a (θ − c + 1.5)) + s(a (θ − c + .5)) + s(a (θ − c − .5))) / 3,   a = 1.3, c = cut.
double test_score(const SimulatedPupil& pupil, const Catalogue& bank);

}  // namespace trede::lab
