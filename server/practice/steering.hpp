// What people decided about a pupil's practice: the teacher for the class and for this pupil, the pupil about the
// level and single exercises. The policy chooses inside it. A pause is no part of a choice: it covers the step that
// waits, which is there again afterwards. Pure; any thread.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "content/item_bank.hpp"
#include "content/result.hpp"
#include "engine/policy/context.hpp"
#include "server/ids.hpp"
#include "server/protocol/steering.hpp"

namespace trede::practice {

struct Decisions {
  protocol::Steering of_class;                    // the teacher's for all
  protocol::Steering of_pupil;                    // … and for this pupil, which goes first
  policy::Level level = policy::Level::Adaptive;  // the pupil's own choice
  std::deque<std::string> put_aside;              // by the pupil: item ids, the newest at the back
};

bool is_nothing(const protocol::Steering& steering);  // nothing is fixed
bool is_paused(const Decisions& decisions);
bool level_is_fixed(const Decisions& decisions);  // by the teacher
policy::Level level_in_force(const Decisions& decisions);

// What the policy is to keep to today: this week's topics while the week lasts, the pupil's own before the
// class's; what is blocked by any of them. Topics and items that the bank lacks are left out.
policy::Steering in_force(const Decisions& decisions, const content::ItemBank& bank,
                          const std::string& today);

bool is_blocked(const Decisions& decisions, const std::string& item);  // by the teacher

// With one exercise more put aside; the oldest comes back when there are too many (limits.hpp).
Decisions with_put_aside(Decisions decisions, const std::string& item);

// Why a teacher's steering cannot be taken: too much of it, a word, date, topic or item nobody knows, or nothing
// left to practise inside it.
std::optional<Error> problem_with(const protocol::Steering& steering, const content::ItemBank& bank);

std::string_view code_of(policy::Level level);  // adaptive, easy, middle, hard
std::optional<policy::Level> level_of(std::string_view code);

}  // namespace trede::practice
