#include "server/commands/content_command.hpp"

#include <iostream>
#include <memory>

#include "content/checker.hpp"
#include "server/commands/content_export.hpp"
#include "server/commands/content_problems.hpp"
#include "server/commands/content_publish.hpp"
#include "server/commands/content_show.hpp"
#include "server/commands/fail.hpp"
#include "server/protocol/codec.hpp"

namespace trede {
namespace {

struct CheckOptions {
  std::string folder;
  int draws = 1'000;
};

// Exit code 1 when something must be mended, 2 when the folder cannot be read.
int check(const CheckOptions& options) {
  const Result<content::Source> source = content::read_folder(options.folder);
  if (!source) {
    std::cerr << "Cannot check: " << source.error().detail << ".\n";
    return 2;
  }
  const content::Problems problems = content::check_source(*source, options.draws);
  const std::string findings = commands::print_by_file(problems);
  if (!content::blocks_publishing(problems)) {
    std::cout << "The bank in " << options.folder << " is in order.\n";
    return 0;
  }
  std::cout << findings << ".\n";
  return 1;
}

struct ShowOptions {
  std::string folder;
  std::uint64_t seed = 1;
};

Result<commands::ShownBank> show_folder(const ShowOptions& options) {
  const Result<content::Source> source = content::read_folder(options.folder);
  if (!source) return source.error();
  const content::Loaded loaded = content::load(*source, 1);
  if (!loaded.bank)
    return Error{ErrorCode::Invalid, "the bank in " + options.folder + " has problems; trede content check " +
                                         options.folder + " lists them"};
  return commands::show(*loaded.bank, options.seed);
}

void print_shown(const ShowOptions& options) {
  const Result<commands::ShownBank> shown = show_folder(options);
  if (!shown) commands::fail(shown.error());
  std::cout << protocol::encode_plain(*shown) << "\n";
}

void add_check(CLI::App& content) {
  CLI::App* command = content.add_subcommand("check", "Report every problem of a bank at once");
  const auto options = std::make_shared<CheckOptions>();
  command->add_option("DIR", options->folder, "The folder with bank.json")->required();
  command->add_option("--draws", options->draws, "Draws per family")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->callback([options] {
    const int code = check(*options);
    if (code != 0) throw CLI::RuntimeError(code);
  });
}

void add_show(CLI::App& content) {
  CLI::App* command =
      content.add_subcommand("show", "Print one draw of every item as JSON, with hints and solution");
  const auto options = std::make_shared<ShowOptions>();
  command->add_option("DIR", options->folder, "The folder with bank.json")->required();
  command->add_option("--seed", options->seed, "Of the draws")->capture_default_str();
  command->callback([options] { print_shown(*options); });
}

}  // namespace

void add_content_command(CLI::App& app) {
  CLI::App* content = app.add_subcommand("content", "Look after a bank of items");
  content->require_subcommand(1);
  add_check(*content);
  add_show(*content);
  add_content_export(*content);
  add_content_publish(*content);
}

}  // namespace trede
