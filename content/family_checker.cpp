#include "content/family_checker.hpp"

#include <algorithm>

#include "content/candidates.hpp"
#include "content/checker.hpp"
#include "content/draw.hpp"
#include "content/notation.hpp"
#include "content/scoring.hpp"

namespace trede::content {
namespace {

constexpr int thorough_draws = 30;  // against all common candidates; the other draws only against near ones
constexpr int hint_draws = 50;
constexpr std::size_t fewest_distinct = 20;
constexpr int enough_draws = 200;  // to meet 20 different instances if they exist
constexpr double most_equal_mistakes = 0.1;

bool is_choice(AnswerType type) {
  return type == AnswerType::Single || type == AnswerType::Multiple;
}

std::string indexed(const char* list, std::size_t index) {
  return std::string{list} + "[" + std::to_string(index) + "]";
}

// Does the text have this number, standing alone, and no other number?
bool has_sole_number(const std::string& text, const std::string& number) {
  bool found = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = text.find_first_of("0123456789", at);
    if (start == std::string::npos) break;
    std::size_t end = std::min(text.find_first_not_of("0123456789.,", start), text.size());
    at = end;
    while (end > start && (text[end - 1] == '.' || text[end - 1] == ',')) --end;  // the end of a sentence
    if (text.compare(start, end - start, number) != 0) return false;
    found = true;
  }
  return found;
}

}  // namespace

FamilyChecker::FamilyChecker(const Item& item, int draws)
    : item_(item), draws_(draws), mistake_is_key_(item.mistakes.size()), hint_is_key_(item.hints.size()) {
  collect_holes();
}

Problems FamilyChecker::run() {
  const bool has_use_for_solve = item_.answer.value || is_choice(item_.answer.type);
  if (item_.solve && !has_use_for_solve)
    tell("solve", "use", "For this type of answer \"solve\" is not used.", true);
  for (int seed = 1; seed <= draws_; ++seed) {
    if (!check_draw(static_cast<std::uint64_t>(seed))) return std::move(problems_);
  }
  check_counts();
  return std::move(problems_);
}

bool FamilyChecker::check_draw(std::uint64_t seed) {
  Result<Instance> drawn_now = draw(item_, seed);
  if (!drawn_now) {
    tell("require", "draw",
         "No numbers were found that meet the conditions: make \"require\" milder or mend \"draw\".");
    return false;
  }
  instance_ = std::move(*drawn_now);
  check_key();
  count_mistakes();
  // the same numbers: only words and order differ
  if (!distinct_.insert(instance_.variables).second) return true;
  if (item_.answer.value) check_solve();
  if (!item_.answer.options.empty()) check_options();
  check_holes();
  check_figures();
  if (seed <= hint_draws) count_hints();
  return true;
}

void FamilyChecker::check_key() {
  for (const Language language : {Language::Nl, Language::En}) {
    const Result<Outcome> outcome = score(item_, instance_, key_answer(item_, instance_, language), language);
    const std::string problem =
        !outcome ? "cannot be read as an answer: " + outcome.error().detail : "is scored wrong";
    if (!outcome || !outcome->right) tell("answer", "key", "The key itself " + problem + " " + drawn() + ".");
  }
  if (const std::optional<Rational> key = value(item_.answer.value)) check_key_form(*key);
}

void FamilyChecker::check_key_form(const Rational& key) {
  if (item_.answer.type == AnswerType::Number && !item_.answer.tolerance && !show_number(key, Language::Nl)) {
    tell("answer.value", "form",
         "The key is " + to_string(key) + ", which is no decimal number " + drawn() +
             ": ask for a fraction, give a tolerance or draw other numbers.");
  }
  if (item_.answer.type == AnswerType::Fraction && key < 0) {
    tell("answer.value", "negative",
         "The key is negative " + drawn() + ": a fraction is asked without a sign.");
  }
}

