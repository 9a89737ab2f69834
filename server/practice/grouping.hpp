// Proposes groups of a class and what each could do next (engine/insight/groups.hpp, group_plan.hpp), in the words of
// the protocol. Pure; any thread; a class of 30 takes about a tenth of a second.
#pragma once

#include <optional>
#include <vector>

#include "content/result.hpp"
#include "engine/tracking/posterior.hpp"
#include "server/ids.hpp"
#include "server/practice/model.hpp"
#include "server/protocol/messages.hpp"

namespace trede::practice {

// The pupils of a class with their beliefs under one model.
struct Class {
  ModelPointer model;
  std::vector<PupilId> pupils;
  std::vector<tracking::Posterior> beliefs;
};

// Why the wishes cannot be taken: more groups than pupils, sizes that hold too few or too many, somebody who is not
// here, a topic nobody knows, too many wishes.
std::optional<Error> problem_with(const protocol::GroupWishes& wishes, const Class& of);

// Wishes that cannot all be kept are kept as far as possible and counted. Without topics the three that most of the
// class are ready for. Precondition: no problem with the wishes.
protocol::GroupsProposed propose_groups(const Class& of, const protocol::GroupWishes& wishes,
                                        std::uint64_t seed, protocol::Language language);

// What these pupils could do next; topics empty = any. NotFound: one of them is not here, or nobody is named.
Result<protocol::GroupPlan> propose_plan(const Class& of, const std::vector<std::int64_t>& pupils,
                                         const std::vector<std::string>& topics, protocol::Language language);

}  // namespace trede::practice
