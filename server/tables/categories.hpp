// From responses as a file writes them to the categories 0, 1, 2 … of the models, and which items take part.
// Any thread.
#pragma once

#include "server/tables/answers.hpp"

namespace trede::tables {

// How the categories of one item are written: category k as the k-th, ascending.
using Coding = std::vector<int>;

enum class Scale {
  RightOrWrong,  // 0 and 1
  Ordered        // whatever was seen: 1, 2, 3, 4 become 0, 1, 2, 3, and so do 0, 1, 2, 4
};

// Numbers the responses in the table and fills its categories. known: of each item, empty = by the scale.
// Error: a response that the item's coding does not have, with its line.
Result<std::vector<Coding>> number_categories(Answers& answers, Scale scale,
                                              const std::vector<Coding>& known = {});

// Item i becomes item numbers[i], or leaves with its answers where that is −1; names: of the items after.
// Items that nobody answered may appear. Precondition: numbers are below names.size() and each stands once.
void renumber_items(Answers& answers, const std::vector<int>& numbers, std::vector<std::string> names);

}  // namespace trede::tables
