#include "engine/catalogue/catalogue.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace trede {
namespace {

double share_right(const std::vector<CatalogueItem>& items, double ability) {
  double sum = 0.0;
  for (const CatalogueItem& item : items) {
    double weight = 0.0;
    for (const Loading& loading : item.loadings) weight += loading.weight;
    const auto& [slope, difficulty, guessing] = item.parameters;
    const double z = slope * (weight * ability - difficulty);
    sum += guessing + (1.0 - guessing) / (1.0 + std::exp(-z));
  }
  return sum / static_cast<double>(items.size());
}

// The items that say what the topic asks of everyone: in use, and not above the curriculum unless the topic
// is.
std::vector<CatalogueItem> own_items(const Catalogue& catalogue, const CatalogueTopic& topic) {
  std::vector<CatalogueItem> own;
  for (const int index : topic.items) {
    const CatalogueItem& item = catalogue.items[index];
    if (item.status != ItemStatus::Retired && (topic.enrichment || !item.enrichment)) own.push_back(item);
  }
  return own;
}

std::vector<int> prerequisites_first(const std::vector<CatalogueTopic>& topics) {
  const int count = static_cast<int>(topics.size());
  std::vector<int> order;
  std::vector<bool> placed(topics.size(), false);
  const auto ready = [&](int topic) {
    const std::vector<int>& needed = topics[topic].prerequisites;
    return !placed[topic] &&
           std::all_of(needed.begin(), needed.end(), [&](int other) { return placed[other]; });
  };
  while (static_cast<int>(order.size()) < count) {
    int lowest = -1;
    for (int topic = 0; topic < count; ++topic)
      if (ready(topic) && (lowest < 0 || topics[topic].level < topics[lowest].level)) lowest = topic;
    assert(lowest >= 0 && "the prerequisites form a cycle");
    placed[lowest] = true;
    order.push_back(lowest);
  }
  return order;
}

}  // namespace

double cut_of(const std::vector<CatalogueItem>& items, double share) {
  assert(!items.empty());
  double low = -8.0;
  double high = 8.0;
  while (high - low > 1e-9) {
    const double middle = 0.5 * (low + high);
    (share_right(items, middle) < share ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

void complete(Catalogue& catalogue) {
  for (CatalogueTopic& topic : catalogue.topics) {
    topic.items.clear();
    topic.videos.clear();
  }
  catalogue.seeding.clear();
  for (std::size_t i = 0; i < catalogue.items.size(); ++i) {
    catalogue.topics[catalogue.items[i].topic()].items.push_back(static_cast<int>(i));
    if (catalogue.items[i].status == ItemStatus::Seeding) catalogue.seeding.push_back(static_cast<int>(i));
  }
  for (CatalogueTopic& topic : catalogue.topics)
    std::stable_sort(topic.items.begin(), topic.items.end(), [&](int first, int second) {
      return catalogue.items[first].parameters.difficulty < catalogue.items[second].parameters.difficulty;
    });
  for (std::size_t i = 0; i < catalogue.videos.size(); ++i)
    catalogue.topics[catalogue.videos[i].topic].videos.push_back(static_cast<int>(i));
  for (CatalogueTopic& topic : catalogue.topics) {
    std::vector<CatalogueItem> own = own_items(catalogue, topic);
    // A topic without items still blocks or opens others, so it gets the cut of one ordinary item at its
    // level.
    if (own.empty()) own.push_back({.parameters = {.difficulty = topic.level}, .loadings = {{.topic = 0}}});
    topic.cut = cut_of(own);
  }
  catalogue.order = prerequisites_first(catalogue.topics);
}

}  // namespace trede
