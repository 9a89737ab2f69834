// Values as bytes and back, for snapshots (snapshot.hpp). Every member of an aggregate is taken in the order it stands
// in (Boost.PFR), so that a new one cannot be forgotten; the bytes mean something to the program that wrote them only.
// A bank is its version, an exercise on the screen is its choice: it is drawn again. Pure; any thread.
#pragma once

#include <Eigen/Core>
#include <array>
#include <boost/pfr.hpp>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "server/practice/pupil_state.hpp"

namespace trede::practice {
namespace packing {

template <class T>
concept Number = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <class T>
concept Matrix = requires {
  typename T::Scalar;
  T::RowsAtCompileTime;
};
template <class T>
concept Optional = std::is_same_v<T, std::optional<typename T::value_type>>;
template <class T>
concept Growing = requires(T container, typename T::value_type element) {
  container.insert(container.end(), std::move(element));
};
template <class T>
concept Pair = std::is_same_v<T, std::pair<typename T::first_type, typename T::second_type>>;
template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t Size>
inline constexpr bool is_array<std::array<T, Size>> = true;

// What a container holds, without the const of a map's key.
template <class T>
struct Mutable {
  using type = std::remove_cv_t<T>;
};
template <class First, class Second>
struct Mutable<std::pair<const First, Second>> {
  using type = std::pair<First, Second>;
};

}  // namespace packing

class Packer {
 public:
  template <class T>
  void put(const T& value) {
    if constexpr (packing::Number<T>) {
      raw(&value, sizeof value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      put(value.size());
      raw(value.data(), value.size());
    } else if constexpr (std::is_same_v<T, BankPointer>) {
      put(value ? value->version : 0);
    } else if constexpr (std::is_same_v<T, Pending>) {
      put(value.choice);
      put(value.hints);
      put(value.first_hint_ms);
    } else if constexpr (packing::Matrix<T>) {
      put(value.rows());
      put(value.cols());
      raw(value.data(), static_cast<std::size_t>(value.size()) * sizeof(typename T::Scalar));
    } else if constexpr (packing::Optional<T>) {
      put(value.has_value());
      if (value) put(*value);
    } else if constexpr (packing::is_array<T>) {
      for (const auto& each : value) put(each);
    } else if constexpr (packing::Growing<T>) {
      put(value.size());
      for (const auto& each : value) put(each);
    } else if constexpr (packing::Pair<T>) {
      put(value.first);
      put(value.second);
    } else {
      boost::pfr::for_each_field(value, [this](const auto& member) { put(member); });
    }
  }

  std::string take() { return std::exchange(bytes_, {}); }

 private:
  void raw(const void* from, std::size_t size) {
    if (size > 0) bytes_.append(static_cast<const char*>(from), size);
  }

  std::string bytes_;
};

class Unpacker {
 public:
  // Null for a version that is not there.
  using Banks = std::function<BankPointer(std::int64_t version)>;

  Unpacker(std::string_view bytes, Banks banks) : left_(bytes), banks_(std::move(banks)) {}

  // All that was asked for was there and could be made again, and nothing is left.
  bool is_whole() const { return !failed_ && left_.empty(); }

  template <class T>
  T get() {
    T value{};
    read(value);
    return value;
  }
  template <class T>
  void read(T& value) {
    if constexpr (packing::Number<T>) {
      raw(&value, sizeof value);
    } else if constexpr (std::is_same_v<T, std::string>) {
      value.resize(length());
      raw(value.data(), value.size());
    } else if constexpr (std::is_same_v<T, BankPointer>) {
      value = bank(get<int>());
    } else if constexpr (std::is_same_v<T, Pending>) {
      read_pending(value);
    } else if constexpr (packing::Matrix<T>) {
      const auto rows = get<Eigen::Index>(), columns = get<Eigen::Index>();
      const bool fits = rows >= 0 && columns >= 0 && rows <= largest && columns <= largest &&
                        static_cast<std::size_t>(rows * columns) * sizeof(typename T::Scalar) <= left_.size();
      failed_ = failed_ || !fits;
      if (failed_) return;
      value.resize(rows, columns);
      raw(value.data(), static_cast<std::size_t>(value.size()) * sizeof(typename T::Scalar));
    } else if constexpr (packing::Optional<T>) {
      if (get<bool>()) read(value.emplace());
    } else if constexpr (packing::is_array<T>) {
      for (auto& each : value) read(each);
    } else if constexpr (packing::Growing<T>) {
      const std::size_t size = length();
      for (std::size_t i = 0; i < size && !failed_; ++i)
        value.insert(value.end(), get<typename packing::Mutable<typename T::value_type>::type>());
    } else if constexpr (packing::Pair<T>) {
      read(value.first);
      read(value.second);
    } else {
      boost::pfr::for_each_field(value, [this](auto& member) { read(member); });
    }
  }

 private:
  static constexpr Eigen::Index largest = 1 << 20;

  void raw(void* to, std::size_t size) {
    failed_ = failed_ || size > left_.size();
    if (failed_ || size == 0) return;
    std::memcpy(to, left_.data(), size);
    left_.remove_prefix(size);
  }
  std::size_t length() {
    const auto size = get<std::size_t>();
    failed_ = failed_ || size > left_.size();  // every element takes a byte at least
    return failed_ ? 0 : size;
  }
  BankPointer bank(std::int64_t version) {
    BankPointer found = version > 0 && !failed_ ? banks_(version) : nullptr;
    failed_ = failed_ || (version > 0 && !found);
    return found;
  }
  void read_pending(Pending& value) {
    const auto choice = get<store::StoredChoice>();
    auto drawn = failed_ ? Result<Pending>(Pending{}) : drawn_again(choice);
    failed_ = failed_ || drawn.has_error();
    if (!failed_) value = std::move(*drawn);
    read(value.hints);
    read(value.first_hint_ms);
  }
  Result<Pending> drawn_again(const store::StoredChoice& choice) {
    const BankPointer from = bank(choice.bank);
    if (!from) return Error{ErrorCode::NotFound, "no such bank"};
    return pending_of(choice, from);
  }

  std::string_view left_;
  Banks banks_;
  bool failed_ = false;
};

}  // namespace trede::practice
