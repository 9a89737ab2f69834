// A school without a past for measurements: pupils P1 … PN in classes of thirty, a teacher T1 … for each class,
// with the demo's PIN and password, marked as demo. Called by `trede demo --class-of N` on a stopped school.
#pragma once

#include <string>

#include "server/protocol/messages.hpp"
#include "server/store/data_folder.hpp"

namespace trede::commands {

inline constexpr int load_class_size = 30;

std::string load_pupil(int number);  // P1 is the first
protocol::SignIn load_pupil_sign_in(int number);
protocol::SignIn load_teacher_sign_in(int number);  // T1 has the class of the pupils P1 … P30

// False when the folder already holds a school; nothing is made then.
Result<bool> make_load_school(const store::DataFolder& folder, int pupils);

}  // namespace trede::commands
