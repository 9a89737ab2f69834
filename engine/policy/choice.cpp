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
  choice.mastery = s.mastery[topic.index];
  choice.probability = branch.probability * topic.probability;
  return choice;
}

Choice video_choice(const Situation& s, const Branch& branch, Choice choice, const Actions& open,
                    const Option& video) {
  choice.kind = ChoiceKind::Video;
  choice.reason = open.video_reason;
  choice.video = video.index;
  choice.predicted = spread_of(s, branch.pool, branch.relaxation, choice.topic).easiest;
  choice.candidates = static_cast<int>(open.videos.size());
  choice.alternatives = choice.candidates - 1;
  choice.probability *= video.probability;
  return choice;
}

Gap gap_of(const Spread& spread) {
  if (spread.hardest > too_easy) return Gap::NothingHarder;
  return spread.easiest < too_hard ? Gap::NothingEasier : Gap::None;
}

Choice exercise_choice(const Situation& s, const Branch& branch, Choice choice, const Target& target,
                       const Shortlist& list, const Candidate& candidate) {
  choice.kind = ChoiceKind::Exercise;
  choice.item = candidate.item;
  choice.target = target.success;
  choice.predicted = tracking::predict(s.posterior, s.catalogue.items[candidate.item]);
  choice.gap = gap_of(spread_of(s, branch.pool, branch.relaxation, choice.topic));
  choice.candidates = list.candidates;
  choice.alternatives = static_cast<int>(list.nearest.size()) - 1;
  choice.probability *= target.probability * candidate.probability;
  return choice;
}

// Placement and seeding, whose exercises are drawn over all topics.
Choice listed_choice(const Situation& s, const Branch& branch, const Option& item) {
  const CatalogueItem& given = s.catalogue.items[item.index];
  Choice choice = choice_in(s, branch, {given.topic(), 1.0});
  choice.kind = ChoiceKind::Exercise;
  choice.item = item.index;
  choice.predicted = choice.target = tracking::predict(s.posterior, given);
  choice.candidates = static_cast<int>(branch.items.size());
  choice.alternatives = choice.candidates - 1;
  choice.probability *= item.probability;
  return choice;
}

void append_choices(std::vector<Choice>& choices, const Situation& s, const Branch& branch,
                    const Option& topic) {
  const Choice start = choice_in(s, branch, topic);
  const Actions open = actions(s, branch, topic.index);
  for (const Option& video : open.videos) choices.push_back(video_choice(s, branch, start, open, video));
  for (const Target& target : open.targets) {
    const Shortlist list = shortlist(s, branch, topic.index, target.success);
    for (const Candidate& candidate : list.nearest)
      choices.push_back(exercise_choice(s, branch, start, target, list, candidate));
  }
}

// The video a uniform draw falls on, null = an exercise; what is left of the draw is for the targets.
const Option* drawn_video(const Actions& open, double& left) {
  for (const Option& video : open.videos) {
    if (left < video.probability) return &video;
    left -= video.probability;
  }
  return nullptr;
}

const Target& drawn_target(const Actions& open, double left) {
  for (const Target& target : open.targets)
    if ((left -= target.probability) < 0.0) return target;
  return open.targets.back();
}

// Before an exercise where videos might have come: the one that was due and fell to the tenth that is withheld,
// −1 = none was due. The lot is one of its own, so that it depends on nothing else that is drawn.
int withheld_video(const Actions& open, std::uint64_t seed) {
  constexpr std::uint64_t own_lot = 0x77697468;
  double shown = 0.0;
  for (const Option& video : open.videos) shown += video.probability;
  double left = Random{mix(seed, own_lot)}.uniform() * (1.0 - shown);
  for (const Option& video : open.videos)
    if ((left -= video.probability * (1.0 - video_offer) / video_offer) < 0.0) return video.index;
  return -1;
}

}  // namespace

Choice choose(const tracking::Posterior& posterior, const Catalogue& catalogue, const PupilContext& context,
              const effects::Effects& effects, std::uint64_t seed) {
  Random random{seed};
  const Situation situation = look_at(posterior, catalogue, context, effects);
  const std::vector<Branch> open = branches(situation);
  if (open.empty()) return Choice{};
  const Branch& branch = draw(open, random);
  if (!branch.items.empty()) return listed_choice(situation, branch, draw(branch.items, random));
  const Option& topic = draw(branch.topics, random);
  const Choice start = choice_in(situation, branch, topic);
  const Actions possible = actions(situation, branch, topic.index);
  double left = random.uniform();
  const Option* video = drawn_video(possible, left);
  if (video || possible.targets.empty())
    return video_choice(situation, branch, start, possible, video ? *video : possible.videos.back());
  const Target& target = drawn_target(possible, left);
  const Shortlist list = shortlist(situation, branch, topic.index, target.success);
  Choice choice = exercise_choice(situation, branch, start, target, list, draw(list.nearest, random));
  choice.withheld = withheld_video(possible, seed);
  return choice;
}

std::vector<Choice> possible_choices(const tracking::Posterior& posterior, const Catalogue& catalogue,
                                     const PupilContext& context, const effects::Effects& effects) {
  const Situation situation = look_at(posterior, catalogue, context, effects);
  std::vector<Choice> choices;
  for (const Branch& branch : branches(situation)) {
    for (const Option& item : branch.items) choices.push_back(listed_choice(situation, branch, item));
    for (const Option& topic : branch.topics) append_choices(choices, situation, branch, topic);
  }
  if (choices.empty()) choices.push_back(Choice{});
  return choices;
}

}  // namespace trede::policy
