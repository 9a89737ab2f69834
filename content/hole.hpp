// The inside of @…@ in a text or a formula: an expression, perhaps with a number of decimals, or the name of
// a word list. Private to the content library; pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/text.hpp"

namespace trede::content {

// As a piece with only a hole; tells `report` and returns nullopt when it cannot be read.
std::optional<Piece> read_hole(std::string_view hole, const TextContext& context, bool in_formula,
                               const std::function<void(std::string)>& report);

// The holes of a formula, sorted and without spaces: TeX and its MathML must have the same.
std::vector<std::string> holes_of(std::string formula);

}  // namespace trede::content
