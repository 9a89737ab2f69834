// Answers of many people to many items, read from a table in one of three layouts:
//   long   a row an answer: person, item, response[, time] in any order of columns, other columns are passed
//          over; "pupil" may stand for person, "correct" for response, "time_s" for time
//   wide   a row a person, a column an item; the first column holds names of people when it is called
//          person, pupil, id or nothing at all
//   freq   as wide, a row a pattern; the last column "freq" says how many people gave it
// Column names are matched without case; an empty field or NA is a missing response; a response is a whole
// number from 0. What is unusual and still has a meaning is listed in `notes`, what has none is an error with
// its line. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::tables {

enum class Layout { Long, Wide, Frequencies };

inline constexpr int highest_code = 999;  // of a response; more is another column taken for it

// A response as the file writes it, for one item.
struct Code {
  int value = 0;
  std::uint64_t count = 0;
  std::uint64_t first_line = 0;
};

struct Answers {
  std::string file;
  std::vector<std::string> people;  // in order of appearance; numbers from 1 where the file has no names
  std::vector<std::string> items;
  std::vector<std::vector<Code>> codes;  // of each item, ascending
  calibration::ResponseTable table;      // categories hold codes until number_categories
  std::vector<double> times;             // one a response, ascending within a person; empty unless asked for
  std::vector<std::string> notes;        // treatments, in plain words
};

struct AnswerOptions {
  std::optional<Layout> layout = {};  // recognised from the header when not given
  bool with_times = false;            // long only; the file must have them
};

// A person is their name: rows with the same name belong together. Of two answers of one person to one item
// the first counts; with times every answer does. Memory: 24 bytes an answer while reading, 8 after; 8 more
// with times.
Result<Answers> read_answers(const std::filesystem::path& file, const AnswerOptions& options = {});

}  // namespace trede::tables
