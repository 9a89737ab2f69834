// What is wrong with a bank, said to the person who can mend it. A plain value; the author's page and the
// command show it as it is.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace trede::content {

struct Problem {
  std::string file;      // "items/breuken-benoemen/taart.json"
  std::string field;     // "options[2].feedback.en"; empty = the whole file
  std::string message;   // one plain English sentence that names the cure
  bool warning = false;  // worth a look, but no reason not to publish
};
BOOST_DESCRIBE_STRUCT(Problem, (), (file, field, message, warning))

using Problems = std::vector<Problem>;

bool blocks_publishing(const Problems& problems);  // at least one that is not a warning

}  // namespace trede::content
