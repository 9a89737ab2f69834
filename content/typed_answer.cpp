#include "content/typed_answer.hpp"

#include <algorithm>

namespace trede::content {
namespace {

bool take_front(std::string& text, const std::string& part) {
  if (part.empty() || !text.starts_with(part)) return false;
  text.erase(0, part.size());
  return true;
}

bool take_back(std::string& text, const std::string& part) {
  if (part.empty() || text.size() <= part.size() || !text.ends_with(part)) return false;
  text.resize(text.size() - part.size());
  return true;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char sign) {
    return sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
  });
  return text;
}

}  // namespace

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::string without_unit(const Item& item, const Instance& instance, const std::string& typed) {
  std::string text = trimmed(lower(typed));
  bool euro = take_front(text, "€");
  for (const Language language : {Language::Nl, Language::En}) {
    const auto around = [&](const Text& part) {
      return trimmed(lower(render_plain(part, item.words, instance, language)));
    };
    const std::string before = around(item.answer.before);
    const std::string unit = around(item.answer.unit);
    take_front(text, before);
    take_back(text, unit);
    euro = euro || before == "€" || unit == "euro";
  }
  text = trimmed(text);
  if (euro && !take_back(text, ",-")) take_back(text, ",–");
  return text;
}

}  // namespace trede::content
