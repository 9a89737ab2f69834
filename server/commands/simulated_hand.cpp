#include "server/commands/simulated_hand.hpp"

#include <algorithm>
#include <numeric>

namespace trede::commands {
namespace {

content::Answer guess(const content::Item& item, Random& random) {
  const int options = static_cast<int>(item.answer.options.size());
  content::Answer answer;
  std::vector<int> chosen;
  switch (item.answer.type) {
    case content::AnswerType::Number:
      answer.text = std::to_string(1 + random.below(40));
      break;
    case content::AnswerType::Fraction:
      answer.text = std::to_string(1 + random.below(6)) + "/" + std::to_string(2 + random.below(9));
      break;
    case content::AnswerType::Text:
      answer.text = random.below(2) == 0 ? "weet ik niet" : "de helft";
      break;
    case content::AnswerType::Single:
      chosen = {random.below(options)};
      break;
    case content::AnswerType::Multiple:
      for (int i = 0; i < options; ++i)
        if (random.below(2) == 0) chosen.push_back(i);
      if (chosen.empty()) chosen.push_back(random.below(options));
      break;
    case content::AnswerType::Ordering:
      chosen.resize(static_cast<std::size_t>(options));
      std::iota(chosen.begin(), chosen.end(), 0);
      for (int i = options - 1; i > 0; --i)
        std::swap(chosen[static_cast<std::size_t>(i)], chosen[static_cast<std::size_t>(random.below(i + 1))]);
      break;
  }
  if (!answer.text) answer.chosen = std::move(chosen);
  return answer;
}

}  // namespace

content::Answer simulated_answer(const content::Item& item, const content::Instance& instance,
                                 content::Language language, bool right, Random& random) {
  if (right) return content::key_answer(item, instance, language);
  constexpr int attempts = 100;
  for (int i = 0; i < attempts; ++i) {
    content::Answer answer = guess(item, random);
    const auto outcome = content::score(item, instance, answer, language);
    if (outcome.has_value() && !outcome->right) return answer;
  }
  return content::key_answer(item, instance, language);  // hardly any other answer exists
}

}  // namespace trede::commands
