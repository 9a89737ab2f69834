// The gate for formulas: only elements and attributes of MathML Core that draw arithmetic pass; no link,
// script, event, style or foreign element does. Pure; called at load and for the author's page.
#pragma once

#include <string>
#include <string_view>

#include "content/result.hpp"

namespace trede::content {

// The formula, written anew from its parsed tree. Error::detail names the element or attribute that is not
// allowed. Holes @…@ are allowed as the whole text of an <mn> only.
Result<std::string> clean_mathml(std::string_view mathml);

}  // namespace trede::content
