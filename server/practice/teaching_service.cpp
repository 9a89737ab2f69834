#include "server/practice/teaching_service.hpp"

#include "server/store/event_log.hpp"

namespace trede::practice {

net::awaitable<Result<protocol::AlertAcknowledged>> TeachingService::acknowledge(
    Shard& shard, AccountId teacher, protocol::AcknowledgeAlert acknowledged) {
  PupilState* pupil = shard.pupil(PupilId{acknowledged.pupil});
  const Notice* notice = pupil ? find(pupil->notices, acknowledged.kind, acknowledged.topic) : nullptr;
  if (!notice) co_return Error{ErrorCode::NotFound, "no such alert"};
  const store::AlertAcknowledged event{teacher.value,       acknowledged.kind,   acknowledged.topic,
                                       acknowledged.agrees, notice->probability, notice->evidence};
  const Milliseconds now_ms = clock_();
  const auto durable =
      co_await net::written(journal_, store::append(store::event_of(now_ms, pupil->id.value, 0, event)));
  if (durable.has_error()) co_return durable.error();
  apply(*pupil, event);
  shard.publish(*pupil, *durable, now_ms);
  co_return protocol::AlertAcknowledged{acknowledged.request};
}

}  // namespace trede::practice
