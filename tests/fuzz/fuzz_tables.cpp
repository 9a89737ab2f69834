// A table of answers, plain or packed, in any of its layouts; it is read from a file, here one in memory.
#include <sys/mman.h>
#include <unistd.h>

#include "server/tables/answers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t count) {
  using namespace trede::tables;
  const int file = memfd_create("table", MFD_CLOEXEC);
  if (file < 0 || write(file, bytes, count) != static_cast<ssize_t>(count)) return 0;
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  for (const std::optional<Layout> layout :
       {std::optional<Layout>(), std::optional(Layout::Long), std::optional(Layout::Frequencies)})
    (void)read_answers(path, {layout, false});
  close(file);
  return 0;
}
