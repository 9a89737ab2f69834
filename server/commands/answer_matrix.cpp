#include "server/commands/answer_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "server/commands/analysis.hpp"
#include "server/tables/csv.hpp"
#include "server/tables/name_index.hpp"

namespace trede::commands {
namespace {

using tables::CsvReader;
using tables::NameIndex;
using tables::Row;

NameIndex index_of(const std::vector<std::string>& names) {
  NameIndex index;
  for (const std::string& name : names) index.number_of(name);
  return index;
}

bool is_answer(std::string_view field) {
  const auto value = tables::whole_number(field);
  return tables::is_missing(field) || (value && (*value == 0 || *value == 1));
}

// Where the answers of each column go; −1: names of people.
Result<std::vector<int>> columns_by_name(const CsvReader& csv, const Row& row,
                                         const std::vector<std::string>& bank) {
  const NameIndex items = index_of(bank);
  std::vector<int> columns;
  std::vector<bool> seen(bank.size(), false);
  for (const std::string_view field : row.fields) {
    const std::string_view name = tables::trimmed(field);
    const bool first = columns.empty();
    columns.push_back(items.find(name));
    if (columns.back() >= 0) {
      if (seen[static_cast<std::size_t>(columns.back())])
        return csv.error_at(row.line, fmt::format("item \"{}\" stands twice", name));
      seen[static_cast<std::size_t>(columns.back())] = true;
      continue;
    }
    const bool people = name.empty() || tables::same_name(name, "person") ||
                        tables::same_name(name, "pupil") || tables::same_name(name, "id");
    if (!first || !people) return csv.error_at(row.line, fmt::format("\"{}\" is no item of the bank", name));
  }
  const auto lost = std::find(seen.begin(), seen.end(), false);
  if (lost != seen.end())
    return csv.error_at(row.line, fmt::format("item \"{}\" of the bank has no column",
                                              bank[static_cast<std::size_t>(lost - seen.begin())]));
  return columns;
}

Result<bool> add_row(const CsvReader& csv, const Row& row, const std::vector<int>& columns, std::size_t items,
                     AnswerMatrix& matrix) {
  if (row.fields.size() != columns.size())
    return csv.error_at(row.line,
                        fmt::format("{} answers where {} are needed", row.fields.size(), columns.size()));
  std::string name = std::to_string(matrix.people.size());
  std::vector<std::uint8_t> answers(items, never_answered);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] < 0) {
      name = tables::trimmed(row.fields[i]);
      continue;
    }
    if (!is_answer(row.fields[i]))
      return csv.error_at(row.line,
                          fmt::format("column {} is \"{}\"; an answer is 0, 1 or NA", i + 1, row.fields[i]));
    if (!tables::is_missing(row.fields[i]))
      answers[static_cast<std::size_t>(columns[i])] =
          static_cast<std::uint8_t>(*tables::whole_number(row.fields[i]));
  }
  matrix.people.push_back(std::move(name));
  matrix.answers.push_back(std::move(answers));
  return true;
}

void add_notes(AnswerMatrix& matrix) {
  NameIndex names;
  std::string repeated;
  std::size_t silent = 0, missing = 0;
  for (std::size_t i = 0; i < matrix.people.size(); ++i) {
    const int known = names.size();
    if (names.number_of(matrix.people[i]) < known && repeated.empty()) repeated = matrix.people[i];
    const auto unanswered = static_cast<std::size_t>(
        std::count(matrix.answers[i].begin(), matrix.answers[i].end(), never_answered));
    missing += unanswered;
    silent += unanswered == matrix.answers[i].size() ? 1 : 0;
  }
  if (!repeated.empty())
    matrix.notes.push_back(
        fmt::format("person \"{}\" has several rows: each row is a test of its own", repeated));
  if (missing > 0)
    matrix.notes.push_back(fmt::format("{} missing: a test never asks what was not answered",
                                       counted(missing, "answer is", "answers are")));
  if (silent > 0)
    matrix.notes.push_back(fmt::format("{} without any answer: a test of no items, which counts in the means",
                                       counted(silent, "person", "people")));
}

}  // namespace

Result<AnswerMatrix> read_answer_matrix(const std::string& file, const std::vector<std::string>& bank) {
  auto csv = CsvReader::open(file);
  if (!csv) return csv.error();
  AnswerMatrix matrix;
  std::vector<int> columns;
  Row row;
  for (;;) {
    const auto more = csv->next(row);
    if (!more) return more.error();
    if (!*more) break;
    if (columns.empty()) {
      if (!std::all_of(row.fields.begin(), row.fields.end(), is_answer)) {
        auto named = columns_by_name(*csv, row, bank);
        if (!named) return named.error();
        columns = std::move(*named);
        continue;
      }
      for (std::size_t i = 0; i < bank.size(); ++i) columns.push_back(static_cast<int>(i));
    }
    if (const auto added = add_row(*csv, row, columns, bank.size(), matrix); !added) return added.error();
  }
  if (matrix.people.empty()) return Error{ErrorCode::Invalid, file + " holds no answers"};
  add_notes(matrix);
  if (csv->ends_without_newline())
    matrix.notes.push_back(file +
                           " ends without a line end: if it was cut short, its last answer may be wrong");
  return matrix;
}

Result<std::vector<double>> read_abilities(const std::string& file, const std::vector<std::string>& people) {
  auto csv = CsvReader::open(file);
  if (!csv) return csv.error();
  const auto header = csv->header();
  if (!header) return header.error();
  const auto person = header->column("person");
  const auto theta = header->column("theta");
  if (!theta) return csv->error_at(1, "there is no column \"theta\"");
  std::vector<std::optional<double>> by_name(people.size());
  const NameIndex names = index_of(people);
  Row row;
  for (std::size_t count = 0;; ++count) {
    const auto more = csv->next(row);
    if (!more) return more.error();
    if (!*more) break;
    const auto ability = tables::number(row.fields[*theta]);
    if (!ability)
      return csv->error_at(row.line, fmt::format("theta is \"{}\", not a number", row.fields[*theta]));
    const int place = person ? names.find(tables::trimmed(row.fields[*person])) : static_cast<int>(count);
    if (place < 0 || place >= static_cast<int>(people.size()))
      return csv->error_at(row.line, "this person has no answers");
    by_name[static_cast<std::size_t>(place)] = ability;
  }
  std::vector<double> abilities;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!by_name[i])
      return Error{ErrorCode::Invalid, fmt::format("{} says nothing of person \"{}\"", file, people[i])};
    abilities.push_back(*by_name[i]);
  }
  return abilities;
}

}  // namespace trede::commands
