// What the mathematics needs to know of a bank, as plain values: no text, no key.
// Built once at publish by content/, immutable afterwards, so every thread may read it.
// Indices are positions in the vectors here; content/ keeps the same order, so they name the same things
// there.
#pragma once

#include <string>
#include <vector>

namespace trede {

enum class ItemStatus { Active, Seeding, Retired };

// How strongly an item loads on a topic; the primary topic has weight 1 (row of the Q-matrix).
struct Loading {
  int topic = 0;
  double weight = 1.0;
};

// P(correct | θ) = c + (1 − c) / (1 + exp(−a (Σ_k q_k θ_k − b)))
// with a = slope, b = difficulty, c = guessing, q = loadings.
struct ItemParameters {
  double slope = 1.2;       // a, per logit
  double difficulty = 0.0;  // b, logits on the bank's scale (0 = average pupil, end of groep 7)
  double guessing = 0.0;    // c, probability
};

struct CatalogueItem {
  ItemParameters parameters;
  std::vector<Loading> loadings = {};  // primary topic first
  ItemStatus status = ItemStatus::Active;
  double minutes = 0.75;
  bool enrichment = false;
  bool varies = false;  // other numbers each time: it may come back sooner

  int topic() const { return loadings.front().topic; }
};

struct CatalogueTopic {
  int domain = 0;                       // topics of one domain have abilities that go together
  double level = 0.0;                   // logits
  double cut = 0.0;                     // ability at which 80 % of the topic's own items are expected right
  std::vector<int> prerequisites = {};  // topic indices
  std::vector<int> items = {};          // item indices whose primary topic this is, from easy to hard
  std::vector<int> videos = {};
  bool enrichment = false;
};

struct CatalogueVideo {
  int topic = 0;
  double minutes = 1.0;
};

struct Catalogue {
  std::vector<CatalogueTopic> topics;
  std::vector<CatalogueItem> items;
  std::vector<CatalogueVideo> videos;
  std::vector<int> order;    // topic indices, prerequisites before what needs them, then by level
  std::vector<int> seeding;  // item indices whose difficulty is still being learned
};

// The ability at which the expected share right over `items` is `share`: Σ P_j(θ) / n = share, all loadings
// at θ. Solved by bisection on [−8, 8] to 1e-9; the ends are returned when the share lies outside what the
// items can give.
double cut_of(const std::vector<CatalogueItem>& items, double share = 0.8);

// Fills order, seeding, topics[].items, topics[].videos and topics[].cut from the rest.
// Precondition: no cycle in the prerequisites.
void complete(Catalogue& catalogue);

}  // namespace trede
