#include "server/tables/text_table.hpp"

#include <algorithm>

namespace trede::tables {
namespace {

bool continues_character(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

// U+0300 … U+036F in UTF-8.
bool is_combining_mark(unsigned char first, unsigned char second) {
  return first == 0xCC || (first == 0xCD && second < 0xB0);
}

void append(std::string& line, const std::string& field, std::size_t width, Align align) {
  const std::string padding(width - shown_width(field), ' ');
  line += align == Align::Left ? field + padding : padding + field;
}

void end_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

}  // namespace

std::size_t shown_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const auto next = i + 1 < utf8.size() ? static_cast<unsigned char>(utf8[i + 1]) : 0;
    if (!continues_character(byte) && !is_combining_mark(byte, static_cast<unsigned char>(next))) ++width;
  }
  return width;
}

void TextTable::add(std::vector<std::string> fields) {
  fields.resize(columns_.size());
  rows_.push_back(std::move(fields));
}

std::string TextTable::text() const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    widths.push_back(shown_width(columns_[i].name));
    for (const auto& row : rows_) widths[i] = std::max(widths[i], shown_width(row[i]));
  }
  const auto line_of = [&](auto field_of) {
    std::string line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (i > 0) line += "  ";
      append(line, field_of(i), widths[i], columns_[i].align);
    }
    return line;
  };
  std::string text;
  end_line(text, line_of([&](std::size_t i) { return columns_[i].name; }));
  std::string rule;
  for (const std::size_t width : widths) {
    if (!rule.empty()) rule += "  ";
    for (std::size_t i = 0; i < width; ++i) rule += "─";
  }
  end_line(text, rule);
  for (const auto& row : rows_) end_line(text, line_of([&](std::size_t i) { return row[i]; }));
  return text;
}

}  // namespace trede::tables
