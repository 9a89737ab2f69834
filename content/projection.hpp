// What a pupil may see of an item: the drawn exercise without its key. These structs have no field for a
// key, so no message that is built from them can leak one. The protocol sends them as they are.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

namespace trede::content {

enum class Language { Nl, En };
BOOST_DESCRIBE_ENUM(Language, Nl, En)

// One run of a text. kind: "text", "strong", "math" (MathML made from the author's TeX, digits filled in),
// "line" (a line break), "paragraph" (a new one).
struct Segment {
  std::string kind;
  std::string value;
};
BOOST_DESCRIBE_STRUCT(Segment, (), (kind, value))

using RichText = std::vector<Segment>;

struct TableRow {
  std::string label;
  std::vector<std::string> cells;  // "?" is the empty one
};
BOOST_DESCRIBE_STRUCT(TableRow, (), (label, cells))

// A picture the browser draws. Which numbers are set depends on the type (docs/CONTENT.md, Figures).
struct Figure {
  std::string type;  // bar, circle, grid, line, dots, table
  std::string alt;
  std::optional<int> parts, shaded, rows, columns, ticks, groups, each;
  std::optional<double> from, to, mark;
  std::optional<std::string> labels;     // ends, all, none
  std::vector<std::string> tick_labels;  // line: the text at each tick, empty = none
  std::vector<TableRow> table;
};
BOOST_DESCRIBE_STRUCT(Figure, (),
                      (type, alt, parts, shaded, rows, columns, ticks, groups, each, from, to, mark, labels,
                       tick_labels, table))

struct Option {
  RichText text;
  std::optional<Figure> figure;
};
BOOST_DESCRIBE_STRUCT(Option, (), (text, figure))

// How to answer. type: number, fraction, mixed, single, multiple, text, ordering. Options are in the order
// shown; an answer names them by position.
struct AnswerForm {
  std::string type;
  std::vector<Option> options;  // single, multiple, ordering
  std::string unit, before;     // number
  bool simplest = false;        // fraction: the simplest form is asked
};
BOOST_DESCRIBE_STRUCT(AnswerForm, (), (type, options, unit, before, simplest))

struct Exercise {
  RichText body;
  std::optional<Figure> figure;
  AnswerForm form;
  int hints = 0;  // how many there are; each is sent when asked for
};
BOOST_DESCRIBE_STRUCT(Exercise, (), (body, figure, form, hints))

// An answer as given: a text (number "0,75", fraction "3/4", mixed "1 3/4", text) or chosen positions (in
// order, for ordering).
struct Answer {
  std::optional<std::string> text;
  std::optional<std::vector<int>> chosen;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (text, chosen))

// What is shown after the answer; only then may it leave the server.
struct Feedback {
  bool right = false;
  RichText message;         // what went wrong, when known; empty = the page's own kind word
  RichText correct_answer;  // as a text in the pupil's notation
  RichText solution;
};
BOOST_DESCRIBE_STRUCT(Feedback, (), (right, message, correct_answer, solution))

}  // namespace trede::content
