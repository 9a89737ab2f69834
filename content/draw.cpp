#include "content/draw.hpp"

#include <algorithm>
#include <numeric>

#include "content/limits.hpp"

namespace trede::content {
namespace {

bool draw_variables(const Item& item, Random& random, std::vector<Rational>& variables) {
  variables.clear();
  for (const Expression& expression : item.draws) {
    const std::optional<Rational> value = expression.evaluate(variables, &random);
    if (!value) return false;
    variables.push_back(*value);
  }
  return std::all_of(item.require.begin(), item.require.end(),
                     [&](const Expression& condition) { return condition.holds(variables); });
}

bool has_value(const std::optional<Expression>& expression, const std::vector<Rational>& variables) {
  return !expression || expression->evaluate(variables).has_value();
}

// Without a key there is nothing to mark, so such numbers are drawn again.
bool has_key(const AnswerSpec& answer, const std::vector<Rational>& variables) {
  return has_value(answer.value, variables) && has_value(answer.tolerance, variables) &&
         std::all_of(answer.options.begin(), answer.options.end(),
                     [&](const OptionSpec& option) { return has_value(option.value, variables); });
}

std::vector<int> written_order(std::size_t count) {
  std::vector<int> order(count);
  std::iota(order.begin(), order.end(), 0);
  return order;
}

// Would the pupil have nothing to do? Only for an ordering.
bool is_already_right(const AnswerSpec& answer, const Instance& instance) {
  if (answer.type != AnswerType::Ordering || answer.options.size() < 2) return false;
  const auto value = [&](int entry) {
    const std::optional<Expression>& expression = answer.options[static_cast<std::size_t>(entry)].value;
    const Rational rank = expression ? *expression->evaluate(instance.variables) : Rational{entry};
    return answer.descending && expression ? *negate(rank) : rank;
  };
  return std::is_sorted(instance.order.begin(), instance.order.end(),
                        [&](int a, int b) { return value(a) < value(b); });
}

void draw_order(const Item& item, Random& random, Instance& instance) {
  const std::size_t count = item.answer.options.size();
  if (!item.answer.shuffle) {
    instance.order = written_order(count);
    return;
  }
  constexpr int attempts = 20;  // entries that are all equal can be in no wrong order
  for (int attempt = 0; attempt < attempts; ++attempt) {
    instance.order = shuffled(count, random);
    if (!is_already_right(item.answer, instance)) return;
  }
}

}  // namespace

std::vector<int> shuffled(std::size_t count, Random& random) {
  std::vector<int> order = written_order(count);
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
  return order;
}

Result<Instance> draw(const Item& item, std::uint64_t seed) {
  Random random{seed};
  Instance instance;
  instance.seed = seed;
  for (int attempt = 0; attempt < limits::draw_attempts; ++attempt) {
    if (!draw_variables(item, random, instance.variables) || !has_key(item.answer, instance.variables))
      continue;
    for (const WordList& list : item.words)
      instance.words.push_back(random.below(static_cast<int>(list.nl.size())));
    draw_order(item, random, instance);
    return instance;
  }
  return Error{ErrorCode::Unavailable, "no numbers meet the conditions of " + item.id};
}

}  // namespace trede::content
