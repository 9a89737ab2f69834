// A comparison of policies as the report tells it: words to worlds and contenders, the study, its summaries. Called by
// `trede simulate`; uses as many threads as asked.
#pragma once

#include <functional>

#include "content/result.hpp"
#include "engine/lab/study.hpp"
#include "server/commands/lab_report.hpp"

namespace trede::commands {

struct StudyRequest {
  std::vector<std::string> worlds;    // words; empty = all
  std::vector<std::string> policies;  // words; empty = all
  lab::StudyOptions options;
};

std::vector<lab::World> all_worlds();
std::vector<lab::Contender> all_contenders();

// told: runs done, of all; from any thread.
Result<ReportedStudy> run_study(const StudyRequest& request, const std::function<void(int, int)>& told);

}  // namespace trede::commands
