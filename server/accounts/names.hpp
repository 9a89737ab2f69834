// How names are compared: a child types "zoe" and means "Zoë". Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

namespace trede::accounts {

// Lower case, without the accents of Latin letters (U+00C0–U+017F), blanks at the ends or double blanks.
// Other letters stay as they are; bytes that are no UTF-8 stay too.
std::string name_key(std::string_view name);

// Upper case, without blanks and hyphens: "abc-234" → "ABC234".
std::string code_key(std::string_view code);

// The name as it is stored and shown: without blanks at the ends or double blanks.
std::string tidy_name(std::string_view name);

}  // namespace trede::accounts
