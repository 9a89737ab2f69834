// The part of the family checker that looks at what is shown: holes and figures.
#include <algorithm>
#include <array>

#include "content/family_checker.hpp"
#include "content/limits.hpp"
#include "content/notation.hpp"

namespace trede::content {
namespace {

std::string indexed(const std::string& list, std::size_t index) {
  return list + "[" + std::to_string(index) + "]";
}

}  // namespace

void FamilyChecker::collect_holes() {
  collect(item_.body, "body");
  if (item_.figure) collect(*item_.figure, "figure");
  collect(item_.answer.unit, "answer.unit");
  collect(item_.answer.before, "answer.before");
  collect(item_.answer.wrong, "answer.wrong");
  for (std::size_t i = 0; i < item_.answer.options.size(); ++i) {
    const bool ordering = item_.answer.type == AnswerType::Ordering;
    const std::string field = indexed(ordering ? "answer.entries" : "answer.options", i);
    const OptionSpec& option = item_.answer.options[i];
    collect(option.text, field + ".text");
    collect(option.feedback, field + ".feedback");
    if (option.figure) collect(*option.figure, field + ".figure");
  }
  for (const std::vector<Text>* accepted : {&item_.answer.accept_nl, &item_.answer.accept_en}) {
    for (const Text& text : *accepted) collect(text, "answer.accept");
  }
  for (std::size_t i = 0; i < item_.mistakes.size(); ++i)
    collect(item_.mistakes[i].feedback, indexed("mistakes", i));
  for (std::size_t i = 0; i < item_.hints.size(); ++i) collect(item_.hints[i], indexed("hints", i));
  collect(item_.solution, "solution");
}

// The same hole in both languages and in many texts is checked once.
void FamilyChecker::collect(const Text& text, const std::string& field) {
  for (const std::vector<Run>* runs : {&text.nl, &text.en}) {
    for (const Run& run : *runs) {
      for (const Piece& piece : run.pieces) {
        if (!piece.hole || !piece.hole->number) continue;
        const Hole& hole = *piece.hole;
        const bool known = std::any_of(holes_.begin(), holes_.end(), [&](const PlacedHole& other) {
          return other.hole.places == hole.places && other.hole.number->source() == hole.number->source();
        });
        if (!known) holes_.push_back({field, hole});
      }
    }
  }
}

void FamilyChecker::collect(const FigureSpec& figure, const std::string& field) {
  collect(figure.alt, field + ".alt");
  for (std::size_t i = 0; i < figure.table.size(); ++i) {
    const std::string row = indexed(field + ".rows", i);
    collect(figure.table[i].label, row + ".label");
    for (const std::optional<Expression>& cell : figure.table[i].cells) {
      if (cell) holes_.push_back({row + ".cells", {cell, -1, -1}});
    }
  }
}

void FamilyChecker::check_holes() {
  for (const PlacedHole& placed : holes_) {
    const std::string name = "\"" + placed.hole.number->source() + "\"";
    const std::optional<Rational> number = value(placed.hole.number);
    if (!number) {
      tell(placed.field, name,
           name + " has no value (dividing by zero or overflow) " + drawn() + ": mend it.");
    } else if (!show_number(*number, Language::Nl, placed.hole.places)) {
      tell(placed.field, name,
           name + " is " + to_string(*number) + ", which cannot be shown with these decimals " + drawn() +
               ": write it as a formula or draw other numbers.");
    }
  }
}

void FamilyChecker::check_figures() {
  if (item_.figure) check_figure(*item_.figure, "figure");
  for (std::size_t i = 0; i < item_.answer.options.size(); ++i) {
    const std::optional<FigureSpec>& figure = item_.answer.options[i].figure;
    if (figure) check_figure(*figure, indexed("answer.options", i) + ".figure");
  }
}

void FamilyChecker::check_figure(const FigureSpec& figure, const std::string& field) {
  constexpr int most_side = 100;
  const auto size = [&](const std::optional<Expression>& number) {
    const std::optional<Rational> known = value(number);
    return known && *known <= most_side ? static_cast<int>(floor_of(*known).numerator()) : most_side;
  };
  check_whole(figure.parts, 1, most_side, field + ".parts");
  check_whole(figure.rows, 1, most_side, field + ".rows");
  check_whole(figure.columns, 1, most_side, field + ".columns");
  check_whole(figure.ticks, 1, most_side, field + ".ticks");
  check_whole(figure.groups, 1, most_side, field + ".groups");
  check_whole(figure.each, 1, most_side, field + ".each");
  const int cells = figure.type == "grid"   ? size(figure.rows) * size(figure.columns)
                    : figure.type == "dots" ? size(figure.groups)
                                            : size(figure.parts);
  check_whole(figure.shaded, 0, cells, field + ".shaded");
  const int drawn_things = figure.type == "dots" ? size(figure.groups) * size(figure.each) : cells;
  if (drawn_things > limits::figure_cells && figure.type != "line" && figure.type != "table") {
    tell(field, "cells",
         "The picture has " + std::to_string(drawn_things) + " parts " + drawn() + ": keep it under " +
             std::to_string(limits::figure_cells) + ".");
  }
  const std::optional<Rational> from = value(figure.from);
  const std::optional<Rational> to = value(figure.to);
  const std::optional<Rational> mark = value(figure.mark);
  if (from && to && *from >= *to)
    tell(field, "ends", "The line ends before it begins " + drawn() + ": mend from and to.");
  if (from && to && mark && (*mark < *from || *mark > *to)) {
    tell(field + ".mark", "outside", "The mark lies outside the line " + drawn() + ": mend it.");
  }
}

void FamilyChecker::check_whole(const std::optional<Expression>& number, int least, int most,
                                const std::string& field) {
  if (!number) return;
  const std::optional<Rational> known = value(number);
  if (known && known->is_whole() && *known >= least && *known <= most) return;
  tell(field, "whole",
       "This is " + (known ? to_string(*known) : "no number") + " " + drawn() +
           "; it must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
}

}  // namespace trede::content
