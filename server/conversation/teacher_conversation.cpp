#include "server/conversation/teacher_conversation.hpp"

#include <set>

#include "server/accounts/people_changes.hpp"
#include "server/conversation/replies.hpp"
#include "server/protocol/present.hpp"

namespace trede::conversation {
namespace {

protocol::ClassName name_of(const accounts::Class& shown) {
  return {shown.id.value, shown.name, shown.code, shown.demo};
}

const Error no_such_word{ErrorCode::Invalid, "now: open, closed or nothing"};

protocol::SignInShown sign_in_of(const accounts::Class& shown, std::string request, Milliseconds now) {
  const std::string said = accounts::said_today(shown, now);
  return {std::move(request),
          shown.id.value,
          accounts::is_open(shown, now),
          said,
          said.empty() ? 0 : shown.said_until_ms,
          shown.hours};
}

// ---- on the class's loop ----

net::awaitable<Result<protocol::ClassShown>> watch(practice::Shard& shard, ClassId id, const void* key,
                                                   classroom::Watcher watcher) {
  auto* room = shard.classroom(id);
  if (!room) co_return accounts::no_right();
  protocol::ClassShown shown;
  shown.sequence = room->sequence();
  shown.topics = protocol::topic_rows(*room->bank(), watcher.language);
  shown.pupils = room->dashboard().pupils();
  shown.lessons = room->dashboard().lessons();
  shown.alerts = room->dashboard().alerts();
  shown.gaps = room->dashboard().gaps();
  shown.groups = room->dashboard().groups();
  room->watch(key, std::move(watcher));
  co_return shown;
}

net::awaitable<Result<protocol::LessonShown>> watch_lesson(practice::Shard& shard, ClassId id,
                                                           const void* key, classroom::Watcher watcher) {
  auto* room = shard.classroom(id);
  if (!room) co_return accounts::no_right();
  const auto page = room->dashboard().lesson_page(watcher.lesson, *room->bank(), watcher.language);
  const bool stops = watcher.lesson == 0;
  room->watch(key, std::move(watcher));
  if (!page && !stops) co_return accounts::no_right();
  co_return page.value_or(protocol::LessonShown{});
}

net::awaitable<Result<protocol::PupilRow>> read_row(School& school, practice::Shard& shard, PupilId id) {
  const auto* pupil = shard.pupil(id);
  if (!pupil) co_return accounts::no_right();
  co_return practice::row_of(*pupil, *shard.model(), school.practice.now());
}

std::optional<PupilId> one_pupil(std::int64_t id) {
  return id == 0 ? std::nullopt : std::optional(PupilId{id});
}

std::vector<protocol::ItemName> blocked_in(const protocol::SteeringShown& shown,
                                           const content::ItemBank& bank, protocol::Language language) {
  std::set<std::string> ids(shown.steering.blocked_items.begin(), shown.steering.blocked_items.end());
  for (const auto& own : shown.pupils)
    ids.insert(own.steering.blocked_items.begin(), own.steering.blocked_items.end());
  return protocol::item_names(bank, ids, language);
}

net::awaitable<Result<protocol::SteeringShown>> read_steering(practice::Shard& shard,
                                                              protocol::OpenSteering opened) {
  const ClassId id{opened.class_id};
  protocol::SteeringShown shown{opened.request, opened.class_id, opened.pupil, {}, {}, {}};
  if (const auto only = one_pupil(opened.pupil)) {
    if (!shard.is_in(*only, id)) co_return accounts::no_right();
    shown.steering = shard.pupil(*only)->decisions.of_pupil;
    co_return shown;
  }
  shown.steering = shard.steering_of(id);
  for (const auto* pupil : shard.pupils_of(id))
    if (!practice::is_nothing(pupil->decisions.of_pupil))
      shown.pupils.push_back({pupil->id.value, pupil->decisions.of_pupil});
  co_return shown;
}

net::awaitable<std::vector<PupilId>> members_of(practice::Shard& shard, ClassId id) {
  std::vector<PupilId> members;
  for (const auto* pupil : shard.pupils_of(id)) members.push_back(pupil->id);
  co_return members;
}

}  // namespace

TeacherConversation::TeacherConversation(School& school, accounts::Account account,
                                         std::shared_ptr<net::Outbox> outbox)
    : school_(school), account_(std::move(account)), outbox_(std::move(outbox)) {}

net::awaitable<void> TeacherConversation::receive(std::string text) {
  co_await converse<boost::mp11::mp_append<protocol::TeacherMessages, protocol::SignInMessages>>(
      *this, school_, account_.id, *outbox_, std::move(text));
}

void TeacherConversation::closed() {
  stop_watching();
}

void TeacherConversation::stop_watching() {
  if (watched_.value == 0) return;
  practice::Shard& shard = school_.shard_of(watched_);
  boost::asio::post(shard.loop(), [&shard, id = watched_, key = static_cast<const void*>(this)] {
    if (auto* room = shard.classroom(id)) room->unwatch(key);
  });
}

classroom::Watcher TeacherConversation::watcher(std::int64_t lesson) const {
  return {[outbox = outbox_](classroom::Frame frame) { outbox->send(std::move(frame)); }, language_, lesson};
}

net::awaitable<void> TeacherConversation::handle(protocol::WatchClass watched) {
  const auto people = school_.accounts.directory();
  const auto classes = people->classes_of(account_.id);
  const ClassId id =
      watched.class_id != 0 || classes.empty() ? ClassId{watched.class_id} : classes.front()->id;
  const auto* shown_class = people->find_class(id);
  if (!shown_class) co_return refuse(*outbox_, watched.request, accounts::no_right());
  if (watched_ != id) stop_watching();
  language_ = watched.language;
  watched_ = id;
  practice::Shard& shard = school_.shard_of(id);
  classroom::Watcher page = watcher(0);
  auto shown = co_await net::on_loop(shard.loop(), watch(shard, id, this, std::move(page)));
  if (shown.has_value()) {
    shown->request = watched.request;
    shown->teacher = account_.name;
    shown->shown = name_of(*shown_class);
    for (const auto* each : classes) shown->classes.push_back(name_of(*each));
  }
  reply(*outbox_, watched.request, shown);
}

practice::Shard* TeacherConversation::watched_shard() const {
  const auto people = school_.accounts.directory();
  const bool own =
      people->belongs(account_.id, watched_);  // the message names no class: the check is made here
  return own ? &school_.shard_of(watched_) : nullptr;
}

net::awaitable<void> TeacherConversation::handle(protocol::OpenPupil opened) {
  const auto people = school_.accounts.directory();
  const PupilId id{opened.pupil};
  const auto* home = people->class_of(id);
  if (!home) co_return refuse(*outbox_, opened.request, accounts::no_right());
  practice::Shard& shard = school_.shard_of(home->id);
  auto row = co_await net::on_loop(shard.loop(), read_row(school_, shard, id));
  if (row.has_error()) co_return refuse(*outbox_, opened.request, row.error());
  auto steps = co_await school_.history.of(id, language_, opened.before.value_or(0));
  if (steps.has_error()) co_return refuse(*outbox_, opened.request, steps.error());
  send(*outbox_, protocol::PupilShown{opened.request, std::move(*row), std::move(*steps)});
}

net::awaitable<void> TeacherConversation::handle(protocol::PlanLesson planned) {
  practice::Shard& shard = school_.shard_of(ClassId{planned.class_id});
  const auto row =
      co_await net::on_loop(shard.loop(), school_.practice.plan_lesson(shard, account_.id, planned));
  if (row.has_error()) co_return refuse(*outbox_, planned.request, row.error());
  send(*outbox_, protocol::LessonPlanned{planned.request, *row});
}

net::awaitable<void> TeacherConversation::handle(protocol::CancelLesson cancelled) {
  practice::Shard* shard = watched_shard();
  if (!shard) co_return refuse(*outbox_, cancelled.request, accounts::no_right());
  const auto row = co_await net::on_loop(
      shard->loop(), school_.practice.cancel_lesson(*shard, account_.id, watched_, cancelled.lesson));
  if (row.has_error()) co_return refuse(*outbox_, cancelled.request, row.error());
  send(*outbox_, protocol::LessonPlanned{cancelled.request, *row});
}

net::awaitable<void> TeacherConversation::handle(protocol::WatchLesson watched) {
  practice::Shard* shard = watched_shard();
  if (!shard) co_return refuse(*outbox_, watched.request, accounts::no_right());
  classroom::Watcher lesson_page = watcher(watched.lesson);
  auto page =
      co_await net::on_loop(shard->loop(), watch_lesson(*shard, watched_, this, std::move(lesson_page)));
  if (page.has_value()) page->request = watched.request;
  reply(*outbox_, watched.request, page);
}

net::awaitable<void> TeacherConversation::handle(protocol::AcknowledgeAlert acknowledged) {
  const auto people = school_.accounts.directory();
  const auto* home = people->class_of(PupilId{acknowledged.pupil});
  if (!home) co_return refuse(*outbox_, acknowledged.request, accounts::no_right());
  practice::Shard& shard = school_.shard_of(home->id);
  reply(*outbox_, acknowledged.request,
        co_await net::on_loop(shard.loop(), school_.teaching.acknowledge(shard, account_.id, acknowledged)));
}

net::awaitable<void> TeacherConversation::handle(protocol::ProposeGroups asked) {
  practice::Shard& shard = school_.shard_of(ClassId{asked.class_id});
  reply(*outbox_, asked.request,
        co_await net::on_loop(shard.loop(), school_.teaching.propose(shard, asked, language_)));
}

net::awaitable<void> TeacherConversation::handle(protocol::ProposePlan asked) {
  practice::Shard& shard = school_.shard_of(ClassId{asked.class_id});
  reply(*outbox_, asked.request,
        co_await net::on_loop(shard.loop(), school_.teaching.propose(shard, asked, language_)));
}

net::awaitable<void> TeacherConversation::handle(protocol::SaveGroups groups) {
  practice::Shard& shard = school_.shard_of(ClassId{groups.class_id});
  reply(*outbox_, groups.request,
        co_await net::on_loop(shard.loop(), school_.teaching.save(shard, account_.id, groups)));
}

net::awaitable<void> TeacherConversation::handle(protocol::OpenSteering opened) {
  const ClassId id{opened.class_id};
  practice::Shard& shard = school_.shard_of(id);
  auto shown = co_await net::on_loop(shard.loop(), read_steering(shard, opened));
  if (shown.has_error()) co_return refuse(*outbox_, opened.request, shown.error());
  const practice::ModelPointer model = co_await net::on_loop(shard.loop(), model_of(shard));
  shown->items = blocked_in(*shown, *model->bank, language_);
  send(*outbox_, *shown);
}

net::awaitable<void> TeacherConversation::handle(protocol::OpenSteeringPast opened) {
  const ClassId id{opened.class_id};
  practice::Shard& shard = school_.shard_of(id);
  auto members = co_await net::on_loop(shard.loop(), members_of(shard, id));
  auto periods = co_await school_.history.steering_of(id, std::move(members), school_.practice.now());
  if (periods.has_error()) co_return refuse(*outbox_, opened.request, periods.error());
  send(*outbox_, protocol::SteeringPastShown{opened.request, opened.class_id, std::move(*periods)});
}

net::awaitable<void> TeacherConversation::handle(protocol::OpenSuspects opened) {
  practice::Shard& shard = *school_.shards.front();
  const practice::ModelPointer model = co_await net::on_loop(shard.loop(), model_of(shard));
  auto findings = co_await school_.insight.of(model, language_);
  if (findings.has_error()) co_return refuse(*outbox_, opened.request, findings.error());
  send(*outbox_,
       protocol::SuspectsShown{opened.request, practice::for_teachers(std::move(findings->suspects))});
}

net::awaitable<void> TeacherConversation::handle(protocol::SetSteering set) {
  const ClassId id{set.class_id};
  practice::Shard& shard = school_.shard_of(id);
  const auto done = co_await net::on_loop(
      shard.loop(), school_.practice.steer(shard, account_.id, id, one_pupil(set.pupil), set.steering));
  if (done.has_error()) co_return refuse(*outbox_, set.request, done.error());
  const practice::ModelPointer model = co_await net::on_loop(shard.loop(), model_of(shard));
  protocol::SteeringShown shown{set.request, set.class_id, set.pupil, std::move(set.steering), {}, {}};
  shown.items = blocked_in(shown, *model->bank, language_);
  send(*outbox_, shown);
}

net::awaitable<void> TeacherConversation::handle(protocol::OpenSignIn opened) {
  const auto people = school_.accounts.directory();
  if (const auto* shown = people->find_class(ClassId{opened.class_id}))
    send(*outbox_, sign_in_of(*shown, opened.request, school_.accounts.now()));
  co_return;
}

net::awaitable<void> TeacherConversation::handle(protocol::SetSignIn set) {
  const Milliseconds now = school_.accounts.now();
  if (const auto problem = accounts::problem_with(set.hours))
    co_return refuse(*outbox_, set.request, *problem);
  if (set.now != "" && set.now != "open" && set.now != "closed")
    co_return refuse(*outbox_, set.request, no_such_word);
  auto change = accounts::set_sign_in(ClassId{set.class_id}, set.hours, set.now,
                                      set.now.empty() ? 0 : accounts::end_of_day(now));
  const auto done = co_await school_.accounts.change(std::move(change));
  if (done.has_error()) co_return refuse(*outbox_, set.request, done.error());
  const auto people = school_.accounts.directory();
  send(*outbox_, sign_in_of(*people->find_class(ClassId{set.class_id}), set.request, now));
}

}  // namespace trede::conversation
