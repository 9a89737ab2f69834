// Every bound of the content library, with its reason. Plain constants; anyone may read them. A bank that
// breaks one gets a problem with the number in it; nothing is cut off silently.
#pragma once

#include <cstddef>
#include <cstdint>

namespace trede::content::limits {

// the catalogue is measured up to 50,000 items
inline constexpr std::size_t files = 100'000;
// the longest sensible item is about 10 kB
inline constexpr std::size_t file_bytes = 256 * 1024;
// one file holds the formulas of all items
inline constexpr std::size_t formula_file_bytes = 16 * 1024 * 1024;
inline constexpr std::size_t json_depth = 16;     // an item needs 7
inline constexpr std::size_t text_bytes = 4'000;  // two pages; nobody of ten reads more
inline constexpr std::size_t expression_bytes = 400;
inline constexpr int expression_depth = 32;           // keeps recursion far from the end of the stack
inline constexpr std::size_t expression_nodes = 200;  // no loops, so this bounds the steps too
inline constexpr std::size_t draws = 40;              // names in `draw`, conditions in `require`
inline constexpr std::size_t words = 50;              // entries of one word list
inline constexpr std::size_t options = 12;            // fits a screen
inline constexpr std::size_t mistakes = 12;
inline constexpr std::size_t hints = 6;
inline constexpr std::size_t accepted = 20;
inline constexpr std::size_t answer_bytes = 200;      // what a pupil may type
inline constexpr int draw_attempts = 1'000;           // then the conditions are too strict to be met
inline constexpr std::int64_t picks = 1'000'000'000;  // values one `rand` may choose from
inline constexpr int figure_cells = 400;              // parts, cells, dots: still countable on a phone
inline constexpr int table_cells = 12;                // per row
inline constexpr std::size_t mathml_bytes = 20'000;

}  // namespace trede::content::limits
