# Writes server/privacy/fields_text.hpp into the build folder: docs/privacy/fields.json as a constant, so that an export can say
# what each field means wherever the program stands.
set(fields ${PROJECT_SOURCE_DIR}/docs/privacy/fields.json)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${fields})
file(READ ${fields} body)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/server/privacy/fields_text.hpp @ONLY CONTENT
"// Generated from docs/privacy/fields.json.
#pragma once

#include <string_view>

namespace trede::privacy {

inline constexpr std::string_view fields_text = R\"fields(${body})fields\";

}  // namespace trede::privacy
")
