// What teachers decide about their pupils, beside lessons: alerts they have seen, groups they make. Each decision is an
// event, durable before it is acknowledged. Every coroutine is called on the loop of the class's shard and resumes
// there; proposals are calculated on a thread of their own, for they take a tenth of a second.
#pragma once

#include <boost/asio/thread_pool.hpp>

#include "server/practice/shard.hpp"
#include "server/store/journal.hpp"

namespace trede::practice {

class TeachingService {
 public:
  TeachingService(store::Journal& journal, Clock clock) : journal_(journal), clock_(std::move(clock)) {}
  ~TeachingService() { pool_.join(); }  // finishes what runs

  // The teacher has seen an alert. NotFound: it is no longer there, or another teacher has seen it.
  net::awaitable<Result<protocol::Noted>> acknowledge(Shard& shard, AccountId teacher,
                                                      protocol::AcknowledgeAlert acknowledged);

  // Invalid, NotFound, TooLarge: the wishes cannot be taken (grouping.hpp).
  net::awaitable<Result<protocol::GroupsProposed>> propose(Shard& shard, protocol::ProposeGroups asked,
                                                           protocol::Language language);
  net::awaitable<Result<protocol::PlanProposed>> propose(Shard& shard, protocol::ProposePlan asked,
                                                         protocol::Language language);
  // NotFound: a pupil of another class, a topic, video or exercise nobody knows; Invalid: a pupil in two groups.
  net::awaitable<Result<protocol::GroupsSaved>> save(Shard& shard, AccountId teacher,
                                                     protocol::SaveGroups groups);

 private:
  store::Journal& journal_;
  Clock clock_;
  boost::asio::thread_pool pool_{1};  // last member: joins before the rest goes
};

}  // namespace trede::practice
