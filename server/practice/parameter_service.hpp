// The owner of what pupils share: learns from every answer in the order of the journal, publishes versions of
// the parameters as events, and makes of bank and parameters the model that every shard works with. Lives on
// its home loop; the functions say from where they may be called. Made after the journal and the loops.
#pragma once

#include <functional>

#include "server/async.hpp"
#include "server/clock.hpp"
#include "server/practice/learner.hpp"

namespace trede::practice {

class ParameterService {
 public:
  // adopt: told of every new model, on the home loop.
  ParameterService(store::Journal& journal, Clock clock, net::Executor home, Learner learner,
                   ModelPointer model, std::function<void(ModelPointer)> adopt);

  // What an event taught, on the journal's thread in the order of the sequence: that order is what makes the
  // learner repeat after a restart what it did before.
  void learn(Sequence sequence, Milliseconds at_ms, Evidence evidence);

  void adopt(BankPointer bank);  // a new version of the bank; from any thread

  // Publishes what was learned since the last version, if anything; returns its number when it is durable and
  // the shards have been told. From any loop.
  net::awaitable<Result<std::int64_t>> publish_now();

  // Publishes a version that was calculated elsewhere, when it is its turn; its number is given here. From any
  // thread.
  void publish_later(store::ParametersPublished version);

 private:
  void take(Sequence sequence, Milliseconds at_ms, Evidence evidence);
  net::awaitable<void> publish_when_due();
  net::awaitable<Result<std::int64_t>> publish_at_home(std::optional<store::ParametersPublished> version);
  net::awaitable<Result<std::int64_t>> write(store::ParametersPublished version);

  store::Journal& journal_;
  Clock clock_;
  net::Executor home_;
  std::function<void(ModelPointer)> adopt_;
  // From here on used on the home loop only.
  Learner learner_;
  ModelPointer model_;
  bool publishing_ = false;
};

}  // namespace trede::practice
