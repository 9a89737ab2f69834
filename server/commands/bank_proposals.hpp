// What an author could do about what a dry run showed: one sentence a topic, the pressing ones first. The system
// proposes, the author decides. Pure; any thread.
#pragma once

#include "server/commands/lab_report.hpp"

namespace trede::commands {

inline constexpr double proposal_share = 0.15;    // of a topic's exercises that are off target
inline constexpr double exercise_share = 0.25;    // of a topic's exercises that are one and the same
inline constexpr double most_video_share = 0.25;  // of a topic's minutes
inline constexpr double long_topic_answers = 60;  // without most of the pupils mastering it

std::vector<Proposal> proposals_for(const ReportedBank& bank);

}  // namespace trede::commands
