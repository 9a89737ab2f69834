// What teachers decide about their pupils, beside lessons: each decision is an event, durable before it is
// acknowledged. Every coroutine is called on the loop of the pupil's shard and resumes there.
#pragma once

#include "server/practice/shard.hpp"
#include "server/store/journal.hpp"

namespace trede::practice {

class TeachingService {
 public:
  TeachingService(store::Journal& journal, Clock clock) : journal_(journal), clock_(std::move(clock)) {}

  // The teacher has seen an alert. NotFound: it is no longer there, or another teacher has seen it.
  net::awaitable<Result<protocol::AlertAcknowledged>> acknowledge(Shard& shard, AccountId teacher,
                                                                  protocol::AcknowledgeAlert acknowledged);

 private:
  store::Journal& journal_;
  Clock clock_;
};

}  // namespace trede::practice
