// The versions of the bank that events name, compiled once each. Owned by one thread (start-up, or the
// queries').
#pragma once

#include <map>
#include <memory>

#include "content/item_bank.hpp"
#include "server/store/bank_store.hpp"

namespace trede::store {

class BankShelf {
 public:
  explicit BankShelf(Database& database) : database_(database) {}

  // The bank of this version. NotFound, or Invalid when what is stored cannot be read by this program.
  Result<std::shared_ptr<const content::ItemBank>> at(std::int64_t version);

 private:
  Database& database_;
  std::map<std::int64_t, std::shared_ptr<const content::ItemBank>> banks_;
};

}  // namespace trede::store
