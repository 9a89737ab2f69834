#include "server/commands/rights_command.hpp"

#include <cstdio>

#include "server/accounts/rights.hpp"

namespace trede {

void add_rights_command(CLI::App& app) {
  app.add_subcommand("rights", "Print who may do what, role by action, as a Markdown table")
      ->callback([] { std::fputs(accounts::rights_as_markdown().c_str(), stdout); });
}

}  // namespace trede
