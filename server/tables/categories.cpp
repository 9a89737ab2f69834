#include "server/tables/categories.hpp"

#include <algorithm>
#include <map>

namespace trede::tables {
namespace {

std::string listed(const Coding& coding) {
  std::string text;
  for (const int code : coding) text += (text.empty() ? "" : ", ") + std::to_string(code);
  return text;
}

Coding coding_of(const std::vector<Code>& seen, Scale scale) {
  if (scale == Scale::RightOrWrong) return {0, 1};
  Coding coding;
  for (const Code& code : seen) coding.push_back(code.value);
  return coding;
}

bool counts_from_zero(const Coding& coding) {
  return coding.empty() || coding.back() == static_cast<int>(coding.size()) - 1;
}

Result<bool> check(const Answers& answers, std::size_t item, const Coding& coding) {
  for (const Code& code : answers.codes[item]) {
    if (std::binary_search(coding.begin(), coding.end(), code.value)) continue;
    return Error{ErrorCode::Invalid, answers.file + ", line " + std::to_string(code.first_line) +
                                         ": item \"" + answers.items[item] + "\" is answered " +
                                         std::to_string(code.value) + ", but its categories are " +
                                         listed(coding)};
  }
  return true;
}

// One note for all items with the same unusual coding.
void note_codings(Answers& answers, const std::vector<Coding>& codings) {
  std::map<Coding, std::vector<std::size_t>> unusual;
  for (std::size_t item = 0; item < codings.size(); ++item)
    if (!counts_from_zero(codings[item])) unusual[codings[item]].push_back(item);
  for (const auto& [coding, items] : unusual) {
    const std::string who = items.size() == codings.size() ? "every item"
                            : items.size() == 1            ? "item \"" + answers.items[items.front()] + "\""
                                                           : std::to_string(items.size()) + " items";
    Coding read(coding.size());
    for (std::size_t k = 0; k < read.size(); ++k) read[k] = static_cast<int>(k);
    answers.notes.push_back("the categories of " + who + " are written " + listed(coding) + " and read as " +
                            listed(read));
  }
}

}  // namespace

Result<std::vector<Coding>> number_categories(Answers& answers, Scale scale,
                                              const std::vector<Coding>& known) {
  std::vector<Coding> codings;
  std::vector<std::vector<int>> category_of;
  for (std::size_t item = 0; item < answers.items.size(); ++item) {
    const bool is_known = item < known.size() && !known[item].empty();
    codings.push_back(is_known ? known[item] : coding_of(answers.codes[item], scale));
    if (const auto checked = check(answers, item, codings[item]); !checked) return checked.error();
    const Coding& coding = codings[item];
    std::vector<int>& categories = category_of.emplace_back(coding.empty() ? 0 : coding.back() + 1);
    for (std::size_t k = 0; k < coding.size(); ++k)
      categories[static_cast<std::size_t>(coding[k])] = static_cast<int>(k);
    answers.table.categories[item] = static_cast<int>(coding.size());
  }
  for (calibration::Response& response : answers.table.responses)
    response.category =
        category_of[static_cast<std::size_t>(response.item)][static_cast<std::size_t>(response.category)];
  note_codings(answers, codings);
  return codings;
}

void renumber_items(Answers& answers, const std::vector<int>& numbers, std::vector<std::string> names) {
  calibration::ResponseTable& table = answers.table;
  std::vector<int> categories(names.size(), 0);
  std::vector<std::vector<Code>> codes(names.size());
  for (std::size_t item = 0; item < numbers.size(); ++item) {
    if (numbers[item] < 0) continue;
    categories[static_cast<std::size_t>(numbers[item])] = table.categories[item];
    codes[static_cast<std::size_t>(numbers[item])] = std::move(answers.codes[item]);
  }
  std::size_t kept = 0;
  std::size_t next = 0;
  for (std::size_t person = 0; person + 1 < table.begins.size(); ++person) {
    table.begins[person] = kept;
    for (; next < table.begins[person + 1]; ++next) {
      const calibration::Response response = table.responses[next];
      const int number = numbers[static_cast<std::size_t>(response.item)];
      if (number < 0) continue;
      if (!answers.times.empty()) answers.times[kept] = answers.times[next];
      table.responses[kept++] = {number, response.category};
    }
  }
  table.begins.back() = kept;
  table.responses.resize(kept);
  if (!answers.times.empty()) answers.times.resize(kept);
  table.categories = std::move(categories);
  answers.codes = std::move(codes);
  answers.items = std::move(names);
}

}  // namespace trede::tables
