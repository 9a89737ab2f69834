#include "server/practice/teaching_service.hpp"

#include <algorithm>
#include <set>

#include "server/limits.hpp"
#include "server/practice/grouping.hpp"
#include "server/store/event_log.hpp"

namespace trede::practice {
namespace {

const Error not_here{ErrorCode::NotFound, "no such class, pupil or lesson"};

// The class as it is now, for a thread of its own. In the order of ids, so that the same wishes give the same groups.
Class class_now(Shard& shard, ClassId id, Milliseconds now_ms) {
  auto pupils = shard.pupils_of(id);
  std::sort(pupils.begin(), pupils.end(),
            [](const PupilState* a, const PupilState* b) { return a->id.value < b->id.value; });
  Class members{shard.model(), {}, {}};
  for (const PupilState* pupil : pupils) {
    members.pupils.push_back(pupil->id);
    members.beliefs.push_back(shown_belief(*pupil, *members.model, now_ms).posterior());
  }
  return members;
}

std::optional<Error> problem_with(const protocol::Group& group, const content::ItemBank& bank) {
  if (group.items.size() > limits::group_items) return Error{ErrorCode::TooLarge, "too many exercises"};
  const auto unknown = [](const std::string& what) { return Error{ErrorCode::NotFound, "no such " + what}; };
  if (!group.topic.empty() && !bank.find_topic(group.topic)) return unknown("topic");
  if (!group.video.empty() && !bank.find_video(group.video)) return unknown("video");
  for (const auto& item : group.items)
    if (!bank.find_item(item)) return unknown("exercise");
  return std::nullopt;
}

std::optional<Error> problem_with(const protocol::SaveGroups& saved, Shard& shard) {
  if (static_cast<std::int64_t>(saved.groups.size()) > limits::groups_at_once)
    return Error{ErrorCode::TooLarge, "too many groups"};
  std::set<std::int64_t> pupils;
  for (const auto* pupil : shard.pupils_of(ClassId{saved.class_id})) pupils.insert(pupil->id.value);
  std::set<std::int64_t> placed;
  for (const auto& group : saved.groups) {
    if (const auto problem = problem_with(group, *shard.bank())) return problem;
    for (const auto pupil : group.pupils) {
      if (!pupils.contains(pupil)) return not_here;
      if (!placed.insert(pupil).second) return Error{ErrorCode::Invalid, "groups: a pupil is in two groups"};
    }
  }
  return std::nullopt;
}

}  // namespace

net::awaitable<Result<protocol::Noted>> TeachingService::acknowledge(
    Shard& shard, AccountId teacher, protocol::AcknowledgeAlert acknowledged) {
  PupilState* pupil = shard.pupil(PupilId{acknowledged.pupil});
  const Notice* notice = pupil ? find(pupil->notices, acknowledged.kind, acknowledged.topic) : nullptr;
  if (!notice) co_return Error{ErrorCode::NotFound, "no such alert"};
  const store::AlertAcknowledged event{teacher.value,       acknowledged.kind,   acknowledged.topic,
                                       acknowledged.agrees, notice->probability, notice->evidence};
  const Milliseconds now_ms = clock_();
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(now_ms, pupil->id.value, 0, event)));
  if (durable.has_error()) co_return durable.error();
  apply(*pupil, event);
  shard.publish(*pupil, *durable, now_ms);
  co_return protocol::Noted{acknowledged.request};
}

net::awaitable<Result<protocol::GroupsProposed>> TeachingService::propose(Shard& shard,
                                                                          protocol::ProposeGroups asked,
                                                                          protocol::Language language) {
  auto members = class_now(shard, ClassId{asked.class_id}, clock_());
  if (const auto problem = practice::problem_with(asked.wishes, members)) co_return *problem;
  auto work = [members = std::move(members), asked, language] {
    auto proposed =
        propose_groups(members, asked.wishes, static_cast<std::uint64_t>(asked.class_id), language);
    proposed.request = asked.request;
    return Result<protocol::GroupsProposed>(std::move(proposed));
  };
  co_return co_await net::done_on(pool_, std::move(work));
}

net::awaitable<Result<protocol::PlanProposed>> TeachingService::propose(Shard& shard,
                                                                        protocol::ProposePlan asked,
                                                                        protocol::Language language) {
  const auto members = class_now(shard, ClassId{asked.class_id}, clock_());
  auto plan = propose_plan(members, asked.pupils, asked.topics, language);
  if (plan.has_error()) co_return plan.error();
  co_return protocol::PlanProposed{asked.request, std::move(*plan)};
}

net::awaitable<Result<protocol::GroupsSaved>> TeachingService::save(Shard& shard, AccountId teacher,
                                                                    protocol::SaveGroups groups) {
  auto* room = shard.classroom(ClassId{groups.class_id});
  if (!room) co_return not_here;
  if (const auto problem = problem_with(groups, shard)) co_return *problem;
  const Milliseconds now_ms = clock_();
  const store::GroupsSaved event{teacher.value, groups.replaces,
                                 date_of(now_ms + limits::group_days * milliseconds_a_day), groups.groups};
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(now_ms, groups.class_id, 0, event)));
  if (durable.has_error()) co_return durable.error();
  const protocol::GroupSet saved{*durable, event.until, event.groups};
  room->publish(saved, event.replaces, *durable);
  co_return protocol::GroupsSaved{groups.request, saved};
}

}  // namespace trede::practice
