#include "server/tables/answers.hpp"

#include <algorithm>

#include "server/tables/answer_builder.hpp"
#include "server/tables/csv.hpp"

namespace trede::tables {
namespace {

std::string quoted(std::string_view text) {
  constexpr std::size_t shown = 40;
  return "\"" + std::string(text.substr(0, shown)) + (text.size() > shown ? "…" : "") + "\"";
}

// −1: missing.
Result<int> read_code(std::string_view field, const CsvReader& csv, const Row& row, std::string_view item) {
  if (field.size() == 1 && field[0] >= '0' && field[0] <= '9') return field[0] - '0';
  if (is_missing(field)) return -1;
  const auto value = whole_number(field);
  if (value && *value >= 0 && *value <= highest_code) return static_cast<int>(*value);
  return csv.error_at(row.line, "the response to item " + quoted(item) + " is " + quoted(field) +
                                    "; a whole number from 0 to " + std::to_string(highest_code) +
                                    ", NA or nothing may stand here");
}

std::optional<std::size_t> column_named(const Header& header, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const auto column = header.column(name)) return column;
  return std::nullopt;
}

bool names_people(std::string_view name) {
  return name.empty() || same_name(name, "person") || same_name(name, "pupil") || same_name(name, "id");
}

struct LongColumns {
  std::size_t person;
  std::size_t item;
  std::size_t response;
  std::optional<std::size_t> time;
};

std::optional<LongColumns> long_columns(const Header& header) {
  const auto person = column_named(header, {"person", "pupil"});
  const auto item = column_named(header, {"item"});
  const auto response = column_named(header, {"response", "correct"});
  if (!person || !item || !response) return std::nullopt;
  return LongColumns{*person, *item, *response, column_named(header, {"time", "time_s"})};
}

// A row of a long table where the names of columns should be: ann,fractions-7,1 or ann,fractions-7,1,86400.
bool looks_like_an_answer(const std::vector<std::string>& names) {
  return (names.size() == 3 || names.size() == 4) && !names_people(names[0]) && !number(names[1]) &&
         whole_number(names[2]) && (names.size() == 3 || number(names[3]));
}

Result<Layout> recognise(const Header& header, const CsvReader& csv) {
  if (long_columns(header)) return Layout::Long;
  const auto is_number = [](const std::string& name) { return whole_number(name) || is_missing(name); };
  if (std::all_of(header.names().begin(), header.names().end(), is_number))
    return csv.error_at(1,
                        "there are numbers where the names of the columns should be; is the header missing? "
                        "(A wide table whose items have numbers for names: say --format wide.)");
  if (looks_like_an_answer(header.names()))
    return csv.error_at(1,
                        "this looks like person,item,response without a header; put one above it "
                        "(a wide table of such items: say --format wide)");
  return same_name(header.names().back(), "freq") ? Layout::Frequencies : Layout::Wide;
}

Result<bool> read_long(CsvReader& csv, const Header& header, bool with_times, AnswerBuilder& builder) {
  const auto columns = long_columns(header);
  if (!columns) return csv.error_at(1, "a long table needs the columns person, item and response");
  if (with_times && !columns->time) return csv.error_at(1, "there is no column \"time\"");
  Row row;
  for (;;) {
    const auto more = csv.next(row);
    if (!more || !*more) return more;
    const std::string_view person = trimmed(row.fields[columns->person]);
    const std::string_view item = trimmed(row.fields[columns->item]);
    if (person.empty()) return csv.error_at(row.line, "the person has no name");
    if (item.empty()) return csv.error_at(row.line, "the item has no name");
    const int person_number = builder.people.number_of(person);
    const int item_number = builder.items.number_of(item);
    const Result<int> code = read_code(row.fields[columns->response], csv, row, item);
    if (!code) return code.error();
    if (*code < 0) {
      builder.add_missing();
      continue;
    }
    builder.add(person_number, item_number, *code, row.line);
    if (!with_times) continue;
    const auto time = number(row.fields[*columns->time]);
    if (!time)
      return csv.error_at(row.line, "the time is " + quoted(row.fields[*columns->time]) + ", not a number");
    builder.add_time(*time);
  }
}

Result<bool> name_items(const CsvReader& csv, const Header& header, std::size_t first, std::size_t last,
                        AnswerBuilder& builder) {
  if (first >= last) return csv.error_at(1, "the header names no item");
  for (std::size_t column = first; column < last; ++column) {
    if (header.names()[column].empty())
      return csv.error_at(1, "column " + std::to_string(column + 1) + " has no name");
    builder.items.number_of(header.names()[column]);
  }
  return true;
}

Result<bool> read_weight(const CsvReader& csv, const Row& row, AnswerBuilder& builder) {
  const auto weight = number(row.fields.back());
  if (!weight || *weight < 0.0)
    return csv.error_at(row.line,
                        "the frequency is " + quoted(row.fields.back()) + "; a number from 0 is needed");
  builder.weights.push_back(*weight);
  return true;
}

Result<bool> read_wide(CsvReader& csv, const Header& header, bool frequencies, AnswerBuilder& builder) {
  const std::size_t first = !frequencies && names_people(header.names().front()) ? 1 : 0;
  const std::size_t last = header.size() - (frequencies ? 1 : 0);
  if (const auto named = name_items(csv, header, first, last, builder); !named) return named;
  Row row;
  for (std::size_t count = 1;; ++count) {
    const auto more = csv.next(row);
    if (!more || !*more) return more;
    const std::string_view name = first == 1 ? trimmed(row.fields[0]) : std::string_view();
    if (first == 1 && name.empty()) return csv.error_at(row.line, "the person has no name");
    const int person =
        first == 1 ? builder.people.number_of(name) : builder.people.number_of(std::to_string(count));
    if (frequencies)
      if (const auto weight = read_weight(csv, row, builder); !weight) return weight;
    for (std::size_t column = first; column < last; ++column) {
      const Result<int> code = read_code(row.fields[column], csv, row, header.names()[column]);
      if (!code) return code.error();
      if (*code < 0)
        builder.add_missing();
      else
        builder.add(person, static_cast<int>(column - first), *code, row.line);
    }
  }
}

}  // namespace

Result<Answers> read_answers(const std::filesystem::path& file, const AnswerOptions& options) {
  auto csv = CsvReader::open(file);
  if (!csv) return csv.error();
  const Result<Header> header = csv->header();
  if (!header) return header.error();
  const Result<Layout> layout = options.layout ? Result<Layout>(*options.layout) : recognise(*header, *csv);
  if (!layout) return layout.error();
  if (*layout == Layout::Frequencies && !same_name(header->names().back(), "freq"))
    return csv->error_at(1, "the last column should be called freq");
  if (*layout != Layout::Long && options.with_times)
    return csv->error_at(1, "times are read from a long table only: person, item, response, time");
  AnswerBuilder builder;
  const auto read = *layout == Layout::Long
                        ? read_long(*csv, *header, options.with_times, builder)
                        : read_wide(*csv, *header, *layout == Layout::Frequencies, builder);
  if (!read) return read.error();
  Answers answers = std::move(builder).finish(file.filename().string());
  if (answers.table.responses.empty())
    return Error{ErrorCode::Invalid, answers.file + " holds no answer below its header"};
  if (csv->ends_without_newline())
    answers.notes.push_back(answers.file +
                            " ends without a line end: if it was cut short, its last answer may be wrong");
  return answers;
}

}  // namespace trede::tables
