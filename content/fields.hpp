// Which members each kind of object in a bank may have: the loader refuses all others, and the JSON Schemas
// list the same (a test compares them). Kinds are the names under $defs in content/schema/.
#pragma once

#include <string_view>
#include <vector>

namespace trede::content {

using FieldNames = std::vector<std::string_view>;

struct KnownObject {
  std::string_view kind;
  FieldNames required;
  FieldNames optional;
};

const std::vector<KnownObject>& known_objects();
const KnownObject& known_object(std::string_view kind);  // precondition: it is in the list

}  // namespace trede::content
