// Rows of a CSV or CSV.gz file (RFC 4180), streamed: quotes, doubled quotes, line breaks inside quotes, CRLF,
// a byte order mark; the separator is a comma, or the semicolon or tab of a first line without commas. Memory
// is one block and the longest row. One owner, one thread.
//   auto csv = CsvReader::open(path);               // Result
//   const auto header = csv->header();              // Result<Header>; or start with next()
//   Row row;
//   for (auto more = csv->next(row); ; more = csv->next(row)) {
//     if (!more) return more.error();               // "answers.csv, line 17: …"
//     if (!*more) break;                            // the end
//     use(row.line, row.fields[2]);
//   }
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/result.hpp"
#include "server/tables/byte_source.hpp"
#include "server/tables/fields.hpp"

namespace trede::tables {

inline constexpr std::size_t longest_field = std::size_t{1} << 20;  // bytes; more is a quote left open
inline constexpr std::size_t longest_row = std::size_t{1} << 24;    // 10⁶ columns of numbers

// Good until the next row is read.
struct Row {
  std::uint64_t line = 0;  // where it begins, from 1
  std::span<const std::string_view> fields;
};

// Where a field stands in the text of its row.
struct FieldPlace {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool doubled_quotes = false;
};

// Column names are matched without case.
class Header {
 public:
  explicit Header(std::vector<std::string> names) : names_(std::move(names)) {}

  const std::vector<std::string>& names() const { return names_; }
  std::size_t size() const { return names_.size(); }
  std::optional<std::size_t> column(std::string_view name) const;

 private:
  std::vector<std::string> names_;
};

class CsvReader {
 public:
  static Result<CsvReader> open(const std::filesystem::path& file);

  // The first row as names, spaces around them removed. Every later row must have as many fields.
  // Error: the file is empty, a name stands twice (the empty one excepted).
  Result<Header> header();

  // False at the end of the file. Lines without any character are passed over. Error: a row with another
  // number of fields than the header, a quote left open, text behind a closing quote, a byte that is no text,
  // a field or row too long, a damaged file.
  Result<bool> next(Row& row);

  Error error_at(std::uint64_t line, std::string_view message) const;  // "answers.csv, line 17: message"
  bool ends_without_newline() const { return ends_without_newline_; }  // known after the last row

 private:
  CsvReader(ByteSource source, std::string name) : source_(std::move(source)), name_(std::move(name)) {}
  Result<bool> begin_file();
  Result<bool> refill();         // false when there was nothing more
  Result<bool> scan();           // false at the end
  Result<bool> check_columns();  // as many as the header has

  ByteSource source_;
  std::string name_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what is not read yet
  std::size_t end_ = 0;    // of what the buffer holds
  bool exhausted_ = false;
  bool started_ = false;
  bool ends_without_newline_ = false;
  char separator_ = ',';
  std::uint64_t line_ = 1;       // of the row read last
  std::uint64_t next_line_ = 1;  // at begin_
  std::optional<std::size_t> columns_;
  std::vector<FieldPlace> places_;
  std::vector<std::string_view> fields_;
};

}  // namespace trede::tables
