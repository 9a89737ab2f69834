// What a field of a table says. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace trede::tables {

std::string_view trimmed(std::string_view text);                   // without spaces and tabs around it
bool same_name(std::string_view a, std::string_view b);            // ASCII letters without case
bool is_missing(std::string_view field);                           // empty or NA
std::optional<double> number(std::string_view field);              // finite; spaces around it are allowed
std::optional<std::int64_t> whole_number(std::string_view field);  // also written 1.0

}  // namespace trede::tables
