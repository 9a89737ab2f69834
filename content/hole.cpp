#include "content/hole.hpp"

#include <algorithm>

namespace trede::content {
namespace {

// The characters XML wrote as entities inside a hole of a formula: @if(a &lt; b, a, b)@.
std::string without_entities(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> entities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}};
  for (const auto& [entity, sign] : entities) {
    for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
      text.replace(at, entity.size(), sign);
    }
  }
  return text;
}

}  // namespace

std::optional<Piece> read_hole(std::string_view hole, const TextContext& context, bool in_formula,
                               const std::function<void(std::string)>& report) {
  Piece piece;
  piece.hole.emplace();
  const auto word = std::find_if(context.words.begin(), context.words.end(),
                                 [&](const WordList& list) { return list.name == hole; });
  if (word != context.words.end()) {
    if (in_formula)
      report("The hole @" + std::string{hole} + "@ puts words in a formula; holes there are numbers.");
    piece.hole->word = static_cast<int>(word - context.words.begin());
    return piece;
  }
  std::string expression = in_formula ? without_entities(std::string{hole}) : std::string{hole};
  const std::size_t colon = expression.rfind(':');
  if (colon != std::string::npos) {
    const std::string places = expression.substr(colon + 1);
    if (places.size() != 1 || places[0] < '0' || places[0] > '6') {
      report("After the colon in @" + expression + "@ belongs the number of decimals, 0 to 6.");
      return std::nullopt;
    }
    piece.hole->places = places[0] - '0';
    expression.resize(colon);
  }
  Result<Expression> number = Expression::parse_number(expression, context.scope);
  if (!number) {
    report("The hole @" + std::string{hole} + "@ cannot be read: " + number.error().detail + ".");
    return std::nullopt;
  }
  piece.hole->number = std::move(*number);
  return piece;
}

std::vector<std::string> holes_of(std::string formula) {
  formula = without_entities(std::move(formula));
  formula.erase(std::remove(formula.begin(), formula.end(), ' '), formula.end());
  std::vector<std::string> holes;
  std::size_t open = formula.find('@');
  while (open != std::string::npos) {
    const std::size_t close = formula.find('@', open + 1);
    if (close == std::string::npos) break;
    holes.push_back(formula.substr(open + 1, close - open - 1));
    open = formula.find('@', close + 1);
  }
  std::sort(holes.begin(), holes.end());
  return holes;
}

}  // namespace trede::content
