// Turns the text of an expression into the nodes of content/expression.hpp: a precedence climber that checks
// types as it goes. Private to expression.cpp; one parser parses one text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "content/expression.hpp"

namespace trede::content {

class ExpressionParser {
 public:
  ExpressionParser(std::string_view source, const Scope& scope) : source_(source), scope_(scope) {}

  Result<Expression> parse();

 private:
  using Type = Expression::Type;
  using Operation = Expression::Operation;
  struct Part {  // a parsed node and what it is
    int node = 0;
    Type type = Type::Number;
  };

  Part disjunction();
  Part conjunction();
  Part negation();
  Part comparison();
  Part sum();
  Part product();
  Part sign();
  Part raised();
  Part atom();
  Part number();
  Part name();
  Part call(std::string_view function, std::size_t at);
  std::vector<Part> arguments();
  Part conditional(const std::vector<Part>& given, std::size_t at);

  Part add(Expression::Node node, Type type);
  Part fail(const std::string& message, std::size_t at);
  void demand(const Part& part, Type type, std::size_t at);
  void skip_spaces();
  bool take(std::string_view sign);
  bool take_word(std::string_view word);
  std::string_view take_name();

  std::string_view source_;
  const Scope& scope_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::optional<std::string> failure_;
  std::vector<Expression::Node> nodes_;
  bool uses_names_ = false;
};

}  // namespace trede::content
