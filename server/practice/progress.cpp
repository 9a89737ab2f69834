#include "server/practice/progress.hpp"

#include "engine/policy/stages.hpp"

namespace trede::practice {
namespace {

constexpr double mastered = 0.95, almost = 0.7, growing = 0.3;  // P(θ > cut)

double mastery_of(const Belief& belief, const Catalogue& catalogue, int topic) {
  return tracking::mastery(belief.posterior(), topic, catalogue.topics[static_cast<std::size_t>(topic)].cut);
}

const policy::TopicHistory& history_of(const Belief& belief, int topic) {
  return belief.context.topics[static_cast<std::size_t>(topic)];
}

// A topic as one belief has it.
struct Look {
  std::string stage = "new";
  bool finished = false;
  bool finished_higher = false;
  bool closed_early = false;
};
Look look_at(const std::string& id, const Belief& belief, const Model& model) {
  const auto topic = belief.bank->find_topic(id);
  if (!topic) return {};
  const bool same_bank = belief.bank->version == model.bank->version;
  const Catalogue& catalogue = same_bank ? model.catalogue : belief.bank->catalogue;
  const policy::TopicHistory& history = history_of(belief, *topic);
  return {stage_of(belief, catalogue, *topic), history.finished, history.finished_higher,
          closed_early(belief, catalogue, *topic)};
}

std::string news_between(const Look& before, const Look& after) {
  if (after.finished_higher && !before.finished_higher) return "finished-higher";
  if (after.finished && !before.finished) return "finished";
  if (before.finished && !after.finished) return "reopened";
  return after.closed_early && !before.closed_early ? "closed-early" : "";
}

}  // namespace

std::string stage_of(const Belief& belief, const Catalogue& catalogue, int topic) {
  const policy::TopicHistory& history = history_of(belief, topic);
  const double mastery = mastery_of(belief, catalogue, topic);
  if (history.finished || mastery > mastered) return "mastered";
  if (history.answers == 0) return "new";
  if (mastery > almost) return "almost";
  return mastery > growing ? "growing" : "started";
}

bool closed_early(const Belief& belief, const Catalogue& catalogue, int topic) {
  const policy::TopicHistory& history = history_of(belief, topic);
  return !history.finished && history.answers > 0 && history.answers <= policy::finished_answers &&
         mastery_of(belief, catalogue, topic) >= policy::mastered_from;
}

bool wants_refreshing(const Belief& belief, const Catalogue& catalogue, int topic) {
  return history_of(belief, topic).finished && mastery_of(belief, catalogue, topic) < policy::review_below;
}

TopicChange change_on(const std::string& topic, const Belief& before, const Belief& after,
                      const Model& model) {
  const Look first = look_at(topic, before, model);
  const Look then = look_at(topic, after, model);
  return {first.stage, then.stage, news_between(first, then)};
}

}  // namespace trede::practice
