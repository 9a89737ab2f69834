#include "server/tables/row_scanner.hpp"

#include <algorithm>

namespace trede::tables {

RowScanner::Outcome RowScanner::fail(const char* problem) {
  problem_ = problem;
  return Outcome::Problem;
}

// The text ended in the middle of something.
RowScanner::Outcome RowScanner::no_more(const char* problem) {
  return complete_ ? fail(problem) : Outcome::NeedsMore;
}

RowScanner::Outcome RowScanner::scan_plain() {
  const std::size_t begin = at_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    // Every other byte that ends a field is a control character.
    if (c == separator_ || (static_cast<unsigned char>(c) < ' ' && (c == '\n' || c == '\r' || c == '\0')))
      break;
    ++at_;
  }
  places_.push_back({begin, at_, false});
  return Outcome::Row;
}

RowScanner::Outcome RowScanner::scan_quoted() {
  const std::size_t begin = ++at_;
  bool doubled = false;
  for (;; ++at_) {
    if (at_ == text_.size()) return no_more("a quote is opened and never closed");
    if (text_[at_] == '\0') return fail("a NUL byte; this is no text file, or one in UTF-16");
    if (text_[at_] == '\n') ++line_ends_;
    if (text_[at_] != '"') continue;
    if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    ++at_;
  }
  places_.push_back({begin, at_, doubled});
  ++at_;
  return Outcome::Row;
}

RowScanner::Outcome RowScanner::scan_field() {
  const std::size_t begin = at_;
  const bool quoted = at_ < text_.size() && text_[at_] == '"';
  const Outcome outcome = quoted ? scan_quoted() : scan_plain();
  if (at_ - begin > longest_field)
    return fail("a field of more than a million characters; is a quote left open?");
  return outcome;
}

RowScanner::Outcome RowScanner::scan_carriage_return() {
  if (at_ == text_.size()) return complete_ ? Outcome::Row : Outcome::NeedsMore;
  if (text_[at_] != '\n')
    return fail("a carriage return without a line feed; save the file with usual line ends");
  ++at_;
  ++line_ends_;
  met_line_end_ = true;
  return Outcome::Row;
}

RowScanner::Outcome RowScanner::scan() {
  places_.clear();
  for (;;) {
    if (const Outcome outcome = scan_field(); outcome != Outcome::Row) return outcome;
    if (at_ == text_.size()) return complete_ ? Outcome::Row : Outcome::NeedsMore;
    const char behind = text_[at_++];
    if (behind == separator_) continue;
    if (behind == '\r') return scan_carriage_return();
    if (behind == '\0') return fail("a NUL byte; this is no text file, or one in UTF-16");
    if (behind != '\n') return fail("text behind a closing quote");
    ++line_ends_;
    met_line_end_ = true;
    return Outcome::Row;
  }
}

}  // namespace trede::tables
