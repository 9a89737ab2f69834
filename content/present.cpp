#include "content/present.hpp"

#include <algorithm>

#include "content/notation.hpp"

namespace trede::content {
namespace {

std::string fraction_in_math(std::int64_t numerator, std::int64_t denominator) {
  return "<mfrac><mn>" + std::to_string(numerator) + "</mn><mn>" + std::to_string(denominator) +
         "</mn></mfrac>";
}

std::string sign_in_math(const Rational& value) {
  return value < 0 ? "<mo>−</mo>" : "";
}

// In lowest terms: −3/4, or 2.
std::string number_in_math(const Rational& value) {
  const std::int64_t size = std::abs(value.numerator());
  if (value.is_whole()) return sign_in_math(value) + "<mn>" + std::to_string(size) + "</mn>";
  return sign_in_math(value) + fraction_in_math(size, value.denominator());
}

// −1 3/4; the value is no whole number.
std::string mixed_in_math(const Rational& value) {
  const std::int64_t size = std::abs(value.numerator());
  const std::int64_t whole = size / value.denominator();
  const std::string front = whole > 0 ? "<mn>" + std::to_string(whole) + "</mn>" : "";
  return sign_in_math(value) + front +
         fraction_in_math(size - whole * value.denominator(), value.denominator());
}

// Renders the parts of one item for one draw and language.
class Presenter {
 public:
  Presenter(const Item& item, const Instance& instance, Language language)
      : item_(item), instance_(instance), language_(language) {}

  RichText rich(const Text& text) const { return render(text, item_.words, instance_, language_); }
  std::string plain_text(const Text& text) const {
    return render_plain(text, item_.words, instance_, language_);
  }

  std::optional<Figure> figure(const std::optional<FigureSpec>& spec) const;
  AnswerForm form() const;
  RichText message(const Outcome& outcome) const;
  RichText key() const;

 private:
  std::optional<Rational> value(const std::optional<Expression>& expression) const {
    return expression ? expression->evaluate(instance_.variables) : std::nullopt;
  }
  std::optional<int> whole(const std::optional<Expression>& expression) const;
  std::optional<double> real(const std::optional<Expression>& expression) const;
  std::vector<std::string> tick_labels(const FigureSpec& spec) const;
  std::vector<TableRow> table(const FigureSpec& spec) const;
  RichText number_key() const;
  RichText fraction_key() const;
  std::optional<std::string> unreduced_key() const;
  RichText options_key() const;

