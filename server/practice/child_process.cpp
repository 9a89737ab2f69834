#include "server/practice/child_process.hpp"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "content/result.hpp"

namespace trede::practice {
namespace {

// Waits until the descriptor has something to say, or for that long.
bool is_ready(int descriptor, std::chrono::milliseconds time) {
  pollfd watched{descriptor, POLLIN, 0};
  return poll(&watched, 1, static_cast<int>(time.count())) > 0;
}

// Signals that the server keeps blocked for itself are as usual in the child. −1 when it cannot be started.
pid_t start(const std::vector<std::string>& arguments) {
  std::vector<char*> pointers;
  for (const auto& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t child = -1;
  const int failed = posix_spawn(&child, pointers.front(), nullptr, &attributes, pointers.data(), environ);
  posix_spawnattr_destroy(&attributes);
  return failed == 0 ? child : -1;
}

}  // namespace

Waker::Waker() : descriptor_(eventfd(0, EFD_CLOEXEC)) {
  ENSURE(descriptor_ >= 0);
}

Waker::~Waker() {
  close(descriptor_);
}

void Waker::wake() {
  const std::uint64_t one = 1;
  ENSURE(write(descriptor_, &one, sizeof one) == sizeof one);
}

void Waker::wait(std::chrono::milliseconds time) {
  std::uint64_t woken = 0;
  if (is_ready(descriptor_, time)) ENSURE(read(descriptor_, &woken, sizeof woken) == sizeof woken);
}

std::optional<int> run_child(const std::vector<std::string>& arguments, std::chrono::milliseconds time,
                             std::stop_token stop) {
  const pid_t child = start(arguments);
  if (child < 0) return std::nullopt;
  const auto slice = std::min<std::chrono::milliseconds>(time, std::chrono::milliseconds{250});
  const int watched = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  bool exited = false;
  for (auto waited = slice; watched >= 0 && !exited && !stop.stop_requested() && waited <= time;
       waited += slice)
    exited = is_ready(watched, slice);
  if (watched >= 0) close(watched);
  if (!exited) kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return exited ? std::optional<int>(status) : std::nullopt;
}

bool succeeded(const std::optional<int>& status) {
  return status && WIFEXITED(*status) && WEXITSTATUS(*status) == 0;
}

}  // namespace trede::practice
