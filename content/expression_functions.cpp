// The functions of the language: which there are, and how a call of one is parsed.
#include <algorithm>
#include <array>

#include "content/expression_parser.hpp"

namespace trede::content {
namespace {

using Operation = Expression::Operation;

struct Function {
  std::string_view name;
  Operation operation;
  std::size_t fewest, most;
};
constexpr std::size_t any_number = 40;
constexpr std::array functions{Function{"gcd", Operation::Gcd, 2, 2},
                               Function{"lcm", Operation::Lcm, 2, 2},
                               Function{"min", Operation::Minimum, 1, any_number},
                               Function{"max", Operation::Maximum, 1, any_number},
                               Function{"abs", Operation::Absolute, 1, 1},
                               Function{"floor", Operation::Floor, 1, 1},
                               Function{"ceil", Operation::Ceiling, 1, 1},
                               Function{"round", Operation::Round, 2, 2},
                               Function{"mod", Operation::Modulo, 2, 2},
                               Function{"num", Operation::Numerator, 1, 1},
                               Function{"den", Operation::Denominator, 1, 1},
                               Function{"if", Operation::If, 3, 3},
                               Function{"rand", Operation::Random, 2, 3},
                               Function{"pick", Operation::Pick, 1, any_number}};

const Function* find_function(std::string_view name) {
  const auto found =
      std::find_if(functions.begin(), functions.end(), [&](const Function& f) { return f.name == name; });
  return found == functions.end() ? nullptr : &*found;
}

}  // namespace

bool is_reserved_name(std::string_view name) {
  return find_function(name) != nullptr || name == "and" || name == "or" || name == "not" || name == "answer";
}

ExpressionParser::Part ExpressionParser::call(std::string_view name, std::size_t at) {
  const Function* function = find_function(name);
  if (function == nullptr) return fail("\"" + std::string{name} + "\" is not a known function", at);
  const bool random = function->operation == Operation::Random || function->operation == Operation::Pick;
  if (random && !scope_.random) return fail(std::string{name} + " may only be used in draw", at);
  const std::vector<Part> given = arguments();
  if (given.size() < function->fewest || given.size() > function->most) {
    return fail(std::string{name} + " has the wrong number of arguments", at);
  }
  if (random) uses_names_ = true;
  if (function->operation == Operation::If) return conditional(given, at);
  std::vector<int> inputs;
  for (const Part& part : given) {
    demand(part, Type::Number, at);
    inputs.push_back(part.node);
  }
  return add({function->operation, {}, 0, std::move(inputs)}, Type::Number);
}

std::vector<ExpressionParser::Part> ExpressionParser::arguments() {
  std::vector<Part> given{disjunction()};
  while (take(",")) given.push_back(disjunction());
  if (!take(")")) fail("a closing parenthesis is missing", at_);
  return given;
}

ExpressionParser::Part ExpressionParser::conditional(const std::vector<Part>& given, std::size_t at) {
  demand(given[0], Type::Truth, at);
  if (given[1].type != given[2].type) return fail("both outcomes of if must be of one kind", at);
  return add({Operation::If, {}, 0, {given[0].node, given[1].node, given[2].node}}, given[1].type);
}

}  // namespace trede::content
