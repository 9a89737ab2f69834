#include "content/expression_parser.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "content/limits.hpp"

namespace trede::content {
namespace {

using Operation = Expression::Operation;

bool is_word_sign(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') ||
         sign == '_';
}

}  // namespace

Result<Expression> ExpressionParser::parse() {
  if (source_.size() > limits::expression_bytes) fail("the expression is too long", 0);
  const Part root = disjunction();
  skip_spaces();
  if (at_ < source_.size()) fail("unexpected \"" + std::string{source_.substr(at_, 10)} + "\"", at_);
  if (failure_) return Error{ErrorCode::Invalid, *failure_};
  Expression expression;
  expression.source_ = source_;
  expression.nodes_ = std::move(nodes_);
  expression.type_ = root.type;
  expression.uses_names_ = uses_names_;
  return expression;
}

// Only the first failure is told. Moving to the end of the text makes every rule return at once.
ExpressionParser::Part ExpressionParser::fail(const std::string& message, std::size_t at) {
  if (!failure_) failure_ = message + " at column " + std::to_string(at + 1);
  at_ = source_.size();
  return {};
}

ExpressionParser::Part ExpressionParser::disjunction() {
  if (++depth_ > limits::expression_depth) return fail("too deeply nested", at_);
  const std::size_t start = at_;
  Part left = conjunction();
  while (take_word("or")) {
    demand(left, Type::Truth, start);
    const Part right = conjunction();
    demand(right, Type::Truth, at_);
    left = add({Operation::Or, {}, 0, {left.node, right.node}}, Type::Truth);
  }
  --depth_;
  return left;
}

ExpressionParser::Part ExpressionParser::conjunction() {
  const std::size_t start = at_;
  Part left = negation();
  while (take_word("and")) {
    demand(left, Type::Truth, start);
    const Part right = negation();
    demand(right, Type::Truth, at_);
    left = add({Operation::And, {}, 0, {left.node, right.node}}, Type::Truth);
  }
  return left;
}

ExpressionParser::Part ExpressionParser::negation() {
  if (!take_word("not")) return comparison();
  if (++depth_ > limits::expression_depth) return fail("too deeply nested", at_);
  const std::size_t start = at_;
  const Part part = negation();
  --depth_;
  demand(part, Type::Truth, start);
  return add({Operation::Not, {}, 0, {part.node}}, Type::Truth);
}

ExpressionParser::Part ExpressionParser::comparison() {
  struct Sign {
    std::string_view text;
    Operation operation;
  };
  static constexpr std::array signs{Sign{"!=", Operation::Unequal},      Sign{"<=", Operation::LessEqual},
                                    Sign{">=", Operation::GreaterEqual}, Sign{"=", Operation::Equal},
                                    Sign{"<", Operation::Less},          Sign{">", Operation::Greater}};
  const std::size_t start = at_;
  const Part left = sum();
  for (const Sign& sign : signs) {
    if (!take(sign.text)) continue;
    const std::size_t middle = at_;
    demand(left, Type::Number, start);
    const Part right = sum();
    demand(right, Type::Number, middle);
    return add({sign.operation, {}, 0, {left.node, right.node}}, Type::Truth);
  }
  return left;
}

ExpressionParser::Part ExpressionParser::sum() {
  const std::size_t start = at_;
  Part left = product();
  while (true) {
    const bool plus = take("+");
    if (!plus && !take("-")) return left;
    const std::size_t middle = at_;
    demand(left, Type::Number, start);
    const Part right = product();
    demand(right, Type::Number, middle);
    left = add({plus ? Operation::Add : Operation::Subtract, {}, 0, {left.node, right.node}}, Type::Number);
  }
}

ExpressionParser::Part ExpressionParser::product() {
  const std::size_t start = at_;
  Part left = sign();
  while (true) {
    const bool times = take("*");
    if (!times && !take("/")) return left;
    const std::size_t middle = at_;
    demand(left, Type::Number, start);
    const Part right = sign();
    demand(right, Type::Number, middle);
    left =
        add({times ? Operation::Multiply : Operation::Divide, {}, 0, {left.node, right.node}}, Type::Number);
  }
}

ExpressionParser::Part ExpressionParser::sign() {
  if (!take("-")) return raised();
  if (++depth_ > limits::expression_depth) return fail("too deeply nested", at_);
  const std::size_t start = at_;
  const Part part = sign();
  --depth_;
  demand(part, Type::Number, start);
  return add({Operation::Negate, {}, 0, {part.node}}, Type::Number);
}

ExpressionParser::Part ExpressionParser::raised() {
  const std::size_t start = at_;
  const Part base = atom();
  if (!take("^")) return base;
  const std::size_t middle = at_;
  demand(base, Type::Number, start);
  if (++depth_ > limits::expression_depth) return fail("too deeply nested", at_);
  const Part exponent = sign();
  --depth_;
  demand(exponent, Type::Number, middle);
  return add({Operation::Power, {}, 0, {base.node, exponent.node}}, Type::Number);
}

ExpressionParser::Part ExpressionParser::atom() {
  skip_spaces();
  if (at_ == source_.size()) return fail("the expression ends too early", at_);
  if (take("(")) {
    const Part inner = disjunction();
    if (!take(")")) fail("a closing parenthesis is missing", at_);
    return inner;
  }
  const char sign = source_[at_];
  if ((sign >= '0' && sign <= '9') || sign == '.') return number();
  if (is_word_sign(sign)) return name();
  return fail("unexpected \"" + std::string{source_.substr(at_, 1)} + "\"", at_);
}

ExpressionParser::Part ExpressionParser::number() {
  const std::size_t start = at_;
  while (at_ < source_.size() && ((source_[at_] >= '0' && source_[at_] <= '9') || source_[at_] == '.')) ++at_;
  const std::optional<Rational> literal = parse_decimal(source_.substr(start, at_ - start));
  if (!literal)
    return fail("\"" + std::string{source_.substr(start, at_ - start)} + "\" is not a number", start);
  return add({Operation::Literal, *literal, 0, {}}, Type::Number);
}

ExpressionParser::Part ExpressionParser::name() {
  const std::size_t start = at_;
  const std::string_view word = take_name();
  if (take("(")) return call(word, start);
  const auto found = std::find(scope_.names.begin(), scope_.names.end(), word);
  if (found == scope_.names.end()) return fail("\"" + std::string{word} + "\" is not a known name", start);
  uses_names_ = true;
  return add({Operation::Name, {}, static_cast<int>(found - scope_.names.begin()), {}}, Type::Number);
}

ExpressionParser::Part ExpressionParser::add(Expression::Node node, Type type) {
  if (nodes_.size() == limits::expression_nodes) return fail("the expression has too many steps", at_);
  nodes_.push_back(std::move(node));
  return {static_cast<int>(nodes_.size()) - 1, type};
}

void ExpressionParser::demand(const Part& part, Type type, std::size_t at) {
  if (part.type == type) return;
  fail(type == Type::Number ? "a number is needed, this is a condition"
                            : "a condition is needed, this is a number",
       at);
}

void ExpressionParser::skip_spaces() {
  while (at_ < source_.size() && (source_[at_] == ' ' || source_[at_] == '\n')) ++at_;
}

bool ExpressionParser::take(std::string_view sign) {
  skip_spaces();
  if (!source_.substr(at_).starts_with(sign)) return false;
  at_ += sign.size();
  return true;
}

bool ExpressionParser::take_word(std::string_view word) {
  skip_spaces();
  const std::string_view rest = source_.substr(at_);
  if (!rest.starts_with(word) || (rest.size() > word.size() && is_word_sign(rest[word.size()]))) return false;
  at_ += word.size();
  return true;
}

std::string_view ExpressionParser::take_name() {
  const std::size_t start = at_;
  while (at_ < source_.size() && is_word_sign(source_[at_])) ++at_;
  return source_.substr(start, at_ - start);
}

}  // namespace trede::content
