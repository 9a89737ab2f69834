// The topics of a bank and what must come before what. Values and pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "content/localised.hpp"

namespace trede::content {

struct Topic {
  std::string id;
  Localised title;                                 // for teachers
  Localised goal;                                  // for pupils: "Ik kan …"
  int domain = 0, school_year = 0, reference = 0;  // indices in ItemBank
  double level = 0.0;                              // logits
  std::vector<int> prerequisites;                  // topic indices
  bool enrichment = false;
};

// The topics of one cycle, in its order; empty when there is none.
std::vector<int> find_cycle(const std::vector<Topic>& topics);

}  // namespace trede::content
