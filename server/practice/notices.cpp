#include "server/practice/notices.hpp"

#include <algorithm>

#include "engine/insight/alert_rules.hpp"

namespace trede::practice {
namespace {

Notice notice_of(const insight::Alert& alert, const Belief& belief, Milliseconds at_ms) {
  return {.kind = alert.kind,
          .cause = alert.cause,
          .topic = alert.topic < 0 ? "" : belief.bank->topics[static_cast<std::size_t>(alert.topic)].id,
          .probability = alert.probability,
          .evidence = alert.evidence,
          .answers = alert.answers,
          .seen_at = belief.watch.answers,
          .since_ms = at_ms};
}

// To be stuck on another topic is another matter; the others are about the pupil.
bool is_about(const Notice& notice, std::string_view kind, std::string_view topic) {
  return code_of(notice.kind) == kind && (notice.kind != insight::AlertKind::Stuck || notice.topic == topic);
}

bool same_matter(const Notice& first, const Notice& second) {
  return is_about(first, code_of(second.kind), second.topic);
}

bool was_seen(const Notices& notices, const Notice& found) {
  return std::any_of(notices.acknowledged.begin(), notices.acknowledged.end(), [&](const Notice& seen) {
    return same_matter(seen, found) && found.answers - seen.answers < std::max(seen.evidence, new_evidence);
  });
}

void open(Notices& notices, Notice found) {
  std::erase_if(notices.acknowledged, [&](const Notice& seen) { return same_matter(seen, found); });
  const auto place = std::find_if(notices.open.begin(), notices.open.end(),
                                  [&](const Notice& held) { return held.kind == found.kind; });
  if (place == notices.open.end()) return notices.open.push_back(std::move(found));
  if (same_matter(*place, found)) found.since_ms = place->since_ms;
  *place = std::move(found);
}

}  // namespace

void notice(Notices& notices, const Belief& belief, const Model& model, Milliseconds at_ms) {
  for (const insight::Alert& alert : insight::alerts_of(belief.watch, belief.posterior(), model.catalogue)) {
    Notice found = notice_of(alert, belief, at_ms);
    if (!was_seen(notices, found)) open(notices, std::move(found));
  }
  std::erase_if(notices.open,
                [&](const Notice& held) { return belief.watch.answers - held.seen_at >= new_evidence; });
}

void notice_gap(Notices& notices, const store::StoredChoice& next, Milliseconds at_ms) {
  std::erase_if(notices.gaps, [&](const TopicGap& gap) {
    return gap.topic == next.topic || at_ms - gap.at_ms > gap_stays_ms;
  });
  if (next.gap) notices.gaps.push_back({next.topic, *next.gap, at_ms});
}

const Notice* find(const Notices& notices, std::string_view kind, std::string_view topic) {
  const auto place = std::find_if(notices.open.begin(), notices.open.end(),
                                  [&](const Notice& held) { return is_about(held, kind, topic); });
  return place == notices.open.end() ? nullptr : &*place;
}

void acknowledge(Notices& notices, std::string_view kind, std::string_view topic, int answers) {
  const Notice* open = find(notices, kind, topic);
  if (!open) return;
  Notice seen = *open;
  seen.answers += answers - seen.seen_at;  // what came since was no news to the teacher either
  notices.open.erase(notices.open.begin() + (open - notices.open.data()));
  notices.acknowledged.push_back(std::move(seen));
}

std::string_view code_of(insight::AlertKind kind) {
  switch (kind) {
    case insight::AlertKind::Stuck:
      return "stuck";
    case insight::AlertKind::UnderChallenged:
      return "under-challenged";
    case insight::AlertKind::Disengaged:
      return "disengaged";
    case insight::AlertKind::SuddenDrop:
      return "sudden-drop";
    case insight::AlertKind::HintAbuse:
      return "hint-abuse";
  }
  return "";
}

std::string_view code_of(insight::Cause cause) {
  switch (cause) {
    case insight::Cause::None:
      return "";
    case insight::Cause::PoolTooEasy:
      return "pool-too-easy";
    case insight::Cause::Coasting:
      return "coasting";
    case insight::Cause::TooHard:
      return "too-hard";
  }
  return "";
}

}  // namespace trede::practice
