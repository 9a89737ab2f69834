#include "server/net/loops.hpp"

namespace trede::net {

Loops::Loops(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    // 1: only its own thread runs it, which spares Asio the waking of others.
    contexts_.push_back(std::make_unique<Context>(1));
    guards_.emplace_back(contexts_.back()->get_executor());
  }
}

Loops::~Loops() {
  finish();
}

void Loops::start() {
  for (const auto& context : contexts_) threads_.emplace_back([&loop = *context] { loop.run(); });
}

void Loops::finish() {
  guards_.clear();
  threads_.clear();  // joins
}

}  // namespace trede::net
