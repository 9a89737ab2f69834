// An author's text, parsed once: runs with holes that a draw fills (docs/CONTENT.md, Text). Immutable; any
// thread renders. Holes are filled with digits or the author's own words, never with markup; formulas come
// from checked MathML.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/expression.hpp"
#include "content/instance.hpp"
#include "content/projection.hpp"
#include "content/result.hpp"

namespace trede::content {

// TeX as between the dollars → MathML with <mn>@hole@</mn>
using Formulas = std::map<std::string, std::string>;

struct WordList {
  std::string name;
  std::vector<std::string> nl, en;  // equally long

  const std::vector<std::string>& in(Language language) const { return language == Language::Nl ? nl : en; }
};

struct Hole {
  std::optional<Expression> number;  // or, without it,
  int word = -1;                     // a word list
  int places = -1;                   // exactly so many decimals; −1 = as many as needed
};

struct Piece {
  std::string literal;
  std::optional<Hole> hole;  // after the literal
};

enum class RunKind { Text, Strong, Math, Line, Paragraph };

struct Run {
  RunKind kind = RunKind::Text;
  std::vector<Piece> pieces;
};

struct Text {
  std::vector<Run> nl, en;

  const std::vector<Run>& in(Language language) const { return language == Language::Nl ? nl : en; }
  bool empty() const { return nl.empty(); }
};

// What the holes of a text may name, and where its formulas are. All must outlive the parsing only.
struct TextContext {
  const Scope& scope;
  const std::vector<WordList>& words;
  const Formulas& formulas;
  bool formulas_present = true;  // false: formulas.json is missing as a whole, reported once elsewhere
};

// One language of a text. Every problem found is told to `report`, in a sentence; what could be read is
// returned.
std::vector<Run> parse_text(std::string_view source, const TextContext& context,
                            const std::function<void(std::string)>& report);

// A letter outside holes and formulas: such a text cannot be the same in both languages.
bool has_letters(std::string_view source);

RichText render(const Text& text, const std::vector<WordList>& words, const Instance& instance,
                Language language);
std::string render_plain(const Text& text, const std::vector<WordList>& words, const Instance& instance,
                         Language language);
std::string plain(const RichText& text);  // without formulas' markup

}  // namespace trede::content
