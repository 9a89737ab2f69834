// `trede calibrate --growth`: from answers with times to the problem of calibrate_growth and back. Any
// thread.
#pragma once

#include "content/result.hpp"
#include "engine/calibration/calibration.hpp"
#include "server/commands/calibration_run.hpp"
#include "server/tables/answers.hpp"

namespace trede::commands {

struct GrowthOutcome {
  calibration::Calibration calibration;
  ReportedGrowth growth;
};

// Right or wrong, 1PL or 2PL. Times are seconds from one moment for all; where they are 0, 1, 2 … for
// everybody there is no clock and abilities move with answers instead of days. anchors: of each item, or
// empty.
GrowthOutcome calibrate_with_growth(const tables::Answers& answers, const CalibrationRequest& request,
                                    const std::vector<std::optional<calibration::Item>>& anchors);

}  // namespace trede::commands
