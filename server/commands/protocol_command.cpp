#include "server/commands/protocol_command.hpp"

#include <cstdio>

#include "server/protocol/typescript.hpp"

namespace trede {

void add_protocol_command(CLI::App& app) {
  app.add_subcommand("protocol",
                     "Print the messages between page and server as TypeScript (web/src/protocol.ts)")
      ->callback([] { std::fputs(protocol::typescript().c_str(), stdout); });
}

}  // namespace trede
