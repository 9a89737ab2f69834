// What a pupil typed into a field, freed from what may stand around it. Private to the content library; pure.
#pragma once

#include <string>

#include "content/item.hpp"

namespace trede::content {

std::string trimmed(const std::string& text);

// A pupil may type what stands around the field once more: "€ 3,50", "12 cm", "50%", "€ 3,-".
std::string without_unit(const Item& item, const Instance& instance, const std::string& typed);

}  // namespace trede::content
