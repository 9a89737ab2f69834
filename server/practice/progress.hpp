// How far a pupil is on a topic and what an answer changed about it, as codes for the pupil's page. Pure; any
// thread.
#pragma once

#include "server/practice/belief.hpp"

namespace trede::practice {

// Standing::stage: new, started, growing, almost, mastered. What is finished stays at the top while time passes;
// only answers take it away.
std::string stage_of(const Belief& belief, const Catalogue& catalogue, int topic);

// A topic known so well after a few exercises that practice goes on without it; the proof comes by review.
bool closed_early(const Belief& belief, const Catalogue& catalogue, int topic);

// A finished topic that may be fading: review will ask.
bool wants_refreshing(const Belief& belief, const Catalogue& catalogue, int topic);

// What a step changed about its topic. news: finished, finished-higher (then or already finished),
// closed-early, reopened, or empty.
struct TopicChange {
  std::string stage_before, stage_after, news;
};
// topic: id. Both beliefs are of the model's version of the bank or of an older one.
TopicChange change_on(const std::string& topic, const Belief& before, const Belief& after,
                      const Model& model);

}  // namespace trede::practice
