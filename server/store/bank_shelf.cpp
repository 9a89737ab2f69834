#include "server/store/bank_shelf.hpp"

namespace trede::store {

Result<std::shared_ptr<const content::ItemBank>> BankShelf::at(std::int64_t version) {
  if (const auto found = banks_.find(version); found != banks_.end()) return found->second;
  const auto source = read_bank(database_, version);
  if (source.has_error()) return source.error();
  auto loaded = content::load(*source, static_cast<int>(version));
  if (!loaded.bank) {
    const std::string first =
        loaded.problems.empty() ? "" : loaded.problems.front().file + ": " + loaded.problems.front().message;
    return Error{ErrorCode::Invalid, "bank version " + std::to_string(version) + " cannot be read: " + first};
  }
  return banks_[version] = std::move(loaded.bank);
}

}  // namespace trede::store
