// A table for people: columns as wide as their widest text, names to the left and numbers to the right.
// Widths count characters, not bytes. A value; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trede::tables {

enum class Align { Left, Right };

struct Column {
  std::string name;
  Align align = Align::Right;
};

class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Fields beyond the columns are left out, missing ones are empty.
  void add(std::vector<std::string> fields);

  // Every line ends with a line end and none with a space; the header is underlined.
  std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

std::size_t shown_width(std::string_view utf8);  // characters; combining marks stand on the one before

}  // namespace trede::tables
