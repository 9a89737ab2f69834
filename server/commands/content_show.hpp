// One draw of every item of a bank as a pupil sees it, with hints and solution in both languages: what
// `trede content show` prints and docs/items.html is made from. Values and a pure function; any thread.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "content/item_bank.hpp"
#include "content/localised.hpp"
#include "content/projection.hpp"

namespace trede::commands {

struct ShownSide {  // in one language
  content::Exercise exercise;
  std::vector<content::RichText> hints;
  content::Feedback feedback;  // on the right answer
};
BOOST_DESCRIBE_STRUCT(ShownSide, (), (exercise, hints, feedback))

struct ShownItem {
  std::string id;
  double step = 0.0;        // logits against the topic's level
  double difficulty = 0.0;  // level + step
  std::string type;         // of the answer, as AnswerForm::type
  bool enrichment = false;
  ShownSide nl, en;
};
BOOST_DESCRIBE_STRUCT(ShownItem, (), (id, step, difficulty, type, enrichment, nl, en))

struct ShownTopic {
  std::string id;
  content::Localised title, goal, school_year;
  double level = 0.0;
  std::vector<ShownItem> items;  // from easy to hard
};
BOOST_DESCRIBE_STRUCT(ShownTopic, (), (id, title, goal, school_year, level, items))

struct ShownBank {
  content::Localised title;
  std::vector<ShownTopic> topics;
};
BOOST_DESCRIBE_STRUCT(ShownBank, (), (title, topics))

// The same seed shows the same draws. Unavailable when an item cannot be drawn.
Result<ShownBank> show(const content::ItemBank& bank, std::uint64_t seed);

}  // namespace trede::commands
