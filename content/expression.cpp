#include "content/expression.hpp"

#include <algorithm>

#include "content/expression_parser.hpp"
#include "content/limits.hpp"

namespace trede::content {
namespace {

using Operation = Expression::Operation;
using Node = Expression::Node;
using Value = std::optional<Rational>;

// Walks the nodes from the root; `if`, `and` and `or` leave out what they do not need, so a guarded division
// is safe.
class Evaluator {
 public:
  Evaluator(const std::vector<Node>& nodes, std::span<const Rational> variables, Random* random)
      : nodes_(nodes), variables_(variables), random_(random) {}

  Value value(int index) const {
    const Node& node = nodes_[static_cast<std::size_t>(index)];
    switch (node.operation) {
      case Operation::Literal:
        return node.literal;
      case Operation::Name:
        return variables_[static_cast<std::size_t>(node.slot)];
      case Operation::If:
        return choose(node);
      case Operation::And:
      case Operation::Or:
        return logic(node);
      case Operation::Pick:
        return pick(node);
      case Operation::Random:
        return random(node);
      case Operation::Minimum:
      case Operation::Maximum:
        return extreme(node);
      default:
        return simple(node);
    }
  }

 private:
  Value input(const Node& node, std::size_t place) const { return value(node.inputs[place]); }

  Value choose(const Node& node) const {
    const Value condition = input(node, 0);
    if (!condition) return std::nullopt;
    return input(node, *condition != 0 ? 1 : 2);
  }

  Value logic(const Node& node) const {
    const Value left = input(node, 0);
    const bool stops_at = node.operation == Operation::Or;
    if (!left || (*left != 0) == stops_at) return left;
    return input(node, 1);
  }

  Value pick(const Node& node) const {
    ENSURE(random_ != nullptr);
    return input(node, static_cast<std::size_t>(random_->below(static_cast<int>(node.inputs.size()))));
  }

  Value random(const Node& node) const {
    ENSURE(random_ != nullptr);
    const Value low = input(node, 0);
    const Value high = input(node, 1);
    const Value step = node.inputs.size() > 2 ? input(node, 2) : Value{Rational{1}};
    if (!low || !high || !step || *step <= 0 || *high < *low) return std::nullopt;
    const Value width = subtract(*high, *low);
    const Value steps = width ? divide(*width, *step) : std::nullopt;
    if (!steps || *steps >= limits::picks) return std::nullopt;
    const auto count = static_cast<int>(floor_of(*steps).numerator()) + 1;
    const Value moved = multiply(*step, random_->below(count));
    return moved ? add(*low, *moved) : std::nullopt;
  }

  Value extreme(const Node& node) const {
    Value best = input(node, 0);
    for (std::size_t i = 1; i < node.inputs.size() && best; ++i) {
      const Value next = input(node, i);
      if (!next) return std::nullopt;
      best = node.operation == Operation::Minimum ? std::min(*best, *next) : std::max(*best, *next);
    }
    return best;
  }

  Value simple(const Node& node) const {
    const Value left = input(node, 0);
    if (!left) return std::nullopt;
    if (node.inputs.size() == 1) return unary(node.operation, *left);
    const Value right = input(node, 1);
    return right ? binary(node.operation, *left, *right) : std::nullopt;
  }

  static Value unary(Operation operation, const Rational& value) {
    switch (operation) {
      case Operation::Negate:
        return negate(value);
      case Operation::Not:
        return Rational{value == 0};
      case Operation::Absolute:
        return absolute(value);
      case Operation::Floor:
        return floor_of(value);
      case Operation::Ceiling:
        return ceiling_of(value);
      case Operation::Numerator:
        return Rational{value.numerator()};
      default:
        ENSURE(operation == Operation::Denominator);
        return Rational{value.denominator()};
    }
  }

