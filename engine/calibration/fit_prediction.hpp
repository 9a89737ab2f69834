// The shared inside of fit and differential item functioning: every item's category probabilities at the
// nodes, and what the other answers of a person say about ability when one answer is to be predicted. Pure,
// any thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/calibration/calibration.hpp"
#include "engine/calibration/fit.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::calibration {

struct ItemCurves {
  Eigen::ArrayXXd probability;  // nodes × categories: P(k | θ), at least 1e-30
  Eigen::ArrayXXd slope;        // its derivative in a shift of all of the item's z = a θ + d (GPCM: of a θ)
};

struct Curves {
  Eigen::ArrayXd nodes;
  std::vector<ItemCurves> items;
  std::vector<Eigen::ArrayXd> groups;  // of each group: the normal prior at the nodes, sum 1
};
Curves curves_of(const ResponseTable& table, const std::vector<Item>& items, const std::vector<Group>& groups,
                 int nodes, double range);

// Multiplies the belief by the likelihood of one response, sum 1 again.
inline void learn(Eigen::ArrayXd& belief, const Curves& curves, const Response& response) {
  belief *= curves.items[static_cast<std::size_t>(response.item)].probability.col(response.category);
  belief /= belief.sum();
}

// P(θ at each node | all responses of the person).
Eigen::ArrayXd posterior_of(const ResponseTable& table, int person, const Curves& curves);

// Calls visit(response number in the table, belief) for every response of a person, in order, where belief is
// that from the earlier or the other responses, without this one.
template <class Visit>
void for_each_prediction(const ResponseTable& table, int person, const Curves& curves, PredictFrom from,
                         Visit visit) {
  const bool earlier = from == PredictFrom::EarlierAnswers;
  Eigen::ArrayXd belief = earlier ? curves.groups[static_cast<std::size_t>(table.group(person))]
                                  : posterior_of(table, person, curves);
  Eigen::ArrayXd cavity(belief.size());
  std::size_t number = table.begins[static_cast<std::size_t>(person)];
  for (const Response& response : table.of(person)) {
    if (earlier) {
      visit(number, belief);
      learn(belief, curves, response);
    } else {
      const ItemCurves& item = curves.items[static_cast<std::size_t>(response.item)];
      cavity = belief / item.probability.col(response.category);
      cavity /= cavity.sum();
      visit(number, cavity);
    }
    ++number;
  }
}

// People in blocks of a fixed size, so that sums over blocks, added in order, do not depend on the workers.
inline constexpr int people_per_block = 512;
inline int blocks_of(const ResponseTable& table) {
  return (table.people() + people_per_block - 1) / people_per_block;
}

}  // namespace trede::calibration
