// Finds the fields of one row of CSV in a text that may end before the row does. Used by CsvReader alone.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "server/tables/csv.hpp"

namespace trede::tables {

class RowScanner {
 public:
  enum class Outcome { Row, NeedsMore, Problem };

  // complete: nothing follows the text. Places are counted from its beginning.
  RowScanner(std::string_view text, bool complete, char separator, std::vector<FieldPlace>& places)
      : text_(text), complete_(complete), separator_(separator), places_(places) {}

  Outcome scan();

  std::size_t length() const { return at_; }              // of the row with its line end
  std::uint64_t line_ends() const { return line_ends_; }  // passed so far
  const char* problem() const { return problem_; }        // in plain words
  bool met_line_end() const { return met_line_end_; }     // else the text ended

 private:
  Outcome scan_field();
  Outcome scan_plain();
  Outcome scan_quoted();
  Outcome scan_carriage_return();
  Outcome no_more(const char* problem);
  Outcome fail(const char* problem);

  std::string_view text_;
  bool complete_;
  char separator_;
  std::vector<FieldPlace>& places_;
  std::size_t at_ = 0;
  std::uint64_t line_ends_ = 0;
  bool met_line_end_ = false;
  const char* problem_ = nullptr;
};

}  // namespace trede::tables
