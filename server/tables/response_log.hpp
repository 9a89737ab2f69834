// Reads a log of answers: a CSV or CSV.gz file with the columns pupil, item, topics, correct, time_s,
// response_ms in any order (the last two may be missing), a row an answer. All rows of a pupil follow each
// other in the order of answering.
//   topics       names joined by ";", the same for every row of an item; may be empty
//   correct      0 or 1
//   time_s       seconds since the pupil's first row, when the item was shown; 0, 1, 2 … for every pupil = no clock
//   response_ms  from 0, or empty
// Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "engine/prediction/response_log.hpp"

namespace trede::tables {

struct ReadLog {
  prediction::ResponseLog log;
  std::vector<std::string> notes;  // what was unusual and how it is taken, in plain words
};

// Error, with the line: a column that is missing, a value that is none of the above, a pupil whose rows are scattered,
// an item whose topics change, a file without rows, and what CsvReader refuses.
Result<ReadLog> read_response_log(const std::filesystem::path& file);

// One pupil a line; the names as they stand there, lines without any passed over.
Result<std::vector<std::string>> read_pupil_list(const std::filesystem::path& file);

}  // namespace trede::tables
