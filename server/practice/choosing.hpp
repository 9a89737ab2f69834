// From a belief to the next step: the teacher's lesson becomes the policy's plan, the policy chooses, the
// exercise is drawn. Pure and deterministic: the seed is the pupil and the pupil's running number. Any
// thread.
#pragma once

#include "engine/policy/choice.hpp"
#include "server/practice/pupil_state.hpp"

namespace trede::practice {

// What holds for the choice besides the belief: the lesson to prepare, unless who is new first shows where he stands,
// and what was decided. Returns the lesson's id, 0 = none.
std::int64_t prepare(policy::PupilContext& context, const content::ItemBank& bank,
                     const std::vector<LessonWork>& lessons, const Decisions& decisions, Milliseconds now_ms);

// The step with running number `number`, inside what was decided. model: of the belief's bank. lessons: as they
// stand after the step before. A pause is not looked at (steering.hpp).
Pending choose_step(PupilId pupil, std::int64_t number, Belief& belief, const Model& model,
                    const std::vector<LessonWork>& lessons, const Decisions& decisions, Milliseconds now_ms);

}  // namespace trede::practice
