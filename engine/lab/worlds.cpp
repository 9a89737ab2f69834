#include "engine/lab/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/irt/dichotomous.hpp"

namespace trede::lab {
namespace {

double hill(double probability) {
  const double away = (probability - 0.65) / 0.15;
  return std::exp(-0.5 * away * away);
}

double error_gradient(double probability) {
  constexpr double highest = 0.6065;  // of z exp(−z² / 2)
  constexpr double probit = 1.702;
  const double p = std::clamp(probability, 1e-6, 1.0 - 1e-6);
  const double z = std::max(0.0, std::log(p / (1.0 - p)) / probit);
  return z * std::exp(-0.5 * z * z) / highest;
}

struct Told {
  std::string_view name, word, description;
};

Told told(World world) {
  switch (world) {
    case World::Hill65:
      return {"hill at .65", "hill65", "An exercise teaches most when two in three come out right."};
    case World::Success85:
      return {"best at .85", "success85", "An exercise teaches most when 85 % come out right."};
    case World::Flat:
      return {"flat", "flat", "Every exercise teaches the same, however hard it is."};
    case World::Mistakes:
      return {"mistakes teach", "mistakes", "Only a mistake teaches, with the feedback it gets."};
    case World::Misfit:
      return {
          "misfit", "misfit",
          "Pupils guess, differ in how steeply success follows ability, and are better at one half of each "
          "topic than at the other; the tracker knows nothing of this."};
    case World::Dropout:
      return {"dropout", "dropout", "Who has been bored or frustrated for a while may stop for good."};
    case World::Tired:
      return {"tired", "tired",
              "In sessions of 20 minutes, two days apart, pupils tire; until the next they lose a third of "
              "what was "
              "new and a tenth of what they had practised before."};
    case World::SlowReaders:
      return {
          "slow readers", "slow-readers",
          "One pupil in three reads slowly: every third exercise is harder for them and takes twice as long. "
          "Everybody slips in one of twenty."};
    case World::DayForm:
      return {"day form", "day-form",
              "In sessions of 20 minutes, two days apart, pupils have good days and bad ones: a session's form "
              "moves all its answers up or down, by half a logit or so."};
    case World::Insights:
      return {"insights", "insights",
              "Practice shows nothing for a while: what it teaches on a topic comes all at once, with one "
              "success in twelve."};
    case World::Copying:
      return {"copying", "copying",
              "In sessions of 20 minutes, two days apart, one pupil in four copies from a neighbour, in every "
              "third session or so: then nine answers in ten are right and nothing is learned."};
    case World::Holiday:
      return {"holiday", "holiday",
              "In sessions of 20 minutes, two days apart, with six weeks of holiday after the sixth: half of what "
              "was learned is lost in them."};
    case World::Changed:
      return {"changed exercises", "changed",
              "The exercises of the third topic are .8 logits harder than when they were calibrated; nobody has "
              "noticed."};
    case World::Leaked:
      return {"leaked answers", "leaked",
              "After an hour half the pupils know the answers to every other exercise: then they have 19 in 20 of "
              "these right and learn nothing by them."};
    case World::Talent:
      break;
  }
  return {"talent", "talent",
          "One pupil in seven is far above the curriculum; the bank has enrichment on its last topic."};
}

}  // namespace

std::string_view name_of(World world) {
  return told(world).name;
}

std::string_view word_of(World world) {
  return told(world).word;
}

std::string_view description_of(World world) {
  return told(world).description;
}

double usual_lesson(double probability_right) {
  double sum = 0.0;
  for (const World each : worlds) sum += lesson_of(each, probability_right);
  return sum / static_cast<double>(worlds.size());
}

double lesson_of(World world, double probability_right) {
  switch (world) {
    case World::Hill65:
      return hill(probability_right);
    case World::Success85:
      return error_gradient(probability_right);
    case World::Flat:
      return 0.6;
    case World::Mistakes:
      return 1.2 * (1.0 - probability_right);
    default:
      break;
  }
  return usual_lesson(probability_right);
}

double readiness(const SimulatedPupil& pupil, const Catalogue& catalogue, int topic) {
  double distance = std::numeric_limits<double>::infinity();
  for (const int needed : catalogue.topics[topic].prerequisites)
    distance = std::min(distance, pupil.ability[needed] - catalogue.topics[needed].cut);
  return 0.1 + 0.9 * irt::logistic(2.5 * (distance + 0.7));
}

void practise(SimulatedPupil& pupil, const Catalogue& catalogue, const CatalogueItem& item, double lesson) {
  Eigen::VectorXd after = pupil.ability;
  for (const Loading& loading : item.loadings)
    after[loading.topic] +=
        pupil.learning_rate * lesson * readiness(pupil, catalogue, loading.topic) * loading.weight;
  pupil.ability = std::move(after);
}

void practise(SimulatedPupil& pupil, const Catalogue& catalogue, const CatalogueItem& item, World world) {
  practise(pupil, catalogue, item, lesson_of(world, pupil.probability_right(item)));
}

void watch(SimulatedPupil& pupil, const Catalogue& catalogue, int video, double fraction, Random& random) {
  const int topic = catalogue.videos[video].topic;
  const double distance = pupil.ability[topic] - catalogue.topics[topic].cut;
  const double whole = 0.6 * irt::logistic(-1.5 * (distance + 1.2)) * readiness(pupil, catalogue, topic) *
                       std::exp2(-pupil.videos_seen[video]);
  pupil.ability[topic] += whole * std::clamp(fraction, 0.0, 1.0) * std::exp(0.3 * random.normal());
  ++pupil.videos_seen[video];
}

}  // namespace trede::lab
