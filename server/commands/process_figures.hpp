// What the machine tells of a process and allows it: processor time, memory, descriptors. Any thread.
#pragma once

#include <optional>

namespace trede::commands {

double own_cpu_s();

// Each connection is a descriptor, and the usual bound is for programs with few: raises it as far as it goes.
void allow_many_descriptors();

// Nothing for process 0 and for one that is gone.
std::optional<double> cpu_s_of(int process);
std::optional<double> resident_kib_of(int process);

}  // namespace trede::commands
