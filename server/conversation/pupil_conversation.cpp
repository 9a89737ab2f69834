#include "server/conversation/pupil_conversation.hpp"

#include "server/conversation/replies.hpp"

namespace trede::conversation {
namespace {

// Reads on the shard's loop, as coroutines, so that the conversation can wait for them.
net::awaitable<Result<protocol::StandingsShown>> read_standings(School& school, practice::Shard& shard,
                                                                PupilId pupil, std::string request,
                                                                protocol::Language language) {
  co_return school.practice.standings(shard, pupil, std::move(request), language);
}

net::awaitable<Result<protocol::VideoShown>> read_video(School& school, practice::Shard& shard, PupilId pupil,
                                                        protocol::OpenVideo opened,
                                                        protocol::Language language) {
  co_return school.practice.open_video(shard, pupil, std::move(opened), language);
}

protocol::Step& step_in(protocol::PupilWelcome& welcome) {
  return welcome.step;
}
protocol::Step& step_in(protocol::StepJudged& judged) {
  return judged.next;
}
protocol::Step& step_in(protocol::StepOffered& offered) {
  return offered.step;
}

// The step's id as a browser may have it.
template <class Message>
void seal_step(const StepSeal& seal, PupilId pupil, Message& message) {
  protocol::Step& step = step_in(message);
  step.id = seal.sealed({pupil, step.number, step.id});
}

}  // namespace

PupilConversation::PupilConversation(School& school, accounts::Account account, accounts::Class home,
                                     std::shared_ptr<net::Outbox> outbox)
    : school_(school),
      account_(std::move(account)),
      home_(std::move(home)),
      shard_(school.shard_of(home_.id)),
      outbox_(std::move(outbox)) {}

net::awaitable<void> PupilConversation::receive(std::string text) {
  co_await converse<protocol::PupilMessages>(*this, school_, account_.id, *outbox_, std::move(text));
}

void PupilConversation::closed() {
  boost::asio::post(shard_.loop(),
                    [&school = school_, &shard = shard_, pupil = account_.id,
                     key = static_cast<const void*>(this)] { school.practice.detach(shard, pupil, key); });
}

void PupilConversation::attach() {
  auto offer = [outbox = outbox_, &seal = school_.step_seal, pupil = account_.id](auto offered) {
    seal_step(seal, pupil, offered);
    send(*outbox, offered);
  };
  practice::PupilPage page{std::move(offer), language_};
  boost::asio::post(shard_.loop(), [&school = school_, &shard = shard_, pupil = account_.id,
                                    key = static_cast<const void*>(this), page = std::move(page)]() mutable {
    school.practice.attach(shard, pupil, key, std::move(page));
  });
}

// Empty, which is the name of no step: it was sealed for somebody else or another step, or by nobody.
std::string PupilConversation::step_named(const std::string& id, std::optional<std::int64_t> number) const {
  const auto step = school_.step_seal.opened(id);
  const bool is_meant = step && step->pupil == account_.id && step->number == number.value_or(step->number);
  return is_meant ? step->name : std::string();
}

template <class Message>
void PupilConversation::reply_step(const std::string& request, Result<Message> result) {
  if (result.has_value()) seal_step(school_.step_seal, account_.id, *result);
  reply(*outbox_, request, result);
}

net::awaitable<void> PupilConversation::handle(protocol::PupilHello hello) {
  language_ = hello.language;
  attach();  // before the welcome, so that no push is missed
  auto welcome = co_await net::on_loop(shard_.loop(), school_.practice.hello(shard_, account_.id, hello));
  if (welcome.has_value()) {
    welcome->class_name = home_.name;
    welcome->demo = home_.demo;
  }
  reply_step(hello.request, std::move(welcome));
}

net::awaitable<void> PupilConversation::handle(protocol::SubmitAnswer submitted) {
  const auto began = std::chrono::steady_clock::now();
  submitted.step = step_named(submitted.step, submitted.number);
  reply_step(submitted.request,
             co_await net::on_loop(shard_.loop(),
                                   school_.practice.judge(shard_, account_.id, submitted, language_)));
  school_.figures.answer.add(std::chrono::steady_clock::now() - began);
}

net::awaitable<void> PupilConversation::handle(protocol::FinishVideo finished) {
  finished.step = step_named(finished.step, finished.number);
  reply_step(finished.request,
             co_await net::on_loop(shard_.loop(),
                                   school_.practice.finish_video(shard_, account_.id, finished, language_)));
}

net::awaitable<void> PupilConversation::handle(protocol::TakeHint taken) {
  reply(*outbox_, taken.request,
        co_await net::on_loop(shard_.loop(),
                              school_.practice.take_hint(shard_, account_.id, taken, language_)));
}

net::awaitable<void> PupilConversation::handle(protocol::ReportVideo report) {
  reply(*outbox_, report.request,
        co_await net::on_loop(shard_.loop(), school_.practice.report_video(shard_, account_.id, report)));
}

net::awaitable<void> PupilConversation::handle(protocol::AskQuestion question) {
  reply(*outbox_, question.request,
        co_await net::on_loop(shard_.loop(), school_.practice.ask_question(shard_, account_.id, question)));
}

net::awaitable<void> PupilConversation::handle(protocol::SkipPlacement skipped) {
  reply_step(skipped.request,
             co_await net::on_loop(shard_.loop(),
                                   school_.practice.skip_placement(shard_, account_.id, skipped, language_)));
}

net::awaitable<void> PupilConversation::handle(protocol::ChooseLevel chosen) {
  reply_step(chosen.request,
             co_await net::on_loop(shard_.loop(),
                                   school_.practice.choose_level(shard_, account_.id, chosen, language_)));
}

net::awaitable<void> PupilConversation::handle(protocol::PutAside wish) {
  wish.step = step_named(wish.step, wish.number);
  reply_step(wish.request, co_await net::on_loop(shard_.loop(), school_.practice.put_aside(
                                                                    shard_, account_.id, wish, language_)));
}

net::awaitable<void> PupilConversation::handle(protocol::ReportItem report) {
  report.step = step_named(report.step);
  reply(*outbox_, report.request,
        co_await net::on_loop(shard_.loop(), school_.practice.report_item(shard_, account_.id, report)));
}

net::awaitable<void> PupilConversation::handle(protocol::OpenStandings opened) {
  reply(*outbox_, opened.request,
        co_await net::on_loop(shard_.loop(),
                              read_standings(school_, shard_, account_.id, opened.request, language_)));
}

net::awaitable<void> PupilConversation::handle(protocol::OpenVideo opened) {
  reply(*outbox_, opened.request,
        co_await net::on_loop(shard_.loop(), read_video(school_, shard_, account_.id, opened, language_)));
}

}  // namespace trede::conversation
