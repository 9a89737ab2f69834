// Judges an answer against the key. Pure; any thread. An answer that cannot be read is an Error (Invalid),
// never wrong.
#pragma once

#include <boost/describe.hpp>

#include "content/item.hpp"
#include "content/projection.hpp"
#include "content/result.hpp"

namespace trede::content {

struct Outcome {
  bool right = false;
  // the known wrong answer: in Item::mistakes; for choices the option (author's position) with feedback
  int mistake = -1;
  bool other_form = false;  // fraction: right value, but not the form that was asked
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (right, mistake, other_form))

// The language decides only how "1.000" is read and which words are accepted.
Result<Outcome> score(const Item& item, const Instance& instance, const Answer& answer, Language language);

// The key as an answer a pupil could give. Precondition: the instance was drawn from this item.
Answer key_answer(const Item& item, const Instance& instance, Language language);

}  // namespace trede::content
