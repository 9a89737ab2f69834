#include "content/expression.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::content;

namespace {

const Scope two_names{{"a", "b"}, false};

std::string value_of(const std::string& source, Rational a = 3, Rational b = 8) {
  const Result<Expression> expression = Expression::parse(source, two_names);
  if (!expression) return expression.error().detail;
  const std::optional<Rational> value = expression->evaluate(std::vector<Rational>{a, b});
  return value ? to_string(*value) : "no value";
}

std::string problem_of(const std::string& source) {
  const Result<Expression> expression = Expression::parse(source, two_names);
  return expression ? "parsed" : expression.error().detail;
}

}  // namespace

TEST_CASE("expression: arithmetic is exact and follows the usual order") {
  CHECK(value_of("2/3 + 1/6") == "5/6");
  CHECK(value_of("2 + 3 * 4 ^ 2") == "50");
  CHECK(value_of("-2 ^ 2") == "-4");
  CHECK(value_of("2 ^ 3 ^ 2") == "512");
  CHECK(value_of("2 ^ -1") == "1/2");
  CHECK(value_of("10 - 4 - 3") == "3");
  CHECK(value_of("12 / 6 / 2") == "1");
  CHECK(value_of("(a + b) * 0.5") == "11/2");
  CHECK(value_of("a - -b") == "11");
}

TEST_CASE("expression: every function does what it says") {
  CHECK(value_of("gcd(12, 18)") == "6");
  CHECK(value_of("lcm(4, 6)") == "12");
  CHECK(value_of("min(a, b, 2)") == "2");
  CHECK(value_of("max(a, b, 2)") == "8");
  CHECK(value_of("abs(a - b)") == "5");
  CHECK(value_of("floor(b / a)") == "2");
  CHECK(value_of("ceil(b / a)") == "3");
  CHECK(value_of("round(b / a, 2)") == "267/100");
  CHECK(value_of("mod(b, a)") == "2");
  CHECK(value_of("num(6/8) + den(6/8)") == "7");
  CHECK(value_of("if(a < b, 1, 2)") == "1");
}

TEST_CASE("expression: conditions compare and combine") {
  CHECK(value_of("a < b and b <= 8") == "1");
  CHECK(value_of("a = b or a != 3") == "0");
  CHECK(value_of("not a > b") == "1");
  CHECK(value_of("not (a = 3 and b = 8)") == "0");
  CHECK(value_of("2/4 = 1/2") == "1");
}

TEST_CASE("expression: what is not needed is not worked out") {
  CHECK(value_of("if(a = 0, 1/a, 5)", 0) == "no value");
  CHECK(value_of("if(a = 0, 5, 1/a)", 0) == "5");
  CHECK(value_of("a = 0 or 1/a > 0", 0) == "1");
  CHECK(value_of("a != 0 and 1/a > 0", 0) == "0");
}

TEST_CASE("expression: dividing by zero and overflow have no value") {
  CHECK(value_of("1 / (a - 3)") == "no value");
  CHECK(value_of("mod(a, 0)") == "no value");
  CHECK(value_of("10 ^ 18 * 10 ^ 18") == "no value");
  CHECK(value_of("2 ^ 0.5") == "no value");
  CHECK(value_of("gcd(1/2, 3)") == "no value");
}

TEST_CASE("expression: errors say what is wrong and where") {
  CHECK(problem_of("a +") == "the expression ends too early at column 4");
  CHECK(problem_of("a + c") == "\"c\" is not a known name at column 5");
  CHECK(problem_of("sin(a)") == "\"sin\" is not a known function at column 1");
  CHECK(problem_of("(a + b") == "a closing parenthesis is missing at column 7");
  CHECK(problem_of("a b") == "unexpected \"b\" at column 3");
  CHECK(problem_of("gcd(a)") == "gcd has the wrong number of arguments at column 1");
  CHECK(problem_of("a < b + (a < b)") == "a number is needed, this is a condition at column 8");
  CHECK(problem_of("a and b") == "a condition is needed, this is a number at column 1");
  CHECK(problem_of("if(a < b, 1, a < b)") == "both outcomes of if must be of one kind at column 1");
  CHECK(problem_of("rand(1, 6)") == "rand may only be used in draw at column 1");
  CHECK(problem_of("1.2.3") == "\"1.2.3\" is not a number at column 1");
}

TEST_CASE("expression: hostile input is refused, however it is nested") {
  CHECK(problem_of(std::string(100, '(')) != "parsed");
  CHECK(problem_of(std::string(100, '-') + "1") != "parsed");
  CHECK(problem_of(std::string(1000, '1')) != "parsed");
  std::string nots;
  for (int i = 0; i < 50; ++i) nots += "not ";
  CHECK(problem_of(nots + "a < b") != "parsed");
  std::string powers = "2";
  for (int i = 0; i < 60; ++i) powers += "^2";
  CHECK(problem_of(powers) != "parsed");
  for (const char* bad : {"", " ", ")", "a +* b", "a == b", "=", "<", "a ? b", "a;b", "\xff", "a..b", "@",
                          "min()", "min(,)", "A"}) {
    CHECK(problem_of(bad) != "parsed");
  }
}

TEST_CASE("expression: no text of its signs can break the parser") {
  const std::string signs = "ab01.+-*/^()=<>!, andornotifgcd";
  Random random{11};
  int parsed = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string source;
    for (int length = random.below(24); length > 0; --length)
      source += signs[static_cast<std::size_t>(random.below(static_cast<int>(signs.size())))];
    const Result<Expression> expression = Expression::parse(source, two_names);
    if (!expression) continue;
    ++parsed;
    const std::vector<Rational> variables{3, 8};
    const std::optional<Rational> direct = expression->evaluate(variables);
    CHECK(expression->bind(variables).evaluate(variables) == direct);
  }
  CHECK(parsed > 100);
}

TEST_CASE("expression: rand and pick stay within their bounds and reach them") {
  const Scope drawing{{"a", "b"}, true};
  const std::vector<Rational> variables{2, 4};
  const Expression rolled = *Expression::parse_number("rand(a, b, 0.5)", drawing);
  const Expression picked = *Expression::parse_number("pick(a, b, 7)", drawing);
  Random random{5};
  std::vector<Rational> seen;
  for (int i = 0; i < 400; ++i) seen.push_back(*rolled.evaluate(variables, &random));
  CHECK(*std::min_element(seen.begin(), seen.end()) == Rational{2});
  CHECK(*std::max_element(seen.begin(), seen.end()) == Rational{4});
  for (int i = 0; i < 100; ++i) {
    const Rational value = *picked.evaluate(variables, &random);
    CHECK((value == 2 || value == 4 || value == 7));
  }
  CHECK_FALSE(Expression::parse_number("rand(b, a)", drawing)->evaluate(variables, &random));
  CHECK_FALSE(Expression::parse_number("rand(a, b, 0)", drawing)->evaluate(variables, &random));
}

TEST_CASE("expression: binding some names leaves the others open") {
  const Scope scope{{"a", "b", "answer"}, false};
  const Expression solve = *Expression::parse_condition("answer - a/b = 1/b", scope);
  const Expression bound = solve.bind(std::vector<Rational>{3, 8});
  CHECK(bound.holds(std::vector<Rational>{0, 0, *Rational::make(1, 2)}));
  CHECK_FALSE(bound.holds(std::vector<Rational>{0, 0, 1}));
}
