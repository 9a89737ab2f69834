// What OpenSSL made and wants back: a unique_ptr that frees it by the function of its kind.
#pragma once

#include <memory>

namespace trede::net {

template <auto free_it>
struct FreedBy {
  template <class T>
  void operator()(T* owned) const {
    free_it(owned);
  }
};

template <class T, auto free_it>
using OpensslOwned = std::unique_ptr<T, FreedBy<free_it>>;

}  // namespace trede::net
