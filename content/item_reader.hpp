// Reads one item document into an Item; tells every problem. Private to the content library (see loader.hpp).
#pragma once

#include "content/document.hpp"
#include "content/item.hpp"
#include "content/topic_graph.hpp"

namespace trede::content {

struct ItemContext {
  const std::vector<Topic>& topics;
  const Formulas& formulas;
  bool formulas_present = true;
};

Item read_item(const Field& root, const std::string& file, const ItemContext& context);

}  // namespace trede::content
