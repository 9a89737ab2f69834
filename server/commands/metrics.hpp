// The figures of a running server in the text format of Prometheus. From any loop; once a scrape.
#pragma once

#include <filesystem>
#include <string>

#include "server/net/net_figures.hpp"

namespace trede::commands {

// database: the school's file, whose size is told.
std::string metrics_text(const net::NetFigures& net, const std::filesystem::path& database);

}  // namespace trede::commands
