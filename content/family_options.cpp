// The part of the family checker that looks at options: different to the eye, and flagged as `solve` says.
#include <algorithm>

#include "content/family_checker.hpp"
#include "content/present.hpp"

namespace trede::content {
namespace {

// What a pupil sees of an option, to tell whether two look the same.
std::string look(const Option& option) {
  std::string seen;
  for (const Segment& segment : option.text) seen += segment.kind + ":" + segment.value + "|";
  if (!option.figure) return seen;
  const Figure& figure = *option.figure;
  seen += figure.type;
  for (const std::optional<int>& number :
       {figure.parts, figure.shaded, figure.rows, figure.columns, figure.ticks, figure.groups, figure.each}) {
    seen += ";" + std::to_string(number.value_or(-1));
  }
  for (const std::optional<double>& number : {figure.from, figure.to, figure.mark}) {
    seen += ";" + std::to_string(number.value_or(-1.0));
  }
  for (const TableRow& row : figure.table) {
    for (const std::string& cell : row.cells) seen += ";" + cell;
  }
  return seen;
}

}  // namespace

void FamilyChecker::check_options() {
  for (const Language language : {Language::Nl, Language::En}) {
    const std::vector<Option> options = project(item_, instance_, language).form.options;
    std::set<std::string> looks;
    for (const Option& option : options) looks.insert(look(option));
    if (looks.size() == options.size()) continue;
    const char* list = item_.answer.type == AnswerType::Ordering ? "answer.entries" : "answer.options";
    tell(list, "same", "Two options look the same " + drawn() + ": add a condition to \"require\".");
  }
  if (item_.answer.type == AnswerType::Ordering) {
    check_order_values();
  } else if (item_.solve) {
    check_option_flags();
  }
}

void FamilyChecker::check_option_flags() {
  std::vector<Rational> answered = instance_.variables;
  answered.emplace_back();
  bool any_value = false;
  for (std::size_t i = 0; i < item_.answer.options.size(); ++i) {
    const OptionSpec& option = item_.answer.options[i];
    if (!option.value) continue;
    any_value = true;
    answered.back() = *value(option.value);
    if (item_.solve->holds(answered) == option.correct) continue;
    tell("answer.options[" + std::to_string(i) + "]", "flag",
         std::string{option.correct ? "This correct option" : "This wrong option"} + " has value " +
             to_string(answered.back()) + ", which " + (option.correct ? "does not fulfil" : "fulfils") +
             " \"solve\" " + drawn() + ": mend the option, \"solve\" or \"require\".");
  }
  if (!any_value)
    tell("solve", "values", "No option has a \"value\", so \"solve\" checks nothing: add the values.", true);
}

void FamilyChecker::check_order_values() {
  std::vector<Rational> values;
  for (const OptionSpec& entry : item_.answer.options) {
    if (const std::optional<Rational> number = value(entry.value)) values.push_back(*number);
  }
  std::sort(values.begin(), values.end());
  if (std::adjacent_find(values.begin(), values.end()) == values.end()) return;
  tell("answer.entries", "equal",
       "Two entries have the same value " + drawn() + ": add a condition to \"require\".");
}

}  // namespace trede::content
