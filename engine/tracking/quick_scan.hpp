// P(right) of many exercises of one topic, as quick_predict (update.hpp) gives it: what they share is looked up once,
// and those alike that come one after the other are worked out once. Refers to the belief; one thread.
#pragma once

#include "engine/tracking/posterior.hpp"

namespace trede::tracking {

class QuickScan {
 public:
  QuickScan(const Posterior& posterior, int topic);
  double operator()(const CatalogueItem& item);  // precondition: item.topic() is the topic

 private:
  const Posterior& posterior_;
  double mean_, variance_;
  const CatalogueItem* before_ = nullptr;
  double predicted_before_ = 0.0;
};

}  // namespace trede::tracking
