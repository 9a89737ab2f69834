#include "server/commands/report_page.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include "server/commands/places.hpp"
#include "server/protocol/codec.hpp"

namespace trede::commands {
namespace {

constexpr std::string_view place = "<script id=\"report\" type=\"application/json\">";

void round_numbers(boost::json::value& json) {
  if (json.is_double()) json = std::round(json.get_double() * 1e5) / 1e5;
  if (json.is_array())
    for (boost::json::value& element : json.get_array()) round_numbers(element);
  if (json.is_object())
    for (auto& member : json.get_object()) round_numbers(member.value());
}

Result<std::string> read_page() {
  const std::filesystem::path file = shipped("web/dist/report.html");
  std::ifstream in(file);
  if (file.empty() || !in)
    return Error{ErrorCode::NotFound, "the page of the report has not been built: ./dev build does it"};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Result<void> write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file);
  out << text;
  out.flush();
  if (!out) return Error{ErrorCode::Unavailable, "cannot write " + file.string()};
  return {};
}

}  // namespace

std::string json_of(const LabReport& report) {
  boost::json::value json = protocol::to_json(report);
  round_numbers(json);
  return boost::json::serialize(json);
}

Result<std::string> page_with(std::string page, const std::string& json) {
  const std::size_t at = page.find(place);
  if (at == std::string::npos)
    return Error{ErrorCode::Invalid, "the page of the report has no place for its numbers"};
  std::string safe;  // "<" would let a title end the script
  for (const char c : json) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  page.insert(at + place.size(), safe);
  return page;
}

Result<std::string> begin_report(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) return Error{ErrorCode::Unavailable, "cannot make the folder " + folder.string()};
  return read_page();
}

Result<void> write_report(const LabReport& report, const std::filesystem::path& folder, std::string page) {
  const std::string json = json_of(report);
  if (const auto written = write(folder / "report.json", json + "\n"); written.has_error())
    return written.error();
  const auto filled = page_with(std::move(page), json);
  if (filled.has_error()) return filled.error();
  return write(folder / "report.html", *filled);
}

}  // namespace trede::commands
