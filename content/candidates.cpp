#include "content/candidates.hpp"

#include <algorithm>

namespace trede::content {
namespace {

std::vector<Rational> make_common() {
  std::vector<Rational> all;
  for (std::int64_t whole = -100; whole <= 2000; ++whole) all.emplace_back(whole);
  for (std::int64_t hundredths = 1; hundredths <= 1200; ++hundredths)
    all.push_back(*Rational::make(hundredths, 100));
  for (std::int64_t tenths = 1; tenths <= 2000; ++tenths) all.push_back(*Rational::make(tenths, 10));
  for (std::int64_t denominator = 2; denominator <= 24; ++denominator) {
    for (std::int64_t numerator = 1; numerator <= 3 * denominator; ++numerator) {
      all.push_back(*Rational::make(numerator, denominator));
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void add_when_known(std::vector<Rational>& all, const std::optional<Rational>& value) {
  if (value) all.push_back(*value);
}

}  // namespace

const std::vector<Rational>& common_candidates() {
  static const std::vector<Rational> candidates = make_common();
  return candidates;
}

std::vector<Rational> near_candidates(const Item& item, const Instance& instance, const Rational& key) {
  static const std::vector<Rational> steps{*Rational::make(1, 100),
                                           *Rational::make(1, 10),
                                           *Rational::make(1, 3),
                                           *Rational::make(1, 2),
                                           1,
                                           2,
                                           5,
                                           10,
                                           100};
  std::vector<Rational> all = instance.variables;
  for (const Mistake& mistake : item.mistakes) {
    if (mistake.value) add_when_known(all, mistake.value->evaluate(instance.variables));
  }
  for (const Rational& step : steps) {
    add_when_known(all, add(key, step));
    add_when_known(all, subtract(key, step));
    add_when_known(all, multiply(key, step));
    add_when_known(all, divide(key, step));
  }
  for (std::int64_t shift = -2; shift <= 2; ++shift) {
    add_when_known(all, Rational::make(Wide{key.numerator()} + shift, key.denominator()));
    add_when_known(all, Rational::make(key.numerator(), Wide{key.denominator()} + shift));
  }
  add_when_known(all, divide(1, key));
  add_when_known(all, negate(key));
  add_when_known(all, subtract(1, key));
  return all;
}

}  // namespace trede::content
