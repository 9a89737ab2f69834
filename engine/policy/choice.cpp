#include "engine/policy/choice.hpp"

#include "engine/policy/stages.hpp"
#include "engine/random.hpp"
#include "engine/tracking/update.hpp"

namespace trede::policy {
namespace {

// The first option at which the running sum passes a uniform draw; the last one takes what rounding leaves.
template <class T>
const T& draw(const std::vector<T>& options, Random& random) {
  double left = random.uniform();
  for (const T& option : options)
    if ((left -= option.probability) < 0.0) return option;
  return options.back();
}

Choice choice_in(const Situation& s, const Branch& branch, const Option& topic) {
  Choice choice;
  choice.reason = branch.reason;
  choice.topic = topic.index;
  choice.target = branch.target;
  choice.mastery = s.mastery[topic.index];
  choice.probability = branch.probability * topic.probability;
  return choice;
}

Choice video_choice(const Situation& s, const Branch& branch, Choice choice, const VideoOffer& offer,
                    int video) {
  choice.kind = ChoiceKind::Video;
  choice.reason = offer.reason;
  choice.video = video;
  choice.predicted = easiest(s, branch, choice.topic);
  choice.candidates = static_cast<int>(offer.videos.size());
  choice.alternatives = choice.candidates - 1;
  choice.probability *= offer.probability / static_cast<double>(offer.videos.size());
  return choice;
}

Choice exercise_choice(const Situation& s, Choice choice, double video_probability, const Shortlist& list,
                       const Candidate& candidate) {
  choice.kind = ChoiceKind::Exercise;
  choice.item = candidate.item;
  choice.predicted = tracking::predict(s.posterior, s.catalogue.items[candidate.item]);
  choice.candidates = list.candidates;
  choice.alternatives = static_cast<int>(list.nearest.size()) - 1;
  choice.probability *= (1.0 - video_probability) * candidate.probability;
  return choice;
}

void append_choices(std::vector<Choice>& choices, const Situation& s, const Branch& branch,
                    const Option& topic) {
  const Choice start = choice_in(s, branch, topic);
  const VideoOffer offer = video_offer_of(s, branch, topic.index);
  for (const int video : offer.videos) choices.push_back(video_choice(s, branch, start, offer, video));
  if (offer.probability >= 1.0) return;
  const Shortlist list = shortlist(s, branch, topic.index);
  for (const Candidate& candidate : list.nearest)
    choices.push_back(exercise_choice(s, start, offer.probability, list, candidate));
}

}  // namespace

Choice choose(const tracking::Posterior& posterior, const Catalogue& catalogue, const PupilContext& context,
              std::uint64_t seed) {
  Random random{seed};
  const Situation situation = look_at(posterior, catalogue, context);
  const std::vector<Branch> open = branches(situation);
  if (open.empty()) return {};
  const Branch& branch = draw(open, random);
  const Option& topic = draw(branch.topics, random);
  const Choice start = choice_in(situation, branch, topic);
  const VideoOffer offer = video_offer_of(situation, branch, topic.index);
  if (random.uniform() < offer.probability) {
    const int video = offer.videos[random.below(static_cast<int>(offer.videos.size()))];
    return video_choice(situation, branch, start, offer, video);
  }
  const Shortlist list = shortlist(situation, branch, topic.index);
  return exercise_choice(situation, start, offer.probability, list, draw(list.nearest, random));
}

std::vector<Choice> possible_choices(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                     const PupilContext& context) {
  const Situation situation = look_at(posterior, catalogue, context);
  std::vector<Choice> choices;
  for (const Branch& branch : branches(situation))
    for (const Option& topic : branch.topics) append_choices(choices, situation, branch, topic);
  if (choices.empty()) choices.push_back({});
  return choices;
}

}  // namespace trede::policy
