// What they see who do not teach the pupil: a guardian the own child, a leader totals, a talent co-ordinator who
// runs ahead. Pure functions of one pupil's state, on the loop of the pupil's shard.
#pragma once

#include <optional>

#include "server/practice/shard.hpp"
#include "server/protocol/people_messages.hpp"

namespace trede::practice {

// Totals over fewer pupils would tell about one of them.
inline constexpr std::int64_t fewest_for_totals = 5;
// Expected number of topics mastered beyond the own school year from which somebody is shown as running ahead.
inline constexpr double ahead_from = 1.0;

// class_name is left empty. topics: those begun, in the order of the bank.
protocol::ChildRow child_of(const PupilState& pupil, const Model& model, Milliseconds now_ms,
                            protocol::Language language);

// Adds one pupil to the totals of the class.
void count_in(protocol::ClassTotals& totals, const PupilState& pupil, const Model& model,
              Milliseconds now_ms);

// Nothing for a pupil who is not ahead, or has answered nothing. school_year: index in the bank, of the class.
// ahead = Σ P(θ > cut) over the topics of later school years that the pupil answered on.
std::optional<protocol::TalentRow> talent_of(const PupilState& pupil, const Model& model, int school_year,
                                             Milliseconds now_ms, protocol::Language language);

}  // namespace trede::practice
