// The laboratory's report as files: report.json and one report.html that needs nothing else, made of the page that
// ships with the program (web/dist/report.html, built from web/report) with the JSON put into it.
#pragma once

#include <filesystem>
#include <string>

#include "content/result.hpp"
#include "server/commands/lab_report.hpp"

namespace trede::commands {

// With numbers rounded to five decimals: nobody reads more, and the files stay small.
std::string json_of(const LabReport& report);

// Unavailable when the folder cannot be written; NotFound when the page was not built.
Result<void> write_report(const LabReport& report, const std::filesystem::path& folder);

// The page with this JSON in it. Invalid when the page has no place for it.
Result<std::string> page_with(std::string page, const std::string& json);

}  // namespace trede::commands
