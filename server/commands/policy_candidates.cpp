#include "server/commands/policy_candidates.hpp"

#include <cmath>
#include <map>
#include <tuple>

#include "engine/policy/stages.hpp"

namespace trede::commands {
namespace {

// The last stage drawn at another temperature: within what was decided before it, p ∝ p exp(d² (1 / T − 1 / T')).
void heat(std::vector<policy::Choice>& choices, double factor) {
  const double change = (1.0 - 1.0 / factor) / policy::temperature;
  const auto decided = [](const policy::Choice& choice) {
    return std::tuple(static_cast<int>(choice.reason), choice.topic, choice.target);
  };
  const auto drawn = [](const policy::Choice& choice) {
    return choice.kind == policy::ChoiceKind::Exercise && choice.reason != policy::Reason::Placement &&
           choice.reason != policy::Reason::Seeding;
  };
  std::map<std::tuple<int, int, double>, double> before, after;
  for (policy::Choice& choice : choices) {
    if (!drawn(choice)) continue;
    const double away = choice.predicted - choice.target;
    before[decided(choice)] += choice.probability;
    choice.probability *= std::exp(away * away * change);
    after[decided(choice)] += choice.probability;
  }
  for (policy::Choice& choice : choices)
    if (drawn(choice)) choice.probability *= before[decided(choice)] / after[decided(choice)];
}

}  // namespace

std::vector<Candidate> known_candidates() {
  return {{.word = "current", .description = "the policy as it is now"},
          {.word = "easy", .description = "everybody at .9", .level = policy::Level::Easy},
          {.word = "middle", .description = "everybody at .75", .level = policy::Level::Middle},
          {.word = "hard", .description = "everybody at .6", .level = policy::Level::Hard},
          {.word = "no-video", .description = "no videos but a lesson's", .video = false},
          {.word = "no-review", .description = "no review", .review = false},
          {.word = "sharper", .description = "exercises drawn nearer to the level", .temperature = 0.5},
          {.word = "wider", .description = "exercises drawn further from the level", .temperature = 2.0}};
}

std::vector<policy::Choice> choices_of(const Candidate& candidate, const tracking::Posterior& posterior,
                                       const Catalogue& catalogue, policy::PupilContext context,
                                       const effects::Effects& effects) {
  if (candidate.level) context.steering.level = *candidate.level;
  if (!candidate.review) context.reviews_today = policy::reviews_a_day;
  if (!candidate.video)
    for (policy::VideoHistory& video : context.videos) video.times_seen = policy::video_most_times;
  std::vector<policy::Choice> choices = policy::possible_choices(posterior, catalogue, context, effects);
  if (candidate.temperature != 1.0) heat(choices, candidate.temperature);
  return choices;
}

}  // namespace trede::commands
