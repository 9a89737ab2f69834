// A JSON document as text that people read and compare: an entry a line. Pure; any thread.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace trede::content {

// Numbers are as short as they are read back as these very numbers.
std::string readable_json(const boost::json::value& document);

}  // namespace trede::content
