// Worlds that disagree on how children learn and answer, to try policies and the tracker in: a policy is good when it
// does well in all of them, a tracker when its intervals hold in all of them. No one knows which is ours, and the
// tracker does not know which one it is in. Plain functions on simulated pupils; any thread, own Random.
#pragma once

#include <array>
#include <string_view>

#include "engine/lab/simulated_pupil.hpp"

namespace trede::lab {

enum class World {
  Hill65,  // exercises teach most at P(right) .65: exp(−((p − .65) / .15)² / 2)
  Success85,  // a learner by error gradients: z exp(−z² / 2), z = logit(p) / 1.702, best near .85 (Wilson et al. 2019)
  Flat,      // every exercise teaches the same, .6
  Mistakes,  // only mistakes teach, with the feedback they get: 1.2 (1 − p)
  Misfit,  // answers do not follow the tracker's model: guesses, slopes of a pupil's own, two sides to a topic
  Dropout,     // who is bored or frustrated stops
  Talent,      // one pupil in seven is far above the curriculum
  Tired,       // pupils tire within a session and forget between sessions, less of what they practised before
  SlowReaders,  // one pupil in three is held up by long texts; everybody slips
  DayForm,      // good days and bad ones: a session's form moves all its answers
  Insights,     // what practice teaches on a topic shows all at once, with a success
  Copying,      // one pupil in four copies answers in some sessions
  Holiday,      // six weeks in the middle, in which half of what was learned is lost
  Changed,      // the exercises of one topic have become harder since they were calibrated
  Leaked        // half the pupils know the answers to half the exercises after an hour
};
// Those that differ only in what an exercise teaches …
inline constexpr std::array worlds = {World::Hill65, World::Success85, World::Flat, World::Mistakes};
// … and those in which pupils are otherwise than expected; there an exercise teaches the mean of the four.
inline constexpr std::array stranger_worlds = {World::Misfit, World::Dropout, World::Talent};
// The same, written when the policy was finished and reported as they came out.
inline constexpr std::array later_worlds = {World::Tired, World::SlowReaders};
// The same, written before the policy's last change (docs/decisions/0017) and not looked at for it.
inline constexpr std::array last_worlds = {World::DayForm, World::Insights};
// The same, written after it and before beliefs were widened by their misses (docs/decisions/0019).
inline constexpr std::array newest_worlds = {World::Copying, World::Holiday};
// The same, written after that: nothing was changed for them.
inline constexpr std::array unseen_worlds = {World::Changed, World::Leaked};

std::string_view name_of(World world);
std::string_view word_of(World world);         // for the command line
std::string_view description_of(World world);  // one sentence for people

// The mean of the four: what to reckon with where nothing is known.
double usual_lesson(double probability_right);
// What an exercise teaches in this world, as a share of the pupil's learning rate, before readiness.
double lesson_of(World world, double probability_right);

// Who does not master what a topic builds on learns little of it: .1 + .9 s(2.5 (d + .7)), d = distance of the
// weakest prerequisite above its cut; 1 without prerequisites.
double readiness(const SimulatedPupil& pupil, const Catalogue& catalogue, int topic);

// rate × lesson × readiness on every topic of the item, by its loading.
void practise(SimulatedPupil& pupil, const Catalogue& catalogue, const CatalogueItem& item, double lesson);
void practise(SimulatedPupil& pupil, const Catalogue& catalogue, const CatalogueItem& item, World world);

// .6 s(−1.5 (d + 1.2)) × readiness × 2^−seen × fraction × e^(.3 N(0, 1)), d = the pupil's distance above the cut: in
// every world a video helps novices.
void watch(SimulatedPupil& pupil, const Catalogue& catalogue, int video, double fraction, Random& random);

}  // namespace trede::lab
