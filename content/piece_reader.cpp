#include "content/piece_reader.hpp"

#include <algorithm>
#include <cmath>

#include "content/limits.hpp"
#include "content/notation.hpp"
#include "content/trim.hpp"

namespace trede::content {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 20 && text[0] >= 'a' && text[0] <= 'z' &&
         std::all_of(text.begin(), text.end(),
                     [](char sign) { return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9'); });
}

std::optional<Expression> told(const Field& field, Result<Expression> parsed) {
  if (parsed) return std::move(*parsed);
  field.problem("The expression cannot be read: " + parsed.error().detail + ".");
  return std::nullopt;
}

// A JSON number as the decimal it was written as: 0.1 is one tenth here, not the nearest double.
std::string written(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9f", value);
  std::string digits = text;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

}  // namespace

bool PieceReader::is_free_name(const std::string& name, const Field& at) const {
  if (!is_name(name)) {
    at.problem("\"" + name + "\" is no name: start with a lower-case letter, then letters and digits.");
    return false;
  }
  const bool is_word =
      std::any_of(words_.begin(), words_.end(), [&](const WordList& list) { return list.name == name; });
  const bool is_drawn = std::find(scope_.names.begin(), scope_.names.end(), name) != scope_.names.end();
  if (is_reserved_name(name)) at.problem("\"" + name + "\" is a word of the language: choose another name.");
  if (is_word || is_drawn) at.problem("The name \"" + name + "\" is used twice: choose another.");
  return !is_word && !is_drawn && !is_reserved_name(name);
}

std::optional<Expression> PieceReader::draw(const Field& line) {
  const std::string source = line.string(limits::expression_bytes);
  const std::size_t equals = source.find('=');
  if (equals == std::string::npos) {
    line.problem("A draw is written \"name = expression\".");
    return std::nullopt;
  }
  const std::string name{trim(std::string_view{source}.substr(0, equals))};
  const bool free = is_free_name(name, line);
  Scope random = scope_;
  random.random = true;
  std::optional<Expression> value =
      told(line, Expression::parse_number(trim(std::string_view{source}.substr(equals + 1)), random));
  if (!value) value = Expression::constant(0);  // the name stays known, so that only this line is told
  if (!free) return std::nullopt;
  scope_.names.push_back(name);
  return value;
}

void PieceReader::word_list(const std::string& name, const Field& lists) {
  const bool free = is_free_name(name, lists);
  if (!lists.is_object_of("word-list")) return;
  WordList list{name, {}, {}};
  for (auto& [language, words] : {std::pair{"nl", &list.nl}, std::pair{"en", &list.en}}) {
    const std::optional<Field> field = lists.member(language);
    if (!field) continue;
    for (const Field& word : field->elements(1, limits::words)) words->push_back(word.string());
  }
  if (list.nl.size() != list.en.size())
    lists.problem("The lists in nl and en must be equally long, word for word.");
  const std::size_t shared = std::min(list.nl.size(), list.en.size());
  list.nl.resize(shared);
  list.en.resize(shared);
  if (free && shared > 0) words_.push_back(std::move(list));
}

std::optional<Expression> PieceReader::number(const Field& field) const {
  if (!field.is_number())
    return told(field, Expression::parse_number(field.string(limits::expression_bytes), scope_));
  constexpr double most = 1e9;
  return told(field, Expression::parse_number(written(field.number(-most, most)), scope_));
}

std::optional<Expression> PieceReader::condition(const Field& field, bool with_answer) const {
  Scope scope = scope_;
  if (with_answer) scope.names.push_back("answer");
  return told(field, Expression::parse_condition(field.string(limits::expression_bytes), scope));
}

std::vector<Run> PieceReader::runs(const Field& field, const std::string& source) const {
  const TextContext context{scope_, words_, formulas_, formulas_present_};
  return parse_text(source, context, [&](std::string message) { field.problem(std::move(message)); });
}

Text PieceReader::text(const Field& field) const {
  const Localised source = field.localised();
  if (field.is_string()) {
    std::vector<Run> both = runs(field, source.nl);
    return {both, both};
  }
  Text text;
  if (const std::optional<Field> nl = field.member("nl")) text.nl = runs(*nl, source.nl);
  if (const std::optional<Field> en = field.member("en")) text.en = runs(*en, source.en);
  return text;
}

std::vector<Text> PieceReader::plain_texts(const Field& list, Language language) const {
  std::vector<Text> texts;
  for (const Field& entry : list.elements(1, limits::accepted)) {
    Text text;
    std::vector<Run>& own = language == Language::Nl ? text.nl : text.en;
    own = runs(entry, entry.string());
    if (std::any_of(own.begin(), own.end(), [](const Run& run) { return run.kind != RunKind::Text; })) {
      entry.problem("A pupil types plain words: no formula, emphasis or new line belongs here.");
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace trede::content
