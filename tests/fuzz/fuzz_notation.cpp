// The small languages of the content, each on the same text: expressions, texts with holes, MathML, numbers as pupils
// write them.
#include "content/expression.hpp"
#include "content/mathml.hpp"
#include "content/notation.hpp"
#include "content/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t count) {
  using namespace trede;
  using namespace trede::content;
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  const Scope scope{{"a", "b", "answer"}, true};
  const std::array<Rational, 3> values = {*Rational::make(3, 4), *Rational::make(-7, 1),
                                          *Rational::make(1, 3)};
  Random random(1);
  if (const auto expression = Expression::parse(text, scope); expression.has_value()) {
    const auto value = expression->evaluate(values, &random);
    if (value) (void)fraction_text(*value);
  }
  const std::vector<WordList> words;
  const Formulas formulas;
  (void)parse_text(text, {scope, words, formulas, false}, [](const std::string&) {});
  if (const auto cleaned = clean_mathml(text); cleaned.has_value()) {
    const auto again = clean_mathml(*cleaned);
    ENSURE(again.has_value() && *again == *cleaned);
  }
  for (const Language language : {Language::Nl, Language::En})
    if (const auto number = read_number(text, language); number.has_value()) {
      const auto again = read_number(show_always(*number, language), language);
      ENSURE(again.has_error() || *again == *number);
    }
  (void)read_fraction(text);
  (void)normalised_word(text);
  return 0;
}
