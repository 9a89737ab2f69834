// Expected failure as a value. Broken code is another thing: ENSURE stops the program in every build.
#pragma once

#include <boost/system/result.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace trede {

enum class ErrorCode {
  Invalid,    // the input cannot be read; not the same as a wrong answer
  NotFound,   // no such thing, or not yours to see
  Forbidden,  // signed in, but not allowed
  Conflict,   // it was true a moment ago
  TooLarge,
  TooMany,
  Unavailable  // the disk or the machine; try again
};

struct Error {
  ErrorCode code = ErrorCode::Invalid;
  std::string detail;  // for the log and the developer; people read a text chosen by code
};

template <class T>
using Result = boost::system::result<T, Error>;

// What boost::system::result throws when value() is called without a value: a bug of ours.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  std::fprintf(stderr, "unhandled error: %s\n", error.detail.c_str());
  std::abort();
}

}  // namespace trede

#define ENSURE(condition)                                                          \
  do {                                                                             \
    if (!(condition)) {                                                            \
      std::fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                \
    }                                                                              \
  } while (false)
