#include <algorithm>
#include <array>

#include "content/answer_reader.hpp"
#include "content/limits.hpp"

namespace trede::content {
namespace {

struct FigureNumber {
  const char* name;
  std::optional<Expression> FigureSpec::*expression;
};
constexpr std::array figure_numbers{
    FigureNumber{"parts", &FigureSpec::parts},     FigureNumber{"shaded", &FigureSpec::shaded},
    FigureNumber{"columns", &FigureSpec::columns}, FigureNumber{"ticks", &FigureSpec::ticks},
    FigureNumber{"groups", &FigureSpec::groups},   FigureNumber{"each", &FigureSpec::each},
    FigureNumber{"from", &FigureSpec::from},       FigureNumber{"to", &FigureSpec::to},
    FigureNumber{"mark", &FigureSpec::mark}};

void read_table(const Field& rows, const PieceReader& pieces, FigureSpec& figure) {
  constexpr std::size_t most_rows = 12;
  for (const Field& row : rows.elements(1, most_rows)) {
    TableRowSpec spec;
    if (!row.is_object_of("table-row")) continue;
    if (const auto label = row.member("label")) spec.label = pieces.text(*label);
    if (const auto cells = row.member("cells")) {
      for (const Field& cell : cells->elements(1, limits::table_cells)) {
        spec.cells.push_back(cell.is_null() ? std::nullopt : pieces.number(cell));
      }
    }
    if (!figure.table.empty() && figure.table.front().cells.size() != spec.cells.size()) {
      row.problem("Every row of a table needs equally many cells.");
    }
    figure.table.push_back(std::move(spec));
  }
}

void read_labels(const Field& field, FigureSpec& figure) {
  figure.labels = "ends";
  const std::optional<Field> labels = field.member("labels");
  if (!labels) return;
  figure.labels = labels->string();
  if (figure.labels != "ends" && figure.labels != "all" && figure.labels != "none") {
    labels->problem("The labels are one of ends, all, none.");
  }
}

}  // namespace

std::optional<FigureSpec> read_figure(const Field& field, const PieceReader& pieces) {
  constexpr std::array<std::string_view, 6> types{"bar", "circle", "grid", "line", "dots", "table"};
  const std::optional<Field> type = field.member("type");
  FigureSpec figure;
  if (type) figure.type = type->string();
  if (std::find(types.begin(), types.end(), figure.type) == types.end()) {
    field.problem("A figure has a \"type\": bar, circle, grid, line, dots or table.");
    return std::nullopt;
  }
  if (!field.is_object_of("figure-" + figure.type)) return std::nullopt;
  if (const auto alt = field.member("alt")) figure.alt = pieces.text(*alt);
  for (const FigureNumber& number : figure_numbers) {
    if (const auto expression = field.member(number.name))
      figure.*number.expression = pieces.number(*expression);
  }
  const std::optional<Field> rows = field.member("rows");
  if (rows && figure.type == "grid") figure.rows = pieces.number(*rows);
  if (rows && figure.type == "table") read_table(*rows, pieces, figure);
  if (figure.type == "line") read_labels(field, figure);
  return figure;
}

}  // namespace trede::content
