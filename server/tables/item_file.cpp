#include "server/tables/item_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>

#include "server/tables/csv.hpp"
#include "server/tables/name_index.hpp"

namespace trede::tables {
namespace {

constexpr double contradiction = 1e-4;  // between d and −a b, by rounding in a file made by hand

struct ItemColumns {
  std::size_t item;
  std::size_t slope;
  std::optional<std::size_t> difficulty, intercept, guessing, thresholds, categories;
};

Result<ItemColumns> columns_of(const Header& header, const CsvReader& csv) {
  const auto item = header.column("item");
  const auto slope = header.column("a");
  ItemColumns columns{item.value_or(0),           slope.value_or(0),  header.column("b"),
                  header.column("d"),         header.column("c"), header.column("thresholds"),
                  header.column("categories")};
  if (!item || !slope || (!columns.difficulty && !columns.intercept && !columns.thresholds))
    return csv.error_at(1, "a table of items needs the columns item, a and one of b, d, thresholds");
  return columns;
}

// Nothing where the column is absent or the field empty.
Result<std::optional<double>> optional_number(const CsvReader& csv, const Row& row,
                                              std::optional<std::size_t> column, const char* name) {
  if (!column || is_missing(row.fields[*column])) return std::optional<double>();
  const auto value = number(row.fields[*column]);
  if (!value)
    return csv.error_at(row.line, fmt::format("{} is \"{}\", not a number", name, row.fields[*column]));
  return value;
}

Result<std::vector<double>> list_of_numbers(const CsvReader& csv, const Row& row,
                                            std::optional<std::size_t> column, const char* name) {
  std::vector<double> values;
  if (!column || is_missing(row.fields[*column])) return values;
  std::string_view rest = row.fields[*column];
  for (bool more = true; more;) {
    const std::size_t end = rest.find(';');
    const auto value = number(rest.substr(0, end));
    if (!value)
      return csv.error_at(
          row.line, fmt::format("{} are \"{}\", not numbers with ; between them", name, row.fields[*column]));
    values.push_back(*value);
    more = end != rest.npos;
    if (more) rest.remove_prefix(end + 1);
  }
  return values;
}

Result<Coding> coding_of(const CsvReader& csv, const Row& row, const ItemColumns& columns,
                         std::size_t categories) {
  const auto listed = list_of_numbers(csv, row, columns.categories, "the categories");
  if (!listed) return listed.error();
  Coding coding;
  for (const double value : *listed) coding.push_back(static_cast<int>(std::clamp(value, -1.0, 1e4)));
  if (listed->empty())
    for (std::size_t k = 0; k < categories; ++k) coding.push_back(static_cast<int>(k));
  const bool ascending =
      std::adjacent_find(coding.begin(), coding.end(), std::greater_equal<>()) == coding.end();
  if (coding.size() != categories || !ascending || coding.front() < 0 || coding.back() > highest_code)
    return csv.error_at(
        row.line, fmt::format("{} categories are needed, whole numbers in ascending order", categories));
  return coding;
}

Result<calibration::Item> item_of(const CsvReader& csv, const Row& row, const ItemColumns& columns) {
  const auto a = optional_number(csv, row, columns.slope, "a");
  const auto b = optional_number(csv, row, columns.difficulty, "b");
  const auto d = optional_number(csv, row, columns.intercept, "d");
  const auto c = optional_number(csv, row, columns.guessing, "c");
  auto thresholds = list_of_numbers(csv, row, columns.thresholds, "the thresholds");
  for (const auto* each : {&a, &b, &d, &c})
    if (!*each) return each->error();
  if (!thresholds) return thresholds.error();
  if (!*a || **a == 0.0) return csv.error_at(row.line, "a is missing or 0: such an item tells nothing");
  calibration::Item item{**a, 0.0, c->value_or(0.0), std::move(*thresholds)};
  if (!(item.guessing >= 0.0 && item.guessing < 1.0))
    return csv.error_at(row.line, "c is not from 0 to below 1");
  if (!item.thresholds.empty()) return item;
  if (!*b && !*d) return csv.error_at(row.line, "b and d are both missing");
  item.intercept = *d ? **d : -item.slope * **b;
  if (*b && std::abs(item.intercept + item.slope * **b) > contradiction * (1.0 + std::abs(item.intercept)))
    return csv.error_at(row.line, "d is not −a b; leave one of them away");
  return item;
}

// Empty where there is no number.
std::string finite_text(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

std::string list_text(const auto& values) {
  return fmt::format("{}", fmt::join(values, ";"));
}

}  // namespace

Result<ItemFile> read_items(const std::filesystem::path& path) {
  auto csv = CsvReader::open(path);
  if (!csv) return csv.error();
  const auto header = csv->header();
  if (!header) return header.error();
  const auto columns = columns_of(*header, *csv);
  if (!columns) return columns.error();
  ItemFile file;
  NameIndex names;
  Row row;
  for (;;) {
    const auto more = csv->next(row);
    if (!more) return more.error();
    if (!*more) break;
    const std::string_view name = trimmed(row.fields[columns->item]);
    if (name.empty()) return csv->error_at(row.line, "the item has no name");
    if (names.find(name) >= 0) return csv->error_at(row.line, fmt::format("item \"{}\" stood before", name));
    names.number_of(name);
    auto item = item_of(*csv, row, *columns);
    if (!item) return item.error();
    auto coding = coding_of(*csv, row, *columns, std::max<std::size_t>(1, item->thresholds.size()) + 1);
    if (!coding) return coding.error();
    file.items.push_back(std::move(*item));
    file.codings.push_back(std::move(*coding));
  }
  file.names = names.take();
  if (file.items.empty()) return Error{ErrorCode::Invalid, path.filename().string() + " holds no item"};
  return file;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",;\t\"\r\n") == text.npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string items_as_csv(const ItemFile& file, const std::vector<calibration::ItemErrors>& errors) {
  std::string text = "item,a,b,d,c,thresholds,categories,se_a,se_b,se_d,se_c,se_thresholds\n";
  for (std::size_t i = 0; i < file.items.size(); ++i) {
    const calibration::Item& item = file.items[i];
    const bool ordered = !item.thresholds.empty();
    text += fmt::format("{},{}", csv_field(file.names[i]), item.slope);
    text += ordered
                ? fmt::format(",,,,{}", list_text(item.thresholds))
                : fmt::format(",{},{},{},", finite_text(item.difficulty()), item.intercept, item.guessing);
    text += "," + list_text(file.codings[i]);
    if (errors.empty()) {
      text += ",,,,,\n";
      continue;
    }
    const calibration::ItemErrors& se = errors[i];
    text += "," + finite_text(se.slope);
    text += ordered ? fmt::format(",,,,{}\n", list_text(se.thresholds))
                    : fmt::format(",{},{},{},\n", finite_text(se.difficulty), finite_text(se.intercept),
                                  finite_text(se.guessing));
  }
  return text;
}

Result<void> write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) return Error{ErrorCode::Unavailable, "cannot write " + file.string()};
  return {};
}

}  // namespace trede::tables
