#include "content/topic_graph.hpp"

#include <algorithm>

namespace trede::content {
namespace {

enum class Mark { New, Open, Done };

// Depth first; `path` holds the open topics, so a prerequisite that is open closes a cycle.
bool walk(const std::vector<Topic>& topics, int topic, std::vector<Mark>& marks, std::vector<int>& path) {
  marks[static_cast<std::size_t>(topic)] = Mark::Open;
  path.push_back(topic);
  for (const int needed : topics[static_cast<std::size_t>(topic)].prerequisites) {
    const Mark mark = marks[static_cast<std::size_t>(needed)];
    if (mark == Mark::Open) {
      path.erase(path.begin(), std::find(path.begin(), path.end(), needed));
      return true;
    }
    if (mark == Mark::New && walk(topics, needed, marks, path)) return true;
  }
  marks[static_cast<std::size_t>(topic)] = Mark::Done;
  path.pop_back();
  return false;
}

}  // namespace

std::vector<int> find_cycle(const std::vector<Topic>& topics) {
  std::vector<Mark> marks(topics.size(), Mark::New);
  std::vector<int> path;
  for (std::size_t topic = 0; topic < topics.size(); ++topic) {
    if (marks[topic] == Mark::New && walk(topics, static_cast<int>(topic), marks, path)) return path;
  }
  return {};
}

}  // namespace trede::content
