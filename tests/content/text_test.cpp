#include "content/text.hpp"

#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::content;

namespace {

const std::vector<WordList> fruit{{"fruit", {"appel", "peer"}, {"apple", "pear"}}};
const Formulas formulas{{"\\frac{@a@}{4}", "<math><mfrac><mn>@a@</mn><mn>4</mn></mfrac></math>"},
                        {"@if(a < 3, 1, 2)@", "<math><mn>@if(a &lt; 3, 1, 2)@</mn></math>"},
                        {"@a@+1", "<math><mn>@a@</mn><mo>+</mo><mn>@b@</mn></math>"},
                        {"x", "<math href=\"https://example.org\"><mi>x</mi></math>"}};

struct Read {
  std::string shown;  // kind:value|kind:value
  std::vector<std::string> problems;
};

Read read(const std::string& source, Rational a = 3, Language language = Language::Nl) {
  const Scope scope{{"a", "b"}, false};
  Read result;
  Text text;
  text.nl = parse_text(source, {scope, fruit, formulas},
                       [&](std::string message) { result.problems.push_back(message); });
  text.en = text.nl;
  for (const Segment& segment : render(text, fruit, {0, {a, 8}, {1}, {}}, language)) {
    result.shown += (result.shown.empty() ? "" : "|") + segment.kind + ":" + segment.value;
  }
  return result;
}

}  // namespace

TEST_CASE("text: holes, words, emphasis and paragraphs become segments") {
  CHECK(read("Je hebt @a@ @fruit@.").shown == "text:Je hebt 3 peer.");
  CHECK(read("You have @a/2@ @fruit@.", 3, Language::En).shown == "text:You have 1.5 pear.");
  CHECK(read("Een **grote @a@** x").shown == "text:Een |strong:grote 3|text: x");
  CHECK(read("a\nb\n\nc").shown == "text:a|line:|text:b|paragraph:|text:c");
  CHECK(read("€ @a:2@").shown == "text:€ 3,00");
  CHECK(read("2 * 3").shown == "text:2 * 3");
}

TEST_CASE("text: a formula is its MathML with digits in the holes") {
  CHECK(read("$\\frac{@a@}{4}$").shown == "math:<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math>");
  CHECK(read("$@if(a < 3, 1, 2)@$").shown == "math:<math><mn>2</mn></math>");
  CHECK(read("$\\frac{@a@}{4}$", *Rational::make(1, 2)).shown ==
        "math:<math><mfrac><mn>0,5</mn><mn>4</mn></mfrac></math>");
}

TEST_CASE("text: a value without a decimal form is still shown") {
  CHECK(read("@a@", *Rational::make(1, 3)).shown == "text:1/3");
  CHECK(read("@a@", *Rational::make(1, 3)).problems.empty());
}

TEST_CASE("text: every mistake of the author is told") {
  CHECK(read("@a").problems.size() == 1);
  CHECK(read("$\\frac{1}{2}").problems.size() == 1);
  CHECK(read("**a").problems.size() == 1);
  CHECK(read("**a\nb").problems.size() == 1);
  CHECK(read("@nothing@ and @a +@").problems.size() == 2);
  CHECK(read("@a:9@").problems.size() == 1);
  CHECK(read("@a < 2@").problems.size() == 1);
  CHECK(read("@@").problems.size() == 1);
  CHECK(read("$\\frac{1}{3}$").problems[0].find("is not in formulas.json") != std::string::npos);
  CHECK(read("$@a@+1$").problems[0].find("other holes") != std::string::npos);
  CHECK(read("$x$").problems[0].find("\"href\" is not allowed") != std::string::npos);
  CHECK(read(std::string(5000, 'a')).problems.size() == 1);
}

TEST_CASE("text: letters are found outside holes and formulas only") {
  CHECK_FALSE(has_letters("@a@ × 3 ÷ $\\frac{a}{b}$ = € 5 – 3 °"));
  CHECK(has_letters("3 cm"));
  CHECK(has_letters("é"));
  CHECK_FALSE(has_letters("−5"));
}
