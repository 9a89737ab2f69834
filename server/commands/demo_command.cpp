#include "server/commands/demo_command.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "server/commands/demo_school.hpp"
#include "server/commands/fail.hpp"
#include "server/commands/load_school.hpp"
#include "server/commands/places.hpp"
#include "server/commands/system_clock.hpp"

namespace trede {
namespace {

void make_demo(const std::string& data, const std::string& content, int days) {
  const auto bank = commands::bank_folder(content);
  if (bank.has_error()) commands::fail(bank.error());
  auto folder = store::DataFolder::open(data);
  if (folder.has_error()) commands::fail(folder.error());
  const auto progress = [days](int day) {
    fmt::print(stderr, "\rliving day {} of {}", day, days);
    std::fflush(stderr);
  };
  const auto made = commands::make_demo_school(*folder, *bank, commands::system_time(), days, progress);
  if (made.has_error()) commands::fail(made.error());
  if (made->was_there) return fmt::print("{} already holds a school; nothing was changed.\n", data);
  fmt::print("\nThe demo school has {} simulated pupils with {} steps behind them.\n", made->pupils,
             made->steps);
}

void make_class(const std::string& data, int pupils) {
  auto folder = store::DataFolder::open(data);
  if (folder.has_error()) commands::fail(folder.error());
  const auto made = commands::make_load_school(*folder, pupils);
  if (made.has_error()) commands::fail(made.error());
  if (!*made) return fmt::print("{} already holds a school; nothing was changed.\n", data);
  fmt::print("{} pupils without a past in classes of {}: {} … {}; the first class has the code {}.\n", pupils,
             commands::load_class_size, commands::load_pupil(1), commands::load_pupil(pupils),
             commands::demo_class_code);
}

}  // namespace

void add_demo_command(CLI::App& app) {
  struct Options {
    std::string data = "data";
    std::string content;
    int days = 21;
    int class_of = 0;
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand(
      "demo", "Fill an empty data folder with the demo school: 24 simulated pupils with a past");
  command->add_option("--data", options->data, "Folder of the school")->capture_default_str();
  command->add_option("--content", options->content, "Bank to practise with (default: the starter content)");
  command->add_option("--days", options->days, "How many days of past to live")
      ->capture_default_str()
      ->check(CLI::Range(1, 60));
  command
      ->add_option(
          "--class-of", options->class_of,
          "Only so many pupils without a past in classes of thirty with a teacher each, for `trede load`")
      ->check(CLI::Range(1, 10'000));
  command->callback([options] {
    if (options->class_of > 0) return make_class(options->data, options->class_of);
    make_demo(options->data, options->content, options->days);
  });
}

}  // namespace trede
