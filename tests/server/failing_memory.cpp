#include "tests/server/failing_memory.hpp"

#include <atomic>
#include <cerrno>
#include <cstddef>

namespace trede::testing {
namespace {

std::atomic<long> allocations_left{0};  // until the one that fails; 0 and below: none

[[maybe_unused]] bool is_the_one() {
  if (allocations_left.load(std::memory_order_relaxed) <= 0 || allocations_left.fetch_sub(1) != 1)
    return false;
  errno = ENOMEM;
  return true;
}

}  // namespace

void fail_allocation(long number) {
  allocations_left = number;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)

bool memory_can_fail() {
  return false;
}

}  // namespace trede::testing

#else

bool memory_can_fail() {
  return true;
}

}  // namespace trede::testing

extern "C" {

void* __libc_malloc(std::size_t size) noexcept;
void* __libc_calloc(std::size_t count, std::size_t size) noexcept;
void* __libc_realloc(void* memory, std::size_t size) noexcept;

void* malloc(std::size_t size) noexcept {
  return trede::testing::is_the_one() ? nullptr : __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
  return trede::testing::is_the_one() ? nullptr : __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) noexcept {
  return trede::testing::is_the_one() ? nullptr : __libc_realloc(memory, size);
}
}

#endif
