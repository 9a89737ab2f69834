// A JSON document and the places in it. Reading a place tells every problem with its path and goes on with a
// default, so that one pass finds them all. Private to the content library; a Field may not outlive its
// Document.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/localised.hpp"
#include "content/problem.hpp"

namespace trede::content {

class Field {
 public:
  Field(const boost::json::value& value, std::string path, const std::string& file, Problems& problems)
      : value_(&value), path_(std::move(path)), file_(&file), problems_(&problems) {}

  void problem(std::string message) const;
  void warning(std::string message) const;
  const std::string& path() const { return path_; }

  bool is_null() const { return value_->is_null(); }
  bool is_string() const { return value_->is_string(); }
  bool is_number() const { return value_->is_number(); }

  // Tells unknown and missing members; false when this is no object at all.
  bool is_object_of(std::string_view kind) const;
  std::optional<Field> member(std::string_view name) const;
  std::vector<Field> elements(std::size_t fewest, std::size_t most) const;
  std::vector<std::pair<std::string, Field>> members(std::size_t most) const;

  // Each tells a problem and returns the default when the value is of another kind or out of range.
  std::string string(std::size_t most_bytes = 200) const;
  std::string identifier() const;  // lower case, digits, hyphens
  double number(double least, double most) const;
  bool boolean() const;
  Localised localised() const;

 private:
  const boost::json::value* value_;
  std::string path_;
  const std::string* file_;
  Problems* problems_;
};

class Document {
 public:
  // Tells a problem with line and column when the text is no JSON.
  Document(std::string_view text, std::string file, Problems& problems, std::size_t most_bytes);

  std::optional<Field> root() const;
  const std::optional<boost::json::value>& value() const { return value_; }  // none when told

 private:
  std::optional<boost::json::value> value_;
  std::string file_;
  Problems& problems_;
};

bool is_identifier(std::string_view text);

}  // namespace trede::content
