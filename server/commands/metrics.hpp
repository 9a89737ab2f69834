// The figures of a running server in the text format of Prometheus. From any loop; once a scrape.
#pragma once

#include <string>

#include "server/conversation/running_school.hpp"
#include "server/net/net_figures.hpp"

namespace trede::commands {

std::string metrics_text(const conversation::RunningSchool& school, const net::NetFigures& net);

}  // namespace trede::commands
