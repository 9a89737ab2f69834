#include "content/scoring.hpp"

#include <algorithm>
#include <numeric>

#include "content/limits.hpp"
#include "content/notation.hpp"
#include "content/typed_answer.hpp"

namespace trede::content {
namespace {

Error not_readable(const std::string& what) {
  return {ErrorCode::Invalid, what};
}

std::optional<Rational> value_of(const std::optional<Expression>& expression, const Instance& instance) {
  return expression ? expression->evaluate(instance.variables) : std::nullopt;
}

int mistake_with(const Item& item, const Instance& instance, const Rational& given) {
  const auto found = std::find_if(item.mistakes.begin(), item.mistakes.end(), [&](const Mistake& mistake) {
    return value_of(mistake.value, instance) == given;
  });
  return found == item.mistakes.end() ? -1 : static_cast<int>(found - item.mistakes.begin());
}

Result<std::string> text_of(const Answer& answer) {
  if (!answer.text || answer.chosen) return not_readable("this item wants a text");
  if (answer.text->size() > limits::answer_bytes) return not_readable("the answer is too long");
  if (trimmed(*answer.text).empty()) return not_readable("the answer is empty");
  return *answer.text;
}

Result<Outcome> score_number(const Item& item, const Instance& instance, const Answer& answer,
                             Language language) {
  const Result<std::string> typed = text_of(answer);
  if (!typed) return typed.error();
  const Result<Rational> given = read_number(without_unit(item, instance, *typed), language);
  if (!given) return given.error();
  const Rational key = *value_of(item.answer.value, instance);
  const Rational tolerance = value_of(item.answer.tolerance, instance).value_or(0);
  const std::optional<Rational> distance = subtract(*given, key);
  const bool right = *given == key || (distance && *absolute(*distance) <= tolerance);
  return Outcome{right, right ? -1 : mistake_with(item, instance, *given), false};
}

bool has_form(const WrittenFraction& given, FractionForm form) {
  const bool simplest = std::gcd(given.numerator, given.denominator) == 1 || !given.has_fraction;
  const bool proper = given.numerator < given.denominator || !given.has_fraction;
  switch (form) {
    case FractionForm::Any:
      return true;
    case FractionForm::Simplest:
      return simplest || (given.has_whole && given.numerator == 0);
    default:
      return proper && (simplest || given.numerator == 0);
  }
}

Result<Outcome> score_fraction(const Item& item, const Instance& instance, const Answer& answer) {
  const Result<std::string> typed = text_of(answer);
  if (!typed) return typed.error();
  const Result<WrittenFraction> given = read_fraction(*typed);
  if (!given) return given.error();
  if (given->value != *value_of(item.answer.value, instance)) {
    return Outcome{false, mistake_with(item, instance, given->value), false};
  }
  const bool right = has_form(*given, item.answer.form);
  return Outcome{right, -1, !right};
}

bool accepts(const std::vector<Text>& accepted, const Item& item, const Instance& instance,
             const std::string& word, Language language) {
  return std::any_of(accepted.begin(), accepted.end(), [&](const Text& text) {
    return normalised_word(render_plain(text, item.words, instance, language)) == word;
  });
}

Result<Outcome> score_text(const Item& item, const Instance& instance, const Answer& answer,
                           Language language) {
  const Result<std::string> typed = text_of(answer);
  if (!typed) return typed.error();
  const std::string word = normalised_word(*typed);
  if (word.empty()) return not_readable("the answer is empty");
  if (accepts(item.answer.accept(language), item, instance, word, language)) return Outcome{true, -1, false};
  for (std::size_t i = 0; i < item.mistakes.size(); ++i) {
    if (accepts(item.mistakes[i].accept(language), item, instance, word, language)) {
      return Outcome{false, static_cast<int>(i), false};
    }
  }
  return Outcome{false, -1, false};
}

// The chosen positions as the author's positions; each at most once.
Result<std::vector<int>> chosen_of(const Instance& instance, const Answer& answer) {
  if (!answer.chosen || answer.text) return not_readable("this item wants chosen positions");
  if (answer.chosen->empty()) return not_readable("nothing is chosen");
  std::vector<int> chosen;
  for (const int position : *answer.chosen) {
    if (position < 0 || position >= static_cast<int>(instance.order.size()))
      return not_readable("there is no such option");
    const int option = instance.order[static_cast<std::size_t>(position)];
    if (std::find(chosen.begin(), chosen.end(), option) != chosen.end())
      return not_readable("an option is chosen twice");
    chosen.push_back(option);
  }
  return chosen;
}

// The option whose feedback says what went wrong: first a wrong one that was chosen.
int option_with_feedback(const Item& item, const std::vector<int>& chosen) {
  const auto found = std::find_if(chosen.begin(), chosen.end(), [&](int index) {
    const OptionSpec& option = item.answer.options[static_cast<std::size_t>(index)];
    return !option.correct && !option.feedback.empty();
  });
  return found == chosen.end() ? -1 : *found;
}

Result<Outcome> score_choice(const Item& item, const Instance& instance, const Answer& answer) {
  const Result<std::vector<int>> chosen = chosen_of(instance, answer);
  if (!chosen) return chosen.error();
  if (item.answer.type == AnswerType::Single && chosen->size() != 1)
    return not_readable("choose exactly one option");
  bool right = true;
  for (std::size_t i = 0; i < item.answer.options.size(); ++i) {
    const bool is_chosen = std::find(chosen->begin(), chosen->end(), static_cast<int>(i)) != chosen->end();
    right = right && is_chosen == item.answer.options[i].correct;
  }
  return Outcome{right, right ? -1 : option_with_feedback(item, *chosen), false};
}

// Where each entry belongs: equal ranks may stand in any order.
std::vector<Rational> ranks(const Item& item, const Instance& instance) {
  std::vector<Rational> ranks;
  for (const OptionSpec& entry : item.answer.options) {
    const Rational rank = value_of(entry.value, instance).value_or(static_cast<std::int64_t>(ranks.size()));
    ranks.push_back(item.answer.descending && entry.value ? *negate(rank) : rank);
  }
  return ranks;
}

Result<Outcome> score_ordering(const Item& item, const Instance& instance, const Answer& answer) {
  const Result<std::vector<int>> chosen = chosen_of(instance, answer);
  if (!chosen) return chosen.error();
  if (chosen->size() != item.answer.options.size()) return not_readable("put every entry in the order");
  const std::vector<Rational> rank = ranks(item, instance);
  const auto before = [&](int a, int b) {
    return rank[static_cast<std::size_t>(a)] < rank[static_cast<std::size_t>(b)];
  };
  if (std::is_sorted(chosen->begin(), chosen->end(), before)) return Outcome{true, -1, false};
  const bool reversed = std::is_sorted(chosen->rbegin(), chosen->rend(), before);
  const auto mistake = std::find_if(item.mistakes.begin(), item.mistakes.end(),
                                    [&](const Mistake& known) { return known.reversed && reversed; });
  return Outcome{
      false, mistake == item.mistakes.end() ? -1 : static_cast<int>(mistake - item.mistakes.begin()), false};
}

int position_of(const Instance& instance, int option) {
  return static_cast<int>(std::find(instance.order.begin(), instance.order.end(), option) -
                          instance.order.begin());
}

std::vector<int> key_positions(const Item& item, const Instance& instance) {
  std::vector<int> options(item.answer.options.size());
  std::iota(options.begin(), options.end(), 0);
  if (item.answer.type == AnswerType::Ordering) {
    const std::vector<Rational> rank = ranks(item, instance);
    std::stable_sort(options.begin(), options.end(), [&](int a, int b) {
      return rank[static_cast<std::size_t>(a)] < rank[static_cast<std::size_t>(b)];
    });
  } else {
    std::erase_if(options,
                  [&](int option) { return !item.answer.options[static_cast<std::size_t>(option)].correct; });
  }
  for (int& option : options) option = position_of(instance, option);
  return options;
}

}  // namespace

Result<Outcome> score(const Item& item, const Instance& instance, const Answer& answer, Language language) {
  switch (item.answer.type) {
    case AnswerType::Number:
      return score_number(item, instance, answer, language);
    case AnswerType::Fraction:
      return score_fraction(item, instance, answer);
    case AnswerType::Text:
      return score_text(item, instance, answer, language);
    case AnswerType::Ordering:
      return score_ordering(item, instance, answer);
    default:
      return score_choice(item, instance, answer);
  }
}

Answer key_answer(const Item& item, const Instance& instance, Language language) {
  switch (item.answer.type) {
    case AnswerType::Number: {
      return {show_always(*value_of(item.answer.value, instance), language), std::nullopt};
    }
    case AnswerType::Fraction: {
      const Rational key = *value_of(item.answer.value, instance);
      return {item.answer.form == FractionForm::Mixed ? mixed_text(key) : fraction_text(key), std::nullopt};
    }
    case AnswerType::Text: {
      return {render_plain(item.answer.accept(language).front(), item.words, instance, language),
              std::nullopt};
    }
    default:
      return {std::nullopt, key_positions(item, instance)};
  }
}

}  // namespace trede::content
