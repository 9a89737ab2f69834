// What practising, watching and waiting do to ability: the effects γ shared by all pupils, numbered, with what
// we believe about them. An `Effects` is what one parameter version publishes; it is a plain value that every
// thread may read. How γ is learned: sensitivity.hpp, statistics.hpp (docs/MODEL.md §4).
#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>
#include <array>
#include <vector>

#include "engine/catalogue/catalogue.hpp"

namespace trede::effects {

// The P(right) at which an exercise was offered, in five bands; each has a gain of its own, so that data say
// at which level practice teaches most.
inline constexpr std::array<double, 5> bands = {0.6, 0.675, 0.75, 0.825, 0.9};
int band_of(double predicted);  // the nearest band

// Worked examples help who stands far below a topic and hardly others (Tetzlaff et al. 2025: d = .5 against
// −.4), so a video has an effect for each zone of E θ_k − cut.
enum class Zone { Novice, Other };
inline constexpr double novice_distance = 1.2;  // logits below the cut
Zone zone_of(double mean, double cut);

// The position of an effect in γ: five practice gains (logits an answer), forgetting (logits a unit of
// ln(1 + D / S), rest.hpp), then two effects a video (logits, the whole video seen for the first time).
inline constexpr int forgetting_effect = static_cast<int>(bands.size());
inline constexpr int first_video_effect = forgetting_effect + 1;
constexpr int practice_effect(int band) {
  return band;
}
constexpr int video_effect(int video, Zone zone) {
  return first_video_effect + 2 * video + (zone == Zone::Other ? 1 : 0);
}
int count_of_effects(const Catalogue& catalogue);

// First guesses, before any data.
struct Guess {
  double mean = 0.0;
  double sd = 1.0;
};
// Ten answers on a topic at the best level raise it .4, over half a school year; so unsure.
inline constexpr Guess practice_guess = {0.04, 0.03};
// What theories of practice say on average falls off around .7: .04 (1 − 8 (b − .7)²) at level b
// (docs/decisions/0017).
inline constexpr double likeliest_level = 0.7;
inline constexpr double level_falloff = 8.0;
// Most of what we do not know is how much practice teaches at all; of the variance of a band's gain this part is common
// to all. Without it a level that was hardly tried seems good as soon as pupils gain less than expected.
inline constexpr double shared_by_all_levels = 0.8;
// Levels near each other teach alike: the rest correlates exp(−d² / 2), d = the distance of two bands over .15.
inline constexpr double alike_within = 0.15;  // in P(right)
// Six weeks without a topic practised once cost .1: about a month of school (Cooper et al. 1996).
inline constexpr Guess forgetting_guess = {0.05, 0.05};
inline constexpr Guess video_guess_novice = {0.2, 0.2};
inline constexpr Guess video_guess_other = {0.1, 0.1};
// Videos resemble each other: of the variance of a video's effect this part is common to all videos and this
// to the videos of its topic; the rest is its own. What one video shows is thereby believed of the others.
inline constexpr double shared_by_all_videos = 0.5;
inline constexpr double shared_by_topic = 0.25;

// What an estimate may be. Answers that say otherwise say something else: of a class that sends in empty answers
// for an hour it would be learned that every exercise makes pupils worse, and all others would pay for it.
struct Believable {
  double least = 0.0;
  double most = 0.0;
};
inline constexpr Believable believable_practice = {0.0, 0.25};    // ten exercises raise 2.5 at most
inline constexpr Believable believable_forgetting = {-0.1, 0.5};  // below 0: other lessons teach it meanwhile
inline constexpr Believable believable_video = {-0.5, 1.5};
Believable believable(int effect);

// γ ~ N(mean, root root'), before any data. The columns of root: what all videos share, per zone; what those of
// a topic share, per topic and zone; then every effect's own part.
struct Prior {
  Eigen::VectorXd mean;
  Eigen::SparseMatrix<double> root;  // effects × (2 + 2 topics + effects)
};
Prior prior(const Catalogue& catalogue);

struct Effects {
  Eigen::VectorXd value;                // γ
  Eigen::VectorXd sd;                   // its standard errors
  Eigen::MatrixXd practice_covariance;  // of the five practice gains, for draws of the best band

  int count() const { return static_cast<int>(value.size()); }
};

// γ of the guesses above: version 0.
Effects first_guess(const Catalogue& catalogue);

// The same effects for another bank, whose video v was video video_from[v] (−1 = new: it has the first guess
// until estimate() is run for the new bank).
Effects rebase(const Effects& effects, const Catalogue& to, const std::vector<int>& video_from);

// For each effect of the new bank its position in the old one, −1 = new; and the other way round, −1 = gone.
std::vector<int> effects_from(const std::vector<int>& video_from);
std::vector<int> effects_to(const std::vector<int>& video_from, int count_before);

}  // namespace trede::effects
