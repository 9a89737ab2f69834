#include "server/commands/out_of_memory.hpp"

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

namespace trede::commands {
namespace {

[[noreturn]] void end() {
  constexpr std::string_view message =
      "trede: memory has run out; the program ends. Everything that was acknowledged is on disk.\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message.data(), message.size());
  ::_exit(out_of_memory_exit);
}

std::terminate_handler usual_end = nullptr;

// Not every library asks the handler: Asio takes aligned memory and throws by itself.
[[noreturn]] void end_by_exception() {
  try {
    if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
  } catch (const std::bad_alloc&) {
    end();
  } catch (...) {
  }
  usual_end();
  std::abort();
}

}  // namespace

void end_when_memory_runs_out() {
  std::set_new_handler(end);
  usual_end = std::set_terminate(end_by_exception);
}

}  // namespace trede::commands
