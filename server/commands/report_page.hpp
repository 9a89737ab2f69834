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

// Makes the folder; the result is the page, still without numbers. Called before the work, which may take an hour.
// Unavailable when the folder cannot be made; NotFound when the page was not built.
Result<std::string> begin_report(const std::filesystem::path& folder);
// Unavailable when the folder cannot be written.
Result<void> write_report(const LabReport& report, const std::filesystem::path& folder, std::string page);

// The page with this JSON in it. Invalid when the page has no place for it.
Result<std::string> page_with(std::string page, const std::string& json);

}  // namespace trede::commands
