// What may leave the server of an item: the exercise before the answer, a hint when asked for, the
// explanation after it. Pure; any thread. The key reaches only explain().
#pragma once

#include "content/item.hpp"
#include "content/projection.hpp"
#include "content/scoring.hpp"

namespace trede::content {

Exercise project(const Item& item, const Instance& instance, Language language);

// index: 0 … item.hints.size() − 1; NotFound otherwise.
Result<RichText> hint(const Item& item, const Instance& instance, int index, Language language);

Feedback explain(const Item& item, const Instance& instance, const Outcome& outcome, Language language);

}  // namespace trede::content
