// An immutable value that all threads read and one owner replaces: the directory, the sessions, the bank. A
// reader keeps the snapshot it took for as long as it needs. now() from any thread; publish() by the owner
// only.
#pragma once

#include <memory>

namespace trede {

template <class T>
class Published {
 public:
  explicit Published(std::shared_ptr<const T> first) : value_(std::move(first)) {}
  Published(const Published&) = delete;
  Published& operator=(const Published&) = delete;

  // The free functions and not std::atomic<std::shared_ptr>: the latter's load of g++ 12 unlocks without
  // release, a data race.
  std::shared_ptr<const T> now() const { return std::atomic_load(&value_); }
  void publish(std::shared_ptr<const T> next) { std::atomic_store(&value_, std::move(next)); }

 private:
  std::shared_ptr<const T> value_;
};

}  // namespace trede
