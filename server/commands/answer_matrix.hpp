// The answers of an adaptive test that are fixed beforehand: a row a person, a column an item of the bank.
// Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "content/result.hpp"

namespace trede::commands {

inline constexpr std::uint8_t never_answered = 255;

struct AnswerMatrix {
  std::vector<std::string> people;                 // names, or 0, 1, 2 … where the file has none
  std::vector<std::vector<std::uint8_t>> answers;  // 0, 1 or never_answered; in the bank's order
  std::vector<std::string> notes;                  // treatments, in plain words
};

// With a header (names of the bank's items in any order, all of them; a first column person, pupil, id or ""
// holds names) or without one (as many columns as the bank has items, in its order).
Result<AnswerMatrix> read_answer_matrix(const std::string& file, const std::vector<std::string>& bank);

// person,theta: by name; without a column person in their order.
Result<std::vector<double>> read_abilities(const std::string& file, const std::vector<std::string>& people);

}  // namespace trede::commands
