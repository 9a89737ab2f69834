// A class without a past for measurements: pupils P1 … PN with the demo's class code and PIN, marked as demo.
// Called by `trede demo --class-of N` on a stopped school.
#pragma once

#include <string>

#include "server/store/data_folder.hpp"

namespace trede::commands {

std::string load_pupil(int number);  // P1 is the first

// False when the folder already holds a school; nothing is made then.
Result<bool> make_load_school(const store::DataFolder& folder, int pupils);

}  // namespace trede::commands
