#include "content/document.hpp"

#include <algorithm>
#include <boost/json/parser.hpp>
#include <cmath>

#include "content/fields.hpp"
#include "content/limits.hpp"
#include "content/text.hpp"

namespace trede::content {
namespace {

bool contains(const FieldNames& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string listed(const KnownObject& known) {
  std::string all;
  for (const FieldNames* names : {&known.required, &known.optional}) {
    for (const std::string_view name : *names) all += (all.empty() ? "" : ", ") + std::string{name};
  }
  return all;
}

std::string short_number(double value) {
  const std::string text = std::to_string(value);
  const std::size_t last = text.find_last_not_of('0');
  return text.substr(0, text[last] == '.' ? last : last + 1);
}

std::string where(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, std::min(at, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

bool is_identifier(std::string_view text) {
  return !text.empty() && text.size() <= 80 && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), [](char sign) {
           return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9') || sign == '-';
         });
}

Document::Document(std::string_view text, std::string file, Problems& problems, std::size_t most_bytes)
    : file_(std::move(file)), problems_(problems) {
  if (text.size() > most_bytes) {
    problems_.push_back(
        {file_, "", "The file is larger than " + std::to_string(most_bytes) + " bytes: split it."});
    return;
  }
  boost::json::parse_options options;
  options.max_depth = limits::json_depth;
  boost::json::parser parser{{}, options};
  boost::json::error_code error;
  const std::size_t read = parser.write(text.data(), text.size(), error);
  if (error) {
    problems_.push_back(
        {file_, "", "This is not JSON: " + error.message() + " near " + where(text, read) + "."});
    return;
  }
  value_ = parser.release();
}

std::optional<Field> Document::root() const {
  if (!value_) return std::nullopt;
  return Field{*value_, "", file_, problems_};
}

void Field::problem(std::string message) const {
  problems_->push_back({*file_, path_, std::move(message)});
}

void Field::warning(std::string message) const {
  problems_->push_back({*file_, path_, std::move(message), true});
}

bool Field::is_object_of(std::string_view kind) const {
  if (!value_->is_object()) {
    problem("Here belongs an object { … }.");
    return false;
  }
  const KnownObject& known = known_object(kind);
  for (const auto& member : value_->get_object()) {
    if (contains(known.required, member.key()) || contains(known.optional, member.key())) continue;
    problem("The field \"" + std::string{member.key()} + "\" is unknown: take it out or use one of " +
            listed(known) + ".");
  }
  for (const std::string_view name : known.required) {
    if (!value_->get_object().contains(name))
      problem("The field \"" + std::string{name} + "\" is missing: add it.");
  }
  return true;
}

std::optional<Field> Field::member(std::string_view name) const {
  const boost::json::object* object = value_->if_object();
  const boost::json::value* found = object == nullptr ? nullptr : object->if_contains(name);
  if (found == nullptr) return std::nullopt;
  return Field{*found, path_.empty() ? std::string{name} : path_ + "." + std::string{name}, *file_,
               *problems_};
}

std::vector<Field> Field::elements(std::size_t fewest, std::size_t most) const {
  const boost::json::array* array = value_->if_array();
  if (array == nullptr) {
    problem("Here belongs a list [ … ].");
    return {};
  }
  if (array->size() < fewest || array->size() > most) {
    problem("The list needs " + std::to_string(fewest) + " to " + std::to_string(most) + " entries; it has " +
            std::to_string(array->size()) + ".");
  }
  std::vector<Field> fields;
  for (std::size_t i = 0; i < std::min(array->size(), most); ++i) {
    fields.emplace_back((*array)[i], path_ + "[" + std::to_string(i) + "]", *file_, *problems_);
  }
  return fields;
}

std::vector<std::pair<std::string, Field>> Field::members(std::size_t most) const {
  const boost::json::object* object = value_->if_object();
  if (object == nullptr) {
    problem("Here belongs an object { … }.");
    return {};
  }
  if (object->size() > most)
    problem("There are more than " + std::to_string(most) + " entries: take some out.");
  std::vector<std::pair<std::string, Field>> fields;
  for (const auto& member : *object) {
    if (fields.size() < most) fields.emplace_back(member.key(), *this->member(member.key()));
  }
  return fields;
}

std::string Field::string(std::size_t most_bytes) const {
  const boost::json::string* text = value_->if_string();
  if (text == nullptr) {
    problem("Here belongs a text in quotes.");
    return {};
  }
  if (text->size() > most_bytes)
    problem("The text is longer than " + std::to_string(most_bytes) + " bytes: shorten it.");
  if (std::any_of(text->begin(), text->end(),
                  [](unsigned char sign) { return sign < 0x20 && sign != '\n'; })) {
    problem("The text has an invisible control character: take it out.");
  }
  if (std::all_of(text->begin(), text->end(), [](char sign) { return sign == ' ' || sign == '\n'; })) {
    problem("The text is empty: write it.");
  }
  return std::string{text->begin(), text->end()};
}

std::string Field::identifier() const {
  std::string text = string();
  if (!text.empty() && !is_identifier(text)) {
    problem("\"" + text + "\" is no id: use lower-case letters, digits and hyphens.");
  }
  return text;
}

double Field::number(double least, double most) const {
  const double fallback = std::clamp(0.0, least, most);
  if (!value_->is_number()) {
    problem("Here belongs a number.");
    return fallback;
  }
  const double value = value_->to_number<double>();
  if (!std::isfinite(value) || value < least || value > most) {
    problem("The number must lie between " + short_number(least) + " and " + short_number(most) + ".");
    return fallback;
  }
  return value;
}

bool Field::boolean() const {
  if (!value_->is_bool()) {
    problem("Here belongs true or false.");
    return false;
  }
  return value_->get_bool();
}

Localised Field::localised() const {
  if (is_string()) {
    const std::string text = string();
    if (has_letters(text)) problem("A text with letters needs both languages: write {\"nl\": …, \"en\": …}.");
    return {text, text};
  }
  Localised both;
  if (!is_object_of("localised")) return both;
  if (const std::optional<Field> nl = member("nl")) both.nl = nl->string(limits::text_bytes);
  if (const std::optional<Field> en = member("en")) both.en = en->string(limits::text_bytes);
  return both;
}

}  // namespace trede::content
