// A bank tried on simulated pupils before real ones meet it: every school year of the bank and the two edges, a pupil
// far below its first topic and one far above its last. Called by `trede simulate --bank`; uses as many threads as
// asked.
#pragma once

#include <functional>
#include <memory>

#include "content/item_bank.hpp"
#include "engine/lab/bank_walk.hpp"
#include "server/commands/lab_report.hpp"

namespace trede::commands {

struct DryRunRequest {
  std::string folder;
  lab::WalkOptions walk;  // pupils: of each school year; at each edge a quarter of it
};

// The bank in a folder. Invalid, with the checker's first problems, when it cannot be published.
Result<std::shared_ptr<const content::ItemBank>> bank_to_try(const std::string& folder);

// told: pupils done, of all; from any thread.
ReportedBank try_bank(const content::ItemBank& bank, const DryRunRequest& request,
                      const std::function<void(int, int)>& told);

}  // namespace trede::commands
