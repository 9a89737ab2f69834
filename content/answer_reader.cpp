#include "content/answer_reader.hpp"

#include <algorithm>

#include "content/limits.hpp"

namespace trede::content {
namespace {

struct TypeName {
  std::string_view name;
  AnswerType type;
};
constexpr TypeName type_names[] = {{"number", AnswerType::Number}, {"fraction", AnswerType::Fraction},
                                   {"single", AnswerType::Single}, {"multiple", AnswerType::Multiple},
                                   {"text", AnswerType::Text},     {"ordering", AnswerType::Ordering}};

void read_number_answer(const Field& field, const PieceReader& pieces, AnswerSpec& answer) {
  if (const auto value = field.member("value")) answer.value = pieces.number(*value);
  if (const auto tolerance = field.member("tolerance")) answer.tolerance = pieces.number(*tolerance);
  if (const auto unit = field.member("unit")) answer.unit = pieces.text(*unit);
  if (const auto before = field.member("before")) answer.before = pieces.text(*before);
}

void read_fraction_answer(const Field& field, const PieceReader& pieces, AnswerSpec& answer) {
  if (const auto value = field.member("value")) answer.value = pieces.number(*value);
  const std::optional<Field> form = field.member("form");
  if (!form) return;
  const std::string name = form->string();
  if (name == "simplest") answer.form = FractionForm::Simplest;
  if (name == "mixed") answer.form = FractionForm::Mixed;
  if (name != "any" && name != "simplest" && name != "mixed") {
    form->problem("The form is one of any, simplest, mixed.");
  }
}

OptionSpec read_option(const Field& field, const PieceReader& pieces, std::string_view kind) {
  OptionSpec option;
  if (!field.is_object_of(kind)) return option;
  if (const auto text = field.member("text")) option.text = pieces.text(*text);
  if (const auto correct = field.member("correct")) option.correct = correct->boolean();
  if (const auto value = field.member("value")) option.value = pieces.number(*value);
  if (const auto figure = field.member("figure")) option.figure = read_figure(*figure, pieces);
  if (const auto feedback = field.member("feedback")) option.feedback = pieces.text(*feedback);
  return option;
}

void read_choice(const Field& field, const PieceReader& pieces, AnswerSpec& answer) {
  if (const auto shuffle = field.member("shuffle")) answer.shuffle = shuffle->boolean();
  const std::optional<Field> options = field.member("options");
  if (!options) return;
  for (const Field& option : options->elements(2, limits::options)) {
    answer.options.push_back(read_option(option, pieces, "option"));
  }
  const auto correct = std::count_if(answer.options.begin(), answer.options.end(),
                                     [](const OptionSpec& option) { return option.correct; });
  if (correct == 0) options->problem("No option is correct: give the right one \"correct\": true.");
  if (answer.type == AnswerType::Single && correct > 1) {
    options->problem("A single choice has one correct option; use \"multiple\" when more are right.");
  }
}

void read_ordering(const Field& field, const PieceReader& pieces, AnswerSpec& answer) {
  const std::optional<Field> entries = field.member("entries");
  if (!entries) return;
  for (const Field& entry : entries->elements(2, limits::options)) {
    answer.options.push_back(read_option(entry, pieces, "entry"));
  }
  const auto valued = std::count_if(answer.options.begin(), answer.options.end(),
                                    [](const OptionSpec& option) { return option.value.has_value(); });
  if (valued != 0 && valued != static_cast<std::ptrdiff_t>(answer.options.size())) {
    entries->problem("Either every entry has a value or none has: add the missing ones.");
  }
  const std::optional<Field> order = field.member("order");
  if (!order) return;
  const std::string name = order->string();
  answer.descending = name == "descending";
  if (name != "ascending" && name != "descending") order->problem("The order is ascending or descending.");
  if (valued == 0)
    order->problem("Without values the written order is right: take \"order\" out or add values.");
}

void read_accepted(const Field& field, const PieceReader& pieces, std::vector<Text>& nl,
                   std::vector<Text>& en) {
  const std::optional<Field> accept = field.member("accept");
  if (!accept || !accept->is_object_of("accept")) return;
  if (const auto list = accept->member("nl")) nl = pieces.plain_texts(*list, Language::Nl);
  if (const auto list = accept->member("en")) en = pieces.plain_texts(*list, Language::En);
}

}  // namespace

AnswerSpec read_answer(const Field& field, const PieceReader& pieces) {
  AnswerSpec answer;
  const std::optional<Field> type = field.member("type");
  if (!type) {
    field.problem("The answer needs a \"type\": number, fraction, single, multiple, text or ordering.");
    return answer;
  }
  const std::string name = type->string();
  const auto* found = std::find_if(std::begin(type_names), std::end(type_names),
                                   [&](const TypeName& known) { return known.name == name; });
  if (found == std::end(type_names)) {
    type->problem("The type is one of number, fraction, single, multiple, text, ordering.");
    return answer;
  }
  answer.type = found->type;
  if (!field.is_object_of("answer-" + name)) return answer;
  switch (answer.type) {
    case AnswerType::Number:
      read_number_answer(field, pieces, answer);
      break;
    case AnswerType::Fraction:
      read_fraction_answer(field, pieces, answer);
      break;
    case AnswerType::Single:
    case AnswerType::Multiple:
      read_choice(field, pieces, answer);
      break;
    case AnswerType::Text:
      read_accepted(field, pieces, answer.accept_nl, answer.accept_en);
      break;
    case AnswerType::Ordering:
      read_ordering(field, pieces, answer);
      break;
  }
  if (const auto wrong = field.member("wrong")) answer.wrong = pieces.text(*wrong);
  return answer;
}

Mistake read_mistake(const Field& field, AnswerType type, const PieceReader& pieces) {
  Mistake mistake;
  if (type == AnswerType::Single || type == AnswerType::Multiple) {
    field.problem("For a choice, write the feedback in the options instead of mistakes.");
    return mistake;
  }
  const bool by_value = type == AnswerType::Number || type == AnswerType::Fraction;
  if (!field.is_object_of(by_value                   ? "mistake-value"
                          : type == AnswerType::Text ? "mistake-text"
                                                     : "mistake-order")) {
    return mistake;
  }
  const std::optional<Field> value = field.member("value");
  if (by_value && value) mistake.value = pieces.number(*value);
  if (type == AnswerType::Text) read_accepted(field, pieces, mistake.accept_nl, mistake.accept_en);
  const std::optional<Field> order = field.member("order");
  if (type == AnswerType::Ordering && order) {
    mistake.reversed = order->string() == "reversed";
    if (!mistake.reversed) order->problem("The only known wrong order is \"reversed\".");
  }
  if (const auto feedback = field.member("feedback")) mistake.feedback = pieces.text(*feedback);
  return mistake;
}

}  // namespace trede::content
