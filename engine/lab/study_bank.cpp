#include "engine/lab/study_bank.hpp"

#include <array>
#include <cmath>

#include "engine/irt/dichotomous.hpp"
#include "engine/lab/simulated_pupil.hpp"

namespace trede::lab {
namespace {

constexpr int topics = 6;
constexpr int equals = 4;  // exercises
constexpr int exercises = 27 * equals;
constexpr double slope = 1.3;
constexpr double first_cut = 0.8;
constexpr double cut_step = 0.4;
constexpr double easiest = -4.5;  // from the cut
constexpr double hardest = 2.0;
constexpr double shared_variance = 0.55;
constexpr double own_variance = 0.45;

constexpr int enrichment_steps = 27;
constexpr double enrichment_easiest = 1.0;  // above the cut
constexpr double enrichment_hardest = 5.0;

void add_enrichment(Catalogue& bank, int topic, double cut) {
  for (int i = 0; i < enrichment_steps; ++i) {
    const double above =
        enrichment_easiest + (enrichment_hardest - enrichment_easiest) * i / (enrichment_steps - 1);
    bank.items.push_back({.parameters = {slope, cut + above, 0.0},
                          .loadings = {{topic, 1.0}},
                          .minutes = 1.0,
                          .enrichment = true,
                          .varies = true});
  }
}

Catalogue bank_with(bool enrichment) {
  Catalogue bank;
  for (int k = 0; k < topics; ++k) {
    const double cut = first_cut + cut_step * k;
    CatalogueTopic topic{.domain = 0, .level = cut};
    if (k > 0) topic.prerequisites = {k - 1};
    bank.topics.push_back(topic);
    for (int i = 0; i < exercises; ++i) {
      const double difficulty = cut + easiest + (hardest - easiest) * (i / equals) / (exercises / equals - 1);
      bank.items.push_back(
          {.parameters = {slope, difficulty, 0.0}, .loadings = {{k, 1.0}}, .minutes = 1.0, .varies = true});
    }
    bank.videos.push_back({.topic = k, .minutes = 3.0});
  }
  if (enrichment) add_enrichment(bank, topics - 1, first_cut + cut_step * (topics - 1));
  complete(bank);
  for (int k = 0; k < topics; ++k) bank.topics[k].cut = first_cut + cut_step * k;
  return bank;
}

}  // namespace

Catalogue study_bank() {
  return bank_with(false);
}

Catalogue study_bank(World world) {
  return bank_with(world == World::Talent);
}

SimulatedPupil study_pupil(const Catalogue& bank, Random& random) {
  SimulatedPupil pupil;
  pupil.ability =
      Eigen::VectorXd::Constant(std::ssize(bank.topics), std::sqrt(shared_variance) * random.normal());
  for (double& ability : pupil.ability) ability += std::sqrt(own_variance) * random.normal();
  pupil.resting = pupil.ability;
  pupil.learning_rate = usual_rate * std::exp(rate_spread * random.normal());
  pupil.videos_seen.assign(bank.videos.size(), 0);
  return pupil;
}

double test_score(const SimulatedPupil& pupil, const Catalogue& bank) {
  constexpr std::array<double, 3> from_cut = {-1.5, -0.5, 0.5};
  double sum = 0.0;
  for (std::size_t k = 0; k < bank.topics.size(); ++k)
    for (const double difficulty : from_cut)
      sum += irt::logistic(slope *
                           (pupil.ability[static_cast<Eigen::Index>(k)] - bank.topics[k].cut - difficulty));
  return sum / static_cast<double>(from_cut.size() * bank.topics.size());
}

}  // namespace trede::lab