void FamilyChecker::check_solve() {
  if (!item_.solve) return;
  const Rational key = *value(item_.answer.value);
  const Expression solve = item_.solve->bind(instance_.variables);
  std::vector<Rational> answered = instance_.variables;
  answered.push_back(key);
  if (!solve.holds(answered)) {
    tell("solve", "key",
         "The key " + to_string(key) + " does not fulfil \"solve\" " + drawn() + ": mend one of them.");
  }
  check_candidates(solve, key, near_candidates(item_, instance_, key));
  if (distinct_.size() <= thorough_draws) check_candidates(solve, key, common_candidates());
}

void FamilyChecker::check_candidates(const Expression& solve, const Rational& key,
                                     const std::vector<Rational>& candidates) {
  const Rational tolerance = value(item_.answer.tolerance).value_or(0);
  std::vector<Rational> answered = instance_.variables;
  answered.emplace_back();
  for (const Rational& candidate : candidates) {
    answered.back() = candidate;
    if (candidate == key || !solve.holds(answered)) continue;
    const std::optional<Rational> distance = subtract(candidate, key);
    if (distance && *absolute(*distance) <= tolerance) continue;
    tell("solve", "other",
         "Not only the key " + to_string(key) + " but also " + to_string(candidate) + " fulfils \"solve\" " +
             drawn() + ": the question has two answers, or \"solve\" is too weak.");
    return;
  }
}

void FamilyChecker::count_mistakes() {
  const std::optional<Rational> key = value(item_.answer.value);
  for (std::size_t i = 0; key && i < item_.mistakes.size(); ++i) {
    mistake_is_key_[i] += value(item_.mistakes[i].value) == key;
  }
}

void FamilyChecker::count_hints() {
  if (item_.answer.type != AnswerType::Number) return;
  ++hint_draws_;
  const std::string key = *key_answer(item_, instance_, Language::Nl).text;
  for (std::size_t i = 0; i < item_.hints.size(); ++i) {
    hint_is_key_[i] +=
        has_sole_number(render_plain(item_.hints[i], item_.words, instance_, Language::Nl), key);
  }
}

void FamilyChecker::check_counts() {
  if (item_.is_drawn() && draws_ >= enough_draws && distinct_.size() < fewest_distinct) {
    tell("draw", "distinct",
         "Only " + std::to_string(distinct_.size()) + " different exercises come out of the draws; " +
             std::to_string(fewest_distinct) + " are needed: widen them or leave \"draw\" out.");
  }
  for (std::size_t i = 0; i < mistake_is_key_.size(); ++i) {
    if (mistake_is_key_[i] <= most_equal_mistakes * draws_) continue;
    tell(indexed("mistakes", i), "key",
         "In " + std::to_string(mistake_is_key_[i]) + " of " + std::to_string(draws_) +
             " draws this mistake is the right answer: add a condition to \"require\" or mend the value.");
  }
  for (std::size_t i = 0; i < hint_is_key_.size(); ++i) {
    if (2 * hint_is_key_[i] <= hint_draws_) continue;
    tell(indexed("hints", i), "key",
         "The only number in this hint is the answer: let the hint point the way instead.", true);
  }
}

std::optional<Rational> FamilyChecker::value(const std::optional<Expression>& expression) const {
  return expression ? expression->evaluate(instance_.variables) : std::nullopt;
}

std::string FamilyChecker::drawn() const {
  std::string text = "(draw " + std::to_string(instance_.seed);
  for (std::size_t i = 0; i < instance_.variables.size(); ++i) {
    text += (i == 0 ? ": " : ", ") + item_.names[i] + " = " + to_string(instance_.variables[i]);
  }
  return text + ")";
}

void FamilyChecker::tell(const std::string& field, const std::string& kind, const std::string& message,
                         bool warning) {
  if (told_.insert(field + " " + kind).second) problems_.push_back({item_.file, field, message, warning});
}

}  // namespace trede::content
