#include "server/tables/csv.hpp"

#include <algorithm>
#include <cstring>
#include <set>

#include "server/tables/row_scanner.hpp"

namespace trede::tables {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;

// "" inside quotes stands for one quote; the buffer is ours, so the text shrinks where it stands.
std::string_view without_doubled_quotes(char* begin, std::size_t length) {
  char* to = begin;
  for (std::size_t i = 0; i < length; ++i) {
    *to++ = begin[i];
    if (begin[i] == '"') ++i;
  }
  return {begin, static_cast<std::size_t>(to - begin)};
}

char separator_of(std::string_view first_line) {
  for (const char each : {',', ';', '\t'})
    if (first_line.find(each) != first_line.npos) return each;
  return ',';
}

bool is_empty_line(const std::vector<FieldPlace>& places) {
  return places.size() == 1 && places[0].begin == 0 && places[0].end == 0;  // quotes would move the beginning
}

}  // namespace

std::optional<std::size_t> Header::column(std::string_view name) const {
  const auto found =
      std::find_if(names_.begin(), names_.end(), [&](const auto& each) { return same_name(each, name); });
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

Result<CsvReader> CsvReader::open(const std::filesystem::path& file) {
  auto source = ByteSource::open(file);
  if (!source) return source.error();
  return CsvReader(std::move(*source), file.filename().string());
}

Error CsvReader::error_at(std::uint64_t line, std::string_view message) const {
  return {ErrorCode::Invalid, name_ + ", line " + std::to_string(line) + ": " + std::string(message)};
}

Result<bool> CsvReader::refill() {
  if (exhausted_) return false;
  if (begin_ > 0) std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (buffer_.size() < end_ + block_bytes) buffer_.resize(std::max(2 * end_, end_ + block_bytes));
  const Result<std::size_t> count = source_.read(buffer_.data() + end_, buffer_.size() - end_);
  if (!count)
    return Error{count.error().code,
                 count.error().detail + " (after line " + std::to_string(next_line_ - 1) + ")"};
  end_ += *count;
  exhausted_ = *count == 0;
  return !exhausted_;
}

Result<bool> CsvReader::begin_file() {
  started_ = true;
  if (const auto filled = refill(); !filled) return filled.error();
  const std::string_view text(buffer_.data(), end_);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return error_at(1, "the file is in UTF-16; save it as UTF-8");
  if (text.starts_with("\xEF\xBB\xBF")) begin_ = 3;
  separator_ = separator_of(text.substr(0, text.find('\n')));
  return true;
}

Result<bool> CsvReader::scan() {
  for (;;) {
    if (begin_ == end_ && exhausted_) return false;
    RowScanner scanner({buffer_.data() + begin_, end_ - begin_}, exhausted_, separator_, places_);
    const RowScanner::Outcome outcome = scanner.scan();
    if (outcome == RowScanner::Outcome::Problem)
      return error_at(next_line_ + scanner.line_ends(), scanner.problem());
    if (outcome == RowScanner::Outcome::Row) {
      fields_.clear();
      for (const FieldPlace& place : places_) {
        char* const begin = buffer_.data() + begin_ + place.begin;
        const std::size_t length = place.end - place.begin;
        fields_.push_back(place.doubled_quotes ? without_doubled_quotes(begin, length)
                                               : std::string_view(begin, length));
      }
      line_ = next_line_;
      next_line_ += scanner.line_ends();
      begin_ += scanner.length();
      ends_without_newline_ = !scanner.met_line_end();
      return true;
    }
    if (end_ - begin_ > longest_row) return error_at(next_line_, "the row is longer than 16 MiB");
    if (const auto filled = refill(); !filled) return filled.error();
  }
}

Result<bool> CsvReader::check_columns() {
  if (!columns_ || *columns_ == fields_.size()) return true;
  const auto counted = [](std::size_t n) { return std::to_string(n) + (n == 1 ? " field" : " fields"); };
  std::string message = counted(fields_.size()) + " where the header has " + std::to_string(*columns_);
  if (ends_without_newline_ && fields_.size() < *columns_) message += "; the file seems to be cut short here";
  return error_at(line_, message);
}

Result<bool> CsvReader::next(Row& row) {
  if (!started_)
    if (const auto begun = begin_file(); !begun) return begun.error();
  do {
    const Result<bool> found = scan();
    if (!found || !*found) return found;
  } while (is_empty_line(places_));
  if (const auto checked = check_columns(); !checked) return checked.error();
  row = {line_, fields_};
  return true;
}

Result<Header> CsvReader::header() {
  Row row;
  const Result<bool> found = next(row);
  if (!found) return found.error();
  if (!*found) return Error{ErrorCode::Invalid, name_ + " is empty"};
  std::vector<std::string> names;
  std::set<std::string> known;
  for (const std::string_view field : row.fields) {
    names.emplace_back(trimmed(field));
    if (!names.back().empty() && !known.insert(names.back()).second)
      return error_at(row.line, "the name \"" + names.back() + "\" stands twice; is this line a header?");
  }
  columns_ = names.size();
  return Header(std::move(names));
}

}  // namespace trede::tables
