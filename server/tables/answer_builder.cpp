#include "server/tables/answer_builder.hpp"

#include <algorithm>
#include <numeric>

namespace trede::tables {

void AnswerBuilder::mark(std::uint64_t line) {
  const std::size_t answer = responses_.size();
  if (!marks_.empty()) {
    Mark& last = marks_.back();
    const std::size_t since = answer - last.answer;
    if (since == 1 && line == last.line + 1) last.one_a_line = true;
    if (line == last.line + (last.one_a_line ? since : 0)) return;
  }
  marks_.push_back({answer, line, false});
}

std::uint64_t AnswerBuilder::line_of(std::size_t answer) const {
  const auto after =
      std::upper_bound(marks_.begin(), marks_.end(), answer,
                       [](std::size_t value, const Mark& each) { return value < each.answer; });
  const Mark& found = *std::prev(after);
  return found.line + (found.one_a_line ? answer - found.answer : 0);
}

void AnswerBuilder::add(int person, int item, int code, std::uint64_t line) {
  mark(line);
  person_of_.push_back(person);
  responses_.push_back({item, code});
  const auto i = static_cast<std::size_t>(item);
  const auto value = static_cast<std::size_t>(code);
  if (codes_.size() <= i) codes_.resize(i + 1);
  if (codes_[i].size() <= value) codes_[i].resize(value + 1);
  Code& seen = codes_[i][value];
  if (seen.count++ == 0) seen.first_line = line;
}

// Numbers of the answers, person after person, each person's in the order of the file.
std::vector<std::uint32_t> AnswerBuilder::order_by_person(Answers& answers) const {
  std::vector<std::size_t>& begins = answers.table.begins;
  begins.assign(answers.people.size() + 1, 0);
  for (const int person : person_of_) ++begins[static_cast<std::size_t>(person) + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<std::size_t> at(begins.begin(), begins.end() - 1);
  std::vector<std::uint32_t> order(person_of_.size());
  for (std::size_t i = 0; i < person_of_.size(); ++i)
    order[at[static_cast<std::size_t>(person_of_[i])]++] = static_cast<std::uint32_t>(i);
  return order;
}

void AnswerBuilder::order_by_time(std::vector<std::uint32_t>& order, const Answers& answers) const {
  const auto earlier = [this](std::uint32_t a, std::uint32_t b) { return times_[a] < times_[b]; };
  const std::vector<std::size_t>& begins = answers.table.begins;
  for (std::size_t person = 0; person + 1 < begins.size(); ++person)
    std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(begins[person]),
                     order.begin() + static_cast<std::ptrdiff_t>(begins[person + 1]), earlier);
}

void AnswerBuilder::lay_out(const std::vector<std::uint32_t>& order, Answers& answers) {
  std::vector<int> answered_by(answers.items.size(), -1);
  calibration::ResponseTable& table = answers.table;
  table.responses.reserve(order.size());
  std::uint64_t repeated = 0;
  std::uint64_t example = 0;  // line of the first in the file
  std::size_t next = 0;
  for (std::size_t person = 0; person < answers.people.size(); ++person) {
    const std::size_t end = table.begins[person + 1];
    table.begins[person] = table.responses.size();
    for (; next < end; ++next) {
      const calibration::Response response = responses_[order[next]];
      int& last = answered_by[static_cast<std::size_t>(response.item)];
      if (last == static_cast<int>(person) && times_.empty()) {
        const std::uint64_t line = line_of(order[next]);
        example = repeated++ == 0 ? line : std::min(example, line);
        --codes_[static_cast<std::size_t>(response.item)][static_cast<std::size_t>(response.category)].count;
        continue;
      }
      last = static_cast<int>(person);
      table.responses.push_back(response);
      if (!times_.empty()) answers.times.push_back(times_[order[next]]);
    }
  }
  table.begins.back() = table.responses.size();
  if (repeated > 0)
    answers.notes.push_back(answers.file + ", line " + std::to_string(example) +
                            ": the same person answered the same item before; the first answer counts (" +
                            std::to_string(repeated) + (repeated == 1 ? " such answer" : " such answers") +
                            " in the file)");
}

void AnswerBuilder::note_missing(Answers& answers) const {
  if (missing_ > 0)
    answers.notes.push_back(std::to_string(missing_) + (missing_ == 1 ? " response is" : " responses are") +
                            " missing (empty or NA) and tell" + (missing_ == 1 ? "s nothing" : " nothing"));
  const calibration::ResponseTable& table = answers.table;
  std::size_t silent = 0;
  std::string example;
  for (int person = 0; person < table.people(); ++person)
    if (table.of(person).empty() && silent++ == 0) example = answers.people[static_cast<std::size_t>(person)];
  if (silent > 0)
    answers.notes.push_back(std::to_string(silent) + (silent == 1 ? " person" : " people") +
                            " without any answer, the first of them \"" + example +
                            "\": kept, nothing is learned from them");
}

Answers AnswerBuilder::finish(std::string file) && {
  Answers answers;
  answers.file = std::move(file);
  answers.people = people.take();
  answers.items = items.take();
  std::vector<std::uint32_t> order = order_by_person(answers);
  person_of_ = {};
  if (!times_.empty()) order_by_time(order, answers);
  lay_out(order, answers);
  codes_.resize(answers.items.size());
  for (std::vector<Code>& codes : codes_) {
    for (std::size_t value = 0; value < codes.size(); ++value) codes[value].value = static_cast<int>(value);
    std::erase_if(codes, [](const Code& code) { return code.count == 0; });
  }
  answers.codes = std::move(codes_);
  answers.table.categories.assign(answers.items.size(), 0);
  answers.table.weights = std::move(weights);
  note_missing(answers);
  return answers;
}

}  // namespace trede::tables
