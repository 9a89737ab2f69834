// The protocol as TypeScript, printed from the described structs: `trede protocol` writes it,
// web/src/protocol.ts keeps it, a test fails when the two differ.
#pragma once

#include <string>

namespace trede::protocol {

std::string typescript();

}  // namespace trede::protocol
