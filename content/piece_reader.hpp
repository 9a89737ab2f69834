// Reads expressions and texts of one item, knowing the names its draws and word lists give. Private to the
// content library.
#pragma once

#include <optional>
#include <vector>

#include "content/document.hpp"
#include "content/expression.hpp"
#include "content/text.hpp"

namespace trede::content {

class PieceReader {
 public:
  PieceReader(const Formulas& formulas, bool formulas_present)
      : formulas_(formulas), formulas_present_(formulas_present) {}

  // Names come in the order of the item: a draw may use those before it.
  std::optional<Expression> draw(const Field& line);  // "name = expression"
  void word_list(const std::string& name, const Field& lists);

  // a text with an expression, or a plain number
  std::optional<Expression> number(const Field& field) const;
  std::optional<Expression> condition(const Field& field, bool with_answer = false) const;
  Text text(const Field& field) const;
  // each fills only its own language
  std::vector<Text> plain_texts(const Field& list, Language language) const;

  const Scope& scope() const { return scope_; }
  const std::vector<WordList>& words() const { return words_; }

 private:
  bool is_free_name(const std::string& name, const Field& at) const;
  std::vector<Run> runs(const Field& field, const std::string& source) const;

  Scope scope_;
  std::vector<WordList> words_;
  const Formulas& formulas_;
  bool formulas_present_;
};

}  // namespace trede::content
