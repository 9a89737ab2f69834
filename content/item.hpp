// An item family, parsed and compiled: body, answer with its key, hints, solution. Immutable; owned by an
// ItemBank and read by any thread. It holds the key: only content/present.hpp decides what of it a pupil
// sees.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content/expression.hpp"
#include "content/text.hpp"
#include "engine/catalogue/catalogue.hpp"

namespace trede::content {

struct TableRowSpec {
  Text label;
  std::vector<std::optional<Expression>> cells;  // nullopt is shown as "?"
};

struct FigureSpec {
  std::string type;  // bar, circle, grid, line, dots, table
  Text alt;
  std::optional<Expression> parts, shaded, rows, columns, ticks, groups, each, from, to, mark;
  std::string labels;  // line: ends, all, none
  std::vector<TableRowSpec> table;
};

enum class AnswerType { Number, Fraction, Single, Multiple, Text, Ordering };
enum class FractionForm { Any, Simplest, Mixed };

// An option of a choice or an entry of an ordering.
struct OptionSpec {
  Text text;
  std::optional<FigureSpec> figure;
  bool correct = false;
  std::optional<Expression> value;
  Text feedback;
};

struct AnswerSpec {
  AnswerType type = AnswerType::Number;
  std::optional<Expression> value;      // number, fraction
  std::optional<Expression> tolerance;  // number
  FractionForm form = FractionForm::Any;
  Text unit, before;                // number
  std::vector<OptionSpec> options;  // single, multiple, ordering
  bool shuffle = true;
  bool descending = false;                 // ordering
  std::vector<Text> accept_nl, accept_en;  // text; only the Text's own language is filled
  Text wrong;                              // feedback when no mistake matches

  const std::vector<Text>& accept(Language language) const {
    return language == Language::Nl ? accept_nl : accept_en;
  }
};

// A known wrong answer: one of value, accept and reversed, by the type of the answer.
struct Mistake {
  std::optional<Expression> value;
  std::vector<Text> accept_nl, accept_en;
  bool reversed = false;
  Text feedback;

  const std::vector<Text>& accept(Language language) const {
    return language == Language::Nl ? accept_nl : accept_en;
  }
};

struct Secondary {
  int topic = 0;
  double weight = 0.0;
};

struct Item {
  std::string id;
  std::string file;  // where it was read: "items/<topic>/<id>.json"
  int topic = 0;     // index in ItemBank::topics
  std::vector<Secondary> also;
  double step = 0.0;               // logits against the topic's level
  std::vector<std::string> names;  // of draws, in order
  std::vector<Expression> draws;
  std::vector<Expression> require;
  std::vector<WordList> words;
  Text body;
  std::optional<FigureSpec> figure;
  AnswerSpec answer;
  std::optional<Expression> solve;  // scope: names, then `answer`
  std::vector<Mistake> mistakes;
  std::vector<Text> hints;
  Text solution;
  double minutes = 0.75;
  double discrimination = 1.2;
  ItemStatus status = ItemStatus::Active;
  bool enrichment = false;
  std::string author, source, licence;

  bool is_drawn() const { return !draws.empty(); }
};

}  // namespace trede::content
