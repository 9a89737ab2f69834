// Priors of item parameters as a table: item, parameter, mean, sd. An item called * means all; a later line
// overrules an earlier one. Parameters: log_a (ln a), d, logit_c (ln c / (1 − c)), threshold. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "engine/calibration/calibration.hpp"

namespace trede::tables {

// One an item, in the order of items; lines about other items are passed over. Error with its line: a
// parameter nobody knows, a mean or sd that is no number, an sd that is not above 0.
Result<std::vector<calibration::ItemPrior>> read_priors(const std::filesystem::path& file,
                                                        const std::vector<std::string>& items);

}  // namespace trede::tables
