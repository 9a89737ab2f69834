#include "server/practice/recovery.hpp"

namespace trede::practice {

Result<Pending> lost_step(const std::string& step_id, const BankPointer& bank) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= step_id.size();) {
    const std::size_t end = std::min(step_id.find(':', begin), step_id.size());
    parts.push_back(step_id.substr(begin, end - begin));
    begin = end + 1;
  }
  if (parts.size() != 4 || (parts[1] != "exercise" && parts[1] != "video"))
    return Error{ErrorCode::Invalid, "step: not the id of a step"};
  store::StoredChoice choice;
  choice.bank =
      bank->version;  // the version it was drawn from may be lost too; the family is most likely the same
  choice.kind = parts[1];
  choice.id = parts[2];
  choice.seed = parts[3];
  choice.reason = "frontier";
  auto pending = pending_of(choice, bank);
  if (pending.has_error()) return pending;
  const int topic = choice.kind == "video" ? bank->videos[static_cast<std::size_t>(pending->index)].topic
                                           : bank->items[static_cast<std::size_t>(pending->index)].topic;
  pending->choice.topic = bank->topics[static_cast<std::size_t>(topic)].id;
  return pending;
}

}  // namespace trede::practice
