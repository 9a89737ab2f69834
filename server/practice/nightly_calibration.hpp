// The nightly calculation: items estimated again from the answers of pupils who learn meanwhile
// (engine/calibration/growth.hpp), weighed by how well the last day is predicted, and kept only when they
// predict it better than the version that was in force that morning. Values in, values out; slow, made for a
// process of its own. The report goes between processes as a file of JSON lines.
#pragma once

#include <filesystem>

#include "server/practice/school_past.hpp"

namespace trede::practice {

struct NightlyReport {
  std::string day;           // the last one with answers, YYYY-MM-DD UTC
  std::int64_t through = 0;  // sequence of the last event that was read
  std::int64_t answers = 0;
  std::int64_t last_day_answers = 0;
  double log_loss_before = 0;  // of the last day: mean −ln P(what was answered) with the version in force
  double log_loss_after = 0;   // … and with the items estimated from the days before
  std::int64_t iterations = 0;
  bool converged = false;
  std::int64_t items = 0;  // that follow, estimated from all days; 0 = no improvement
};
BOOST_DESCRIBE_STRUCT(NightlyReport, (),
                      (day, through, answers, last_day_answers, log_loss_before, log_loss_after, iterations,
                       converged, items))

struct NightlyResult {
  NightlyReport report;
  std::vector<store::LearnedItem> items;
};

NightlyResult calibrate_night(const SchoolPast& past, int workers);

// The first line is the report, each other a part of the version. Unavailable when it cannot be written.
Result<void> write_result(const NightlyResult& result, const std::filesystem::path& file);

// Reads a result and checks it before anyone uses it: complete, an improvement on enough answers, and every
// number what an item can have. Invalid says what is wrong.
Result<NightlyResult> read_result(const std::filesystem::path& file);

}  // namespace trede::practice
