// Everything the conversations of one running school talk to. Made once at the start, outlives every
// conversation; the members say themselves which thread may call them.
#pragma once

#include <memory>
#include <vector>

#include "server/accounts/account_service.hpp"
#include "server/authoring/authoring_service.hpp"
#include "server/conversation/school_figures.hpp"
#include "server/conversation/step_seal.hpp"
#include "server/net/conversation.hpp"
#include "server/practice/bank_insight.hpp"
#include "server/practice/history.hpp"
#include "server/practice/practice_service.hpp"
#include "server/practice/teaching_service.hpp"

namespace trede::conversation {

struct School {
  accounts::AccountService& accounts;
  practice::PracticeService& practice;
  practice::TeachingService& teaching;
  practice::History& history;
  practice::BankInsight& insight;
  authoring::AuthoringService& authoring;
  std::vector<practice::Shard*> shards;  // never changes
  SchoolFigures& figures;
  StepSeal step_seal;

  // All pupils of a class live on one shard, so that what its teachers see needs no crossing of loops.
  practice::Shard& shard_of(ClassId id) const {
    return *shards[static_cast<std::size_t>(id.value) % shards.size()];
  }
};

// The conversation that fits the account's role.
std::unique_ptr<net::Conversation> open_conversation(School& school, const accounts::Account& account,
                                                     std::shared_ptr<net::Outbox> outbox);

}  // namespace trede::conversation
