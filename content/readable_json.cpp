#include "content/readable_json.hpp"

#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace trede::content {
namespace {

// boost::json writes -1.8 as -1.8E0.
void add_number(std::string& text, double number) {
  std::array<char, 32> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  const std::string_view shortest(digits.data(), static_cast<std::size_t>(written.ptr - digits.data()));
  text += shortest;
  if (shortest.find_first_of(".e") == std::string_view::npos) text += ".0";  // 1.0 is not read back as 1
}

// The document's own entries, and those of a list in it, each have a line.
void add_value(std::string& text, const boost::json::value& value, int depth) {
  if (value.is_double()) return add_number(text, value.get_double());
  const boost::json::object* object = value.if_object();
  const boost::json::array* array = value.if_array();
  if (!object && !array) {
    text += boost::json::serialize(value);
    return;
  }
  const bool spread = depth == 0 || (depth == 1 && array);
  const auto new_line = [&](int indent) {
    if (spread) text += '\n' + std::string(2 * static_cast<std::size_t>(indent), ' ');
  };
  bool first = true;
  const auto next = [&] {
    if (!first) text += spread ? "," : ", ";
    first = false;
    new_line(depth + 1);
  };
  text += object ? '{' : '[';
  if (object) {
    for (const auto& member : *object) {
      next();
      text += boost::json::serialize(boost::json::string(member.key())) + ": ";
      add_value(text, member.value(), depth + 1);
    }
  } else {
    for (const auto& element : *array) {
      next();
      add_value(text, element, depth + 1);
    }
  }
  if (!first) new_line(depth);
  text += object ? '}' : ']';
}

}  // namespace

std::string readable_json(const boost::json::value& document) {
  std::string text;
  add_value(text, document, 0);
  return text + '\n';
}

}  // namespace trede::content