  const Item& item_;
  const Instance& instance_;
  Language language_;
};

std::optional<int> Presenter::whole(const std::optional<Expression>& expression) const {
  constexpr std::int64_t most = 1'000'000;
  const std::optional<Rational> number = value(expression);
  if (!number) return std::nullopt;
  return static_cast<int>(std::clamp(floor_of(*number).numerator(), -most, most));
}

std::optional<double> Presenter::real(const std::optional<Expression>& expression) const {
  const std::optional<Rational> number = value(expression);
  if (!number) return std::nullopt;
  return number->to_double();
}

std::vector<std::string> Presenter::tick_labels(const FigureSpec& spec) const {
  const std::optional<Rational> from = value(spec.from);
  const std::optional<Rational> to = value(spec.to);
  const int ticks = std::clamp(whole(spec.ticks).value_or(1), 1, 1000);
  const std::optional<Rational> width = from && to ? subtract(*to, *from) : std::nullopt;
  std::vector<std::string> labels;
  for (int tick = 0; width && tick <= ticks; ++tick) {
    const bool shown = spec.labels == "all" || (spec.labels == "ends" && (tick == 0 || tick == ticks));
    const std::optional<Rational> part = multiply(*width, *Rational::make(tick, ticks));
    const std::optional<Rational> at = part ? add(*from, *part) : std::nullopt;
    labels.push_back(shown && at ? show_always(*at, language_) : "");
  }
  return labels;
}

std::vector<TableRow> Presenter::table(const FigureSpec& spec) const {
  std::vector<TableRow> rows;
  for (const TableRowSpec& row : spec.table) {
    TableRow shown{plain_text(row.label), {}};
    for (const std::optional<Expression>& cell : row.cells) {
      const std::optional<Rational> number = value(cell);
      shown.cells.push_back(number ? show_always(*number, language_) : "?");
    }
    rows.push_back(std::move(shown));
  }
  return rows;
}

std::optional<Figure> Presenter::figure(const std::optional<FigureSpec>& spec) const {
  if (!spec) return std::nullopt;
  Figure figure;
  figure.type = spec->type;
  figure.alt = plain_text(spec->alt);
  figure.parts = whole(spec->parts);
  figure.shaded = whole(spec->shaded);
  figure.rows = whole(spec->rows);
  figure.columns = whole(spec->columns);
  figure.ticks = whole(spec->ticks);
  figure.groups = whole(spec->groups);
  figure.each = whole(spec->each);
  figure.from = real(spec->from);
  figure.to = real(spec->to);
  figure.mark = real(spec->mark);
  if (spec->type == "line") {
    figure.labels = spec->labels;
    figure.tick_labels = tick_labels(*spec);
  }
  figure.table = table(*spec);
  return figure;
}

AnswerForm Presenter::form() const {
  const AnswerSpec& answer = item_.answer;
  AnswerForm form;
  switch (answer.type) {
    case AnswerType::Number:
      form.type = "number";
      break;
    case AnswerType::Fraction:
      form.type = answer.form == FractionForm::Mixed ? "mixed" : "fraction";
      break;
    case AnswerType::Single:
      form.type = "single";
      break;
    case AnswerType::Multiple:
      form.type = "multiple";
      break;
    case AnswerType::Text:
      form.type = "text";
      break;
    case AnswerType::Ordering:
      form.type = "ordering";
      break;
  }
  form.unit = plain_text(answer.unit);
  form.before = plain_text(answer.before);
  form.simplest = answer.form == FractionForm::Simplest;
  for (const int index : instance_.order) {
    const OptionSpec& option = answer.options[static_cast<std::size_t>(index)];
    form.options.push_back({rich(option.text), figure(option.figure)});
  }
  return form;
}

RichText Presenter::message(const Outcome& outcome) const {
  if (outcome.right) return {};
  const auto index = static_cast<std::size_t>(outcome.mistake);
  const AnswerSpec& answer = item_.answer;
  const bool choice = answer.type == AnswerType::Single || answer.type == AnswerType::Multiple;
  if (outcome.mistake >= 0 && choice && index < answer.options.size())
    return rich(answer.options[index].feedback);
  if (outcome.mistake >= 0 && !choice && index < item_.mistakes.size())
    return rich(item_.mistakes[index].feedback);
  if (!outcome.other_form) return rich(answer.wrong);
  const bool mixed = answer.form == FractionForm::Mixed;
  if (language_ == Language::Nl) {
    return {
        {"text", mixed ? "De waarde klopt! Schrijf het nu met de helen voorop en de breuk zo klein mogelijk."
                       : "De waarde klopt! Maak de breuk nu nog zo klein mogelijk."}};
  }
  return {{"text",
           mixed
               ? "The value is right! Now write the whole number first and the fraction in its simplest form."
               : "The value is right! Now write the fraction in its simplest form."}};
}

RichText Presenter::key() const {
  switch (item_.answer.type) {
    case AnswerType::Number:
      return number_key();
    case AnswerType::Fraction:
      return fraction_key();
    case AnswerType::Text:
      return {{"text", *key_answer(item_, instance_, language_).text}};
    default:
      return options_key();
  }
}

RichText Presenter::number_key() const {
  const std::string before = plain_text(item_.answer.before);
  const std::string unit = plain_text(item_.answer.unit);
  const Rational key = *value(item_.answer.value);
  const std::optional<std::string> cents = show_number(key, language_, 2);
  const bool money = before == "€" && !key.is_whole() && cents;  // € 12,50, not € 12,5
  std::string text = money ? *cents : show_always(key, language_);
  if (!before.empty()) text = before + " " + text;
  if (!unit.empty()) text += (unit.starts_with('%') ? "" : " ") + unit;
  return {{"text", text}};
}

// Written here because the digits come from the draw: no author's formula has them.
RichText Presenter::fraction_key() const {
  const Rational key = *value(item_.answer.value);
  const std::optional<std::string> as_found = unreduced_key();
  if (as_found) return {{"math", "<math>" + *as_found + "<mo>=</mo>" + number_in_math(key) + "</math>"}};
  if (key.is_whole()) return {{"text", show_always(key, language_)}};
  const bool mixed = item_.answer.form == FractionForm::Mixed;
  return {{"math", "<math>" + (mixed ? mixed_in_math(key) : number_in_math(key)) + "</math>"}};
}

// 4/8 where every equal fraction is right and the author's quotient, (3 + 1)/8, leads to it: nobody should have to
// wonder where the 1/2 comes from.
std::optional<std::string> Presenter::unreduced_key() const {
  if (item_.answer.form != FractionForm::Any) return std::nullopt;
  const std::optional<Expression::Quotient> found = item_.answer.value->quotient(instance_.variables);
  if (!found || !found->dividend.is_whole() || !found->divisor.is_whole()) return std::nullopt;
  const std::int64_t above = found->dividend.numerator(), below = found->divisor.numerator();
  const bool is_reduced = below == value(item_.answer.value)->denominator();
  if (above < 0 || below < 0 || is_reduced) return std::nullopt;
  return fraction_in_math(above, below);
}

RichText Presenter::options_key() const {
  RichText all;
  const std::vector<int> positions = *key_answer(item_, instance_, language_).chosen;
  for (const int position : positions) {
    if (!all.empty()) {
      all.push_back(item_.answer.type == AnswerType::Ordering ? Segment{"text", " → "} : Segment{"line", ""});
    }
    const int option = instance_.order[static_cast<std::size_t>(position)];
    const RichText text = rich(item_.answer.options[static_cast<std::size_t>(option)].text);
    all.insert(all.end(), text.begin(), text.end());
  }
  return all;
}

}  // namespace

Exercise project(const Item& item, const Instance& instance, Language language) {
  const Presenter presenter{item, instance, language};
  return {presenter.rich(item.body), presenter.figure(item.figure), presenter.form(),
          static_cast<int>(item.hints.size())};
}

Result<RichText> hint(const Item& item, const Instance& instance, int index, Language language) {
  if (index < 0 || index >= static_cast<int>(item.hints.size()))
    return Error{ErrorCode::NotFound, "there is no such hint"};
  return Presenter{item, instance, language}.rich(item.hints[static_cast<std::size_t>(index)]);
}

Feedback explain(const Item& item, const Instance& instance, const Outcome& outcome, Language language) {
  const Presenter presenter{item, instance, language};
  return {outcome.right, presenter.message(outcome), presenter.key(), presenter.rich(item.solution)};
}

}  // namespace trede::content