  static Value binary(Operation operation, const Rational& left, const Rational& right) {
    switch (operation) {
      case Operation::Add:
        return add(left, right);
      case Operation::Subtract:
        return subtract(left, right);
      case Operation::Multiply:
        return multiply(left, right);
      case Operation::Divide:
        return divide(left, right);
      case Operation::Power:
        return power(left, right);
      case Operation::Equal:
        return Rational{left == right};
      case Operation::Unequal:
        return Rational{left != right};
      case Operation::Less:
        return Rational{left < right};
      case Operation::LessEqual:
        return Rational{left <= right};
      case Operation::Greater:
        return Rational{left > right};
      case Operation::GreaterEqual:
        return Rational{left >= right};
      case Operation::Gcd:
        return greatest_common_divisor(left, right);
      case Operation::Lcm:
        return least_common_multiple(left, right);
      case Operation::Round:
        return round_to(left, right);
      default:
        ENSURE(operation == Operation::Modulo);
        return modulo(left, right);
    }
  }

  const std::vector<Node>& nodes_;
  std::span<const Rational> variables_;
  Random* random_;
};

bool is_literal(const Node& node) {
  return node.operation == Operation::Literal;
}

}  // namespace

Result<Expression> Expression::parse(std::string_view source, const Scope& scope) {
  return ExpressionParser{source, scope}.parse();
}

Result<Expression> Expression::parse_number(std::string_view source, const Scope& scope) {
  Result<Expression> parsed = parse(source, scope);
  if (parsed && parsed->type() != Type::Number) {
    return Error{ErrorCode::Invalid, "a number is needed, this is a condition at column 1"};
  }
  return parsed;
}

Result<Expression> Expression::parse_condition(std::string_view source, const Scope& scope) {
  Result<Expression> parsed = parse(source, scope);
  if (parsed && parsed->type() != Type::Truth) {
    return Error{ErrorCode::Invalid, "a condition such as \"a < b\" is needed, this is a number at column 1"};
  }
  return parsed;
}

Expression Expression::constant(const Rational& value) {
  Expression expression;
  expression.source_ = to_string(value);
  expression.nodes_.push_back({Operation::Literal, value, 0, {}});
  return expression;
}

std::optional<Rational> Expression::evaluate(std::span<const Rational> variables, Random* random) const {
  return Evaluator{nodes_, variables, random}.value(static_cast<int>(nodes_.size()) - 1);
}

std::optional<Expression::Quotient> Expression::quotient(std::span<const Rational> variables) const {
  const Node& root = nodes_.back();
  if (root.operation != Operation::Divide) return std::nullopt;
  Evaluator evaluator{nodes_, variables, nullptr};
  const std::optional<Rational> dividend = evaluator.value(root.inputs[0]);
  const std::optional<Rational> divisor = evaluator.value(root.inputs[1]);
  if (!dividend || !divisor) return std::nullopt;
  return Quotient{*dividend, *divisor};
}

bool Expression::holds(std::span<const Rational> variables) const {
  const std::optional<Rational> truth = evaluate(variables);
  return truth && *truth != 0;
}

// Inputs come before the node that uses them, so one pass forward folds everything that has become constant.
Expression Expression::bind(std::span<const Rational> values) const {
  Expression bound = *this;
  for (std::size_t i = 0; i < bound.nodes_.size(); ++i) {
    Node& node = bound.nodes_[i];
    const bool known = node.operation == Operation::Name
                           ? static_cast<std::size_t>(node.slot) < values.size()
                           : std::all_of(node.inputs.begin(), node.inputs.end(), [&](int input) {
                               return is_literal(bound.nodes_[static_cast<std::size_t>(input)]);
                             });
    if (!known || node.operation == Operation::Random || node.operation == Operation::Pick) continue;
    const std::optional<Rational> value = Evaluator{bound.nodes_, values, nullptr}.value(static_cast<int>(i));
    if (value) node = {Operation::Literal, *value, 0, {}};
  }
  return bound;
}

}  // namespace trede::content
