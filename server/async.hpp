// Coroutines of the server: they run on one loop (a concrete executor: type erasure cost 30 %, measured) and
// wait for the disk or for slow work elsewhere. Coroutines are named functions that take their parameters by
// value; g++ 12 frees the captures of a capturing coroutine lambda twice. The functions here are called on a
// loop and resume on that same loop.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "server/store/journal.hpp"

namespace trede::net {

using Executor = boost::asio::io_context::executor_type;

template <class T>
using awaitable = boost::asio::awaitable<T, Executor>;

inline constexpr boost::asio::use_awaitable_t<Executor> use_awaitable{};
inline constexpr auto quietly = boost::asio::as_tuple(use_awaitable);  // errors as values

// Runs the coroutine on a loop, this one or another, and resumes here with its value.
template <class T>
awaitable<T> on_loop(Executor loop, awaitable<T> coroutine) {
  if (loop.running_in_this_thread()) return coroutine;
  return boost::asio::co_spawn(loop, std::move(coroutine), use_awaitable);
}

namespace detail {

// A waiting coroutine that may be resumed from any thread; keeps its loop running until then.
template <class Handler, class T>
auto resumption(Handler handler) {
  namespace asio = boost::asio;
  auto loop = asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
  return [loop, waiting = std::make_shared<Handler>(std::move(handler))](T value) mutable {
    asio::post(loop, [waiting = std::move(waiting), value = std::move(value)]() mutable {
      (*waiting)(std::move(value));
    });
  };
}

}  // namespace detail

// Waits until the change is on disk (its result), or was refused or failed (the error).
inline awaitable<Result<std::int64_t>> written(store::Journal& journal, store::Change change) {
  using Written = Result<std::int64_t>;
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void(Written)>(
      [&journal](auto handler, store::Change queued) {
        journal.write(std::move(queued), detail::resumption<decltype(handler), Written>(std::move(handler)));
      },
      use_awaitable, std::move(change));
}

// The same; `told` hears the sequence first, on the journal's thread, so that what it is told comes in the order
// of the journal.
inline awaitable<Result<std::int64_t>> written(store::Journal& journal, store::Change change,
                                               std::function<void(std::int64_t)> told) {
  using Written = Result<std::int64_t>;
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void(Written)>(
      [&journal](auto handler, store::Change queued, std::function<void(std::int64_t)> tell) {
        auto resume = detail::resumption<decltype(handler), Written>(std::move(handler));
        journal.write(std::move(queued),
                      [tell = std::move(tell), resume = std::move(resume)](Written result) mutable {
                        if (result.has_value()) tell(*result);
                        resume(std::move(result));
                      });
      },
      use_awaitable, std::move(change), std::move(told));
}

// Runs work() on the pool and waits for its value. The caller bounds how much waits there.
template <class Work>
awaitable<std::invoke_result_t<Work>> done_on(boost::asio::thread_pool& pool, Work work) {
  using Value = std::invoke_result_t<Work>;
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void(Value)>(
      [&pool](auto handler, Work queued) {
        boost::asio::post(
            pool, [queued = std::move(queued), resume = detail::resumption<decltype(handler), Value>(
                                                   std::move(handler))]() mutable { resume(queued()); });
      },
      use_awaitable, std::move(work));
}

}  // namespace trede::net
