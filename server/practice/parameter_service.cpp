#include "server/practice/parameter_service.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/store/event_log.hpp"

namespace trede::practice {
namespace {

constexpr std::chrono::milliseconds turn{10};  // between looks whether the version before is durable

class PublishingGuard {
 public:
  explicit PublishingGuard(bool& publishing) : publishing_(publishing) { publishing_ = true; }
  ~PublishingGuard() { publishing_ = false; }
  PublishingGuard(const PublishingGuard&) = delete;
  PublishingGuard& operator=(const PublishingGuard&) = delete;

 private:
  bool& publishing_;
};

store::Change append_parts(const store::ParametersPublished& version, Milliseconds now_ms) {
  std::vector<store::Event> events;
  for (const auto& part : parts_of(version)) events.push_back(store::event_of(now_ms, 0, 0, part));
  return store::append_all(std::move(events));
}

}  // namespace

ParameterService::ParameterService(store::Journal& journal, Clock clock, net::Executor home, Learner learner,
                                   ModelPointer model, std::function<void(ModelPointer)> adopt)
    : journal_(journal),
      clock_(std::move(clock)),
      home_(home),
      adopt_(std::move(adopt)),
      learner_(std::move(learner)),
      model_(std::move(model)) {}

void ParameterService::learn(Sequence sequence, Milliseconds at_ms, Evidence evidence) {
  boost::asio::post(home_, [this, sequence, at_ms, evidence = std::move(evidence)]() mutable {
    take(sequence, at_ms, std::move(evidence));
  });
}

void ParameterService::adopt(BankPointer bank) {
  boost::asio::post(home_, [this, bank = std::move(bank)] {
    model_ = model_of(bank, model_->parameters);
    adopt_(model_);
  });
}

void ParameterService::take(Sequence sequence, Milliseconds at_ms, Evidence evidence) {
  learner_.take(sequence, at_ms, std::move(evidence));
  if (learner_.due() && !publishing_) boost::asio::co_spawn(home_, publish_when_due(), boost::asio::detached);
}

// Several answers may have found the version due before this runs; the first one publishes.
net::awaitable<void> ParameterService::publish_when_due() {
  if (learner_.due() && !publishing_) co_await publish_at_home(std::nullopt);
}

net::awaitable<Result<std::int64_t>> ParameterService::publish_now() {
  return net::on_loop(home_, publish_at_home(std::nullopt));
}

void ParameterService::publish_later(store::ParametersPublished version) {
  boost::asio::co_spawn(home_, publish_at_home(std::move(version)), boost::asio::detached);
}

net::awaitable<Result<std::int64_t>> ParameterService::publish_at_home(
    std::optional<store::ParametersPublished> version) {
  using Timer =
      boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                        boost::asio::wait_traits<std::chrono::steady_clock>, net::Executor>;
  while (publishing_) {
    Timer timer(home_, turn);
    co_await timer.async_wait(net::use_awaitable);
  }
  if (!version && learner_.waiting() == 0) co_return learner_.version();
  const PublishingGuard guard{publishing_};
  if (!version) version = learner_.publication();
  version->version = learner_.version() + 1;
  co_return co_await write(std::move(*version));
}

net::awaitable<Result<std::int64_t>> ParameterService::write(store::ParametersPublished version) {
  const auto durable = co_await net::written(journal_, append_parts(version, clock_()));
  if (durable.has_error()) {
    spdlog::error("version {} of the parameters was not written: {}", version.version,
                  durable.error().detail);
    co_return durable.error();
  }
  learner_.published(version);
  auto next = std::make_shared<const Parameters>(after(*model_->parameters, version));
  model_ = model_of(model_->bank, std::move(next));
  adopt_(model_);
  spdlog::info("parameters {} ({}): {} items, {} effects", version.version, version.origin,
               version.items.size(), version.effects.size());
  co_return version.version;
}

}  // namespace trede::practice
