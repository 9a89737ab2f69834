#include "server/practice/model.hpp"

#include "server/limits.hpp"

namespace trede::practice {

ModelPointer model_of(BankPointer bank, ParametersPointer parameters) {
  auto model = std::make_shared<Model>();
  model->catalogue = bank->catalogue;
  model->items.reserve(bank->items.size());
  for (std::size_t i = 0; i < bank->items.size(); ++i) {
    ItemParameters& known = model->catalogue.items[i].parameters;
    const auto learned = parameters->items.find(bank->items[i].id);
    const bool is_authored = learned == parameters->items.end();
    model->items.push_back(is_authored ? authored(known) : online_item(learned->second, known.guessing));
    model->times.push_back(is_authored ? tracking::usual_time(bank->catalogue.items[i])
                                       : item_time(learned->second));
    if (is_authored) continue;
    known.slope = model->items.back().slope();
    known.difficulty = model->items.back().difficulty;
  }
  complete(model->catalogue);
  model->effects = effects_of(*parameters, *bank);
  model->bank = std::move(bank);
  model->parameters = std::move(parameters);
  return model;
}

ModelPointer Models::of(const BankPointer& bank) {
  const auto found = by_bank_version_.find(bank->version);
  if (found != by_bank_version_.end()) return found->second;
  if (by_bank_version_.size() >= limits::models_kept) by_bank_version_.clear();
  return by_bank_version_[bank->version] = model_of(bank, parameters_);
}

}  // namespace trede::practice
