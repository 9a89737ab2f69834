// What beliefs move and steps are chosen with: one version of the bank under one version of the parameters.
// Immutable, shared by all threads; made when either changes, milliseconds for thousands of items. Pupils hold
// none, or each would keep an old one alive.
#pragma once

#include "server/practice/parameters.hpp"

namespace trede::practice {

using BankPointer = std::shared_ptr<const content::ItemBank>;

struct Model {
  BankPointer bank;
  ParametersPointer parameters;
  Catalogue catalogue;                         // the bank's, with items and cuts as learned
  std::vector<calibration::OnlineItem> items;  // the same with what is not known of them
  std::vector<tracking::ItemTime> times;       // of each item
  effects::Effects effects;
};

using ModelPointer = std::shared_ptr<const Model>;

// The cuts follow the items: mastery goes on meaning that 80 % of the topic's own items are expected right.
ModelPointer model_of(BankPointer bank, ParametersPointer parameters);

// The models of the few versions of the bank that pupils are in the middle of, under one version of the
// parameters. Owned by one thread.
class Models {
 public:
  explicit Models(ParametersPointer parameters) : parameters_(std::move(parameters)) {}

  const ParametersPointer& parameters() const { return parameters_; }
  ModelPointer of(const BankPointer& bank);

 private:
  ParametersPointer parameters_;
  std::map<int, ModelPointer> by_bank_version_;  // at most limits::models_kept
};

}  // namespace trede::practice
