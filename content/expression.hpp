// The arithmetic an author writes in an item (docs/CONTENT.md, Expressions): parsed and type-checked once,
// evaluated exactly and often. Immutable after parsing, so any thread may evaluate. No loops, no I/O; size
// and depth are bounded.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content/rational.hpp"
#include "content/result.hpp"
#include "engine/random.hpp"

namespace trede::content {

// The names an expression may use; a name's place is its slot in the variables given to evaluate().
struct Scope {
  std::vector<std::string> names;
  bool random = false;  // rand and pick are allowed (only in `draw`)
};

bool is_reserved_name(std::string_view name);  // functions, and, or, not, answer

class Expression {
 public:
  enum class Type { Number, Truth };

  // Error::detail is a sentence for the author that ends with the column (from 1).
  static Result<Expression> parse(std::string_view source, const Scope& scope);
  static Result<Expression> parse_number(std::string_view source, const Scope& scope);
  static Result<Expression> parse_condition(std::string_view source, const Scope& scope);
  static Expression constant(const Rational& value);

  // nullopt: division by zero, overflow, a fraction where a whole number is needed. A truth is 1 or 0.
  // Precondition: variables has a value for every name of the scope; random is given when the scope was
  // random.
  std::optional<Rational> evaluate(std::span<const Rational> variables, Random* random = nullptr) const;
  bool holds(
      // a condition that is true; false also when it has no value
      std::span<const Rational> variables) const;

  // Both sides of the division that the whole expression is; nullopt when it is none or a side has no value.
  struct Quotient {
    Rational dividend;
    Rational divisor;
  };
  std::optional<Quotient> quotient(std::span<const Rational> variables) const;

  // The same expression with the first values.size() variables filled in and worked out as far as possible.
  Expression bind(std::span<const Rational> values) const;

  Type type() const { return type_; }
  bool is_constant() const { return !uses_names_; }
  const std::string& source() const { return source_; }

  enum class Operation {
    Literal,
    Name,
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    And,
    Or,
    Not,
    Gcd,
    Lcm,
    Minimum,
    Maximum,
    Absolute,
    Floor,
    Ceiling,
    Round,
    Modulo,
    Numerator,
    Denominator,
    If,
    Random,
    Pick
  };
  struct Node {
    Operation operation = Operation::Literal;
    Rational literal;         // Literal
    int slot = 0;             // Name
    std::vector<int> inputs;  // nodes; always earlier in the list than this one
  };

 private:
  friend class ExpressionParser;
  std::string source_;
  std::vector<Node> nodes_;  // the last one is the root
  Type type_ = Type::Number;
  bool uses_names_ = false;
};

}  // namespace trede::content
