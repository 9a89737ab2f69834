#include "engine/insight/alert_rules.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unsupported/Eigen/SpecialFunctions>

#include "engine/irt/dichotomous.hpp"

namespace trede::insight {

namespace {

double log_odds(double p) {
  return std::log(p / (1.0 - p));
}

template <class Property>
int count_of(const std::vector<Observation>& answers, Property property) {
  return static_cast<int>(std::count_if(answers.begin(), answers.end(), property));
}

// P(rate > limit) for a rate with prior Beta(prior_hits, prior_misses), after so many hits and misses.
double rate_above(double limit, double hits, double misses) {
  return 1.0 - Eigen::numext::betainc(hits, misses, limit);
}

using Found = std::optional<Alert>;

void keep_likelier(Found& best, const Alert& alert) {
  if (!best || alert.probability > best->probability) best = alert;
}

struct Look {
  const Watch& watch;
  const tracking::Posterior& posterior;
  const Catalogue& catalogue;
  const ClassHabits& habits;
};

double mastery_on(const Look& look, int topic) {
  return tracking::mastery(look.posterior, topic, look.catalogue.topics[static_cast<std::size_t>(topic)].cut);
}

bool is_known(const Look& look, const Progress& progress) {
  return progress.answers >= least_answers && look.posterior.sd(progress.topic) <= largest_sd;
}

// The topic on which most of these went wrong.
int hardest_topic(const Catalogue& catalogue, const std::vector<Observation>& answers) {
  std::map<int, int> wrong;
  for (const Observation& answer : answers)
    if (!answer.right && answer.item >= 0)
      ++wrong[catalogue.items[static_cast<std::size_t>(answer.item)].topic()];
  const auto most = std::max_element(wrong.begin(), wrong.end(),
                                     [](auto& one, auto& other) { return one.second < other.second; });
  return most == wrong.end() ? -1 : most->first;
}

int answers_on(const Watch& watch, int topic) {
  const auto place = std::find_if(watch.progress.begin(), watch.progress.end(),
                                  [&](const Progress& progress) { return progress.topic == topic; });
  return place == watch.progress.end() ? 0 : place->answers;
}

// What is known of the ability does not matter: the further a pupil is below every exercise, the less is.
Found failing(const Look& look) {
  constexpr double low = 0.4;
  constexpr double likely = 0.95;
  std::vector<Observation> answers = newest(look.watch, window);
  std::erase_if(answers, [](const Observation& answer) { return answer.rapid; });
  const auto count = static_cast<int>(answers.size());
  if (count < least_answers) return std::nullopt;
  const int right = count_of(answers, [](const Observation& answer) { return answer.right; });
  const double probability = 1.0 - rate_above(low, 1.0 + right, 1.0 + count - right);
  if (probability <= likely) return std::nullopt;
  const int topic = hardest_topic(look.catalogue, answers);
  if (topic < 0) return std::nullopt;
  return Alert{.kind = AlertKind::Stuck,
               .cause = Cause::TooHard,
               .topic = topic,
               .probability = probability,
               .evidence = count,
               .answers = answers_on(look.watch, topic)};
}

Found stuck(const Look& look) {
  if (Found found = failing(look)) return found;
  constexpr double likely_on_topic = 0.8;
  constexpr double likely_in_general = 0.6;
  const double slow = probability_slow(look.posterior);
  Found best;
  for (const Progress& progress : look.watch.progress) {
    if (!is_known(look, progress) || mastery_on(look, progress.topic) >= 0.5) continue;
    const double here = probability_stuck(progress);
    if (here <= likely_on_topic && slow <= likely_in_general) continue;
    const double probability = here > likely_on_topic ? here : slow;
    keep_likelier(best, {.kind = AlertKind::Stuck,
                         .topic = progress.topic,
                         .probability = probability,
                         .evidence = here > likely_on_topic ? progress.answers : look.watch.answers,
                         .answers = progress.answers});
  }
  return best;
}

Found under_challenged(const Look& look) {
  constexpr double easy = 0.9;
  constexpr double truly_easy = 0.85;
  constexpr double likely = 0.8;
  constexpr double easier_than_aimed = 0.05;
  const std::vector<Observation> answers = newest(look.watch, window);
  if (static_cast<int>(answers.size()) < window) return std::nullopt;
  double predicted = 0.0;
  double target = 0.0;
  for (const Observation& answer : answers) {
    predicted += answer.predicted / window;
    target += answer.target / window;
  }
  const int right = count_of(answers, [](const Observation& answer) { return answer.right; });
  const double probability = rate_above(truly_easy, 1.0 + right, 1.0 + window - right);
  if (predicted <= easy || probability <= likely) return std::nullopt;
  const bool lacking = predicted > target + easier_than_aimed;
  const int item = answers.front().item;
  return Alert{.kind = AlertKind::UnderChallenged,
               .cause = lacking ? Cause::PoolTooEasy : Cause::Coasting,
               .topic = item < 0 ? -1 : look.catalogue.items[static_cast<std::size_t>(item)].topic(),
               .probability = probability,
               .evidence = window};
}

// One pupil in five guesses rapidly four times in ten; the others at the rate of the class.
double probability_disengaged(int rapid, int answers, double class_rate) {
  constexpr double prior = 0.2;
  constexpr double disengaged_rate = 0.4;
  const double usual = std::clamp(class_rate, 0.01, 0.35);
  return irt::logistic(log_odds(prior) + rapid * std::log(disengaged_rate / usual) +
                       (answers - rapid) * std::log((1.0 - disengaged_rate) / (1.0 - usual)));
}

Found disengaged(const Look& look) {
  constexpr int least = 10;
  constexpr int least_rapid = 3;
  constexpr double likely = 0.8;
  const auto judged = [&](int rapid, int answers) -> Alert {
    return {.kind = AlertKind::Disengaged,
            .probability = probability_disengaged(rapid, answers, look.habits.rapid_rate),
            .evidence = answers};
  };
  const int rapid =
      count_of(newest(look.watch, least), [](const Observation& answer) { return answer.rapid; });
  Found best;
  if (look.watch.answers >= least && rapid >= least_rapid) best = judged(rapid, least);
  if (look.watch.session_answers >= least && look.watch.session_rapid >= least_rapid)
    keep_likelier(best, judged(look.watch.session_rapid, look.watch.session_answers));
  return best && best->probability > likely ? best : std::nullopt;
}

Found sudden_drop(const Look& look) {
  constexpr double likely = 0.8;
  const double probability = look.watch.drop_odds / (1.0 + look.watch.drop_odds);
  if (probability <= likely) return std::nullopt;
  return Alert{
      .kind = AlertKind::SuddenDrop, .probability = probability, .evidence = look.watch.drop_answers};
}

Found hint_abuse(const Look& look) {
  constexpr int looked_at = 6;
  constexpr int least_quick = 3;
  // Before any answer: one quick hint in ten answers.
  constexpr double prior_hits = 1.0;
  constexpr double prior_misses = 9.0;
  const auto is_quick = [](const Observation& answer) { return answer.quick_hint; };
  if (count_of(newest(look.watch, looked_at), is_quick) < least_quick) return std::nullopt;
  const std::vector<Observation> answers = newest(look.watch, window);
  const int quick = count_of(answers, is_quick);
  const auto misses = static_cast<double>(answers.size()) - quick;
  return Alert{
      .kind = AlertKind::HintAbuse,
      .probability = rate_above(look.habits.quick_hint_high, prior_hits + quick, prior_misses + misses),
      .evidence = static_cast<int>(answers.size())};
}

}  // namespace

std::vector<Alert> alerts_of(const Watch& watch, const tracking::Posterior& posterior,
                             const Catalogue& catalogue, const ClassHabits& habits) {
  const Look look{watch, posterior, catalogue, habits};
  std::vector<Alert> alerts;
  for (const auto rule : {stuck, under_challenged, disengaged, sudden_drop, hint_abuse}) {
    if (Found found = rule(look)) {
      if (found->kind != AlertKind::Stuck) found->answers = watch.answers;
      alerts.push_back(*found);
    }
  }
  return alerts;
}

}  // namespace trede::insight
