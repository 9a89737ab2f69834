#include "server/practice/history.hpp"

#include <algorithm>

#include "content/present.hpp"
#include "engine/tracking/posterior.hpp"
#include "server/limits.hpp"
#include "server/practice/shard.hpp"
#include "server/practice/steering_past.hpp"
#include "server/protocol/present.hpp"
#include "server/store/event_log.hpp"

namespace trede::practice {
namespace {

std::string answer_text(const content::Answer& answer, const content::Exercise& exercise) {
  if (answer.text) return *answer.text;
  std::string text;
  for (const int chosen : answer.chosen.value_or(std::vector<int>{})) {
    if (chosen < 0 || static_cast<std::size_t>(chosen) >= exercise.form.options.size()) continue;
    text += (text.empty() ? "" : "; ") +
            protocol::plain_text(exercise.form.options[static_cast<std::size_t>(chosen)].text);
  }
  return text;
}

void fill_exercise(protocol::HistoryEntry& entry, const store::StepTaken& taken, const Pending& step,
                   protocol::Language language) {
  const auto& item = step.bank->items[static_cast<std::size_t>(step.index)];
  const auto exercise = content::project(item, step.instance, language);
  entry.body = exercise.body;
  entry.figure = exercise.figure;
  if (taken.answer) entry.answer = answer_text(*taken.answer, exercise);
  if (!taken.outcome) return;
  entry.right = taken.outcome->right;
  entry.correct_answer = content::explain(item, step.instance, *taken.outcome, language).correct_answer;
}

// The exercise and why it was reported, from either kind of event; nothing when it was put aside for another reason.
struct Reported {
  store::StoredChoice step;
  std::string why;
};
Result<std::optional<Reported>> reported_in(const store::Event& event) {
  if (event.kind == store::ItemReported::tag) {
    const auto fact = protocol::decode<store::ItemReported>(event.payload);
    if (fact.has_error()) return fact.error();
    return Reported{fact->step, fact->why};
  }
  const auto fact = protocol::decode<store::ItemPutAside>(event.payload);
  if (fact.has_error()) return fact.error();
  if (fact->why != "broken") return std::optional<Reported>{};
  return Reported{fact->step, fact->why};
}

Result<std::optional<protocol::ItemReport>> report_in(const store::Event& event, store::BankShelf& shelf,
                                                      protocol::Language language) {
  const auto reported = reported_in(event);
  if (reported.has_error()) return reported.error();
  if (!reported->has_value()) return std::optional<protocol::ItemReport>{};
  const store::StoredChoice& choice = (*reported)->step;
  const auto bank = shelf.at(choice.bank);
  if (bank.has_error()) return bank.error();
  const auto step = pending_of(choice, *bank);
  if (step.has_error()) return step.error();
  const auto exercise =
      content::project((*bank)->items[static_cast<std::size_t>(step->index)], step->instance, language);
  return protocol::ItemReport{choice.id,        choice.topic,  event.subject,  event.at_ms,
                              (*reported)->why, exercise.body, exercise.figure};
}

}  // namespace

Result<std::unique_ptr<History>> History::open(const std::filesystem::path& file) {
  auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  return std::unique_ptr<History>(new History(std::move(*database)));
}

History::History(std::unique_ptr<store::Database> database)
    : database_(std::move(database)), shelf_(*database_) {}

History::~History() {
  pool_.join();
}

net::awaitable<Result<std::vector<protocol::HistoryEntry>>> History::of(PupilId pupil,
                                                                        protocol::Language language,
                                                                        std::int64_t before) {
  auto work = [this, pupil, language, before] { return read(pupil, language, before); };
  co_return co_await net::done_on(pool_, std::move(work));
}

net::awaitable<Result<std::vector<protocol::ItemReport>>> History::reports(protocol::Language language) {
  auto work = [this, language] { return read_reports(language); };
  co_return co_await net::done_on(pool_, std::move(work));
}

net::awaitable<Result<std::vector<protocol::SteeringPeriod>>> History::steering_of(
    ClassId class_id, std::vector<PupilId> members, Milliseconds now_ms) {
  auto work = [this, class_id, members, now_ms] { return read_steering(class_id, members, now_ms); };
  co_return co_await net::done_on(pool_, std::move(work));
}

Result<std::vector<protocol::SteeringPeriod>> History::read_steering(ClassId class_id,
                                                                     const std::vector<PupilId>& members,
                                                                     Milliseconds now_ms) {
  SteeringPast past(class_id, members, now_ms);
  const auto decided = store::read_kind(*database_, store::SteeringSet::tag,
                                        [&](const store::Event& event) { return past.decide(event); });
  if (decided.has_error()) return decided.error();
  for (const PupilId pupil : members) {
    const auto answered = store::answers_since(*database_, pupil, past.answers_from_ms(),
                                               [&](const auto& answer) { past.answer(pupil, answer); });
    if (answered.has_error()) return answered.error();
  }
  return past.periods();
}

Result<std::vector<protocol::ItemReport>> History::read_reports(protocol::Language language) {
  std::vector<store::Event> events;
  for (const auto kind : {store::ItemReported::tag, store::ItemPutAside::tag}) {
    const auto read = store::read_kind(*database_, kind, [&](const store::Event& event) {
      events.push_back(event);
      return Result<void>{};
    });
    if (read.has_error()) return read.error();
  }
  std::sort(events.begin(), events.end(),
            [](const auto& a, const auto& b) { return a.sequence > b.sequence; });
  std::vector<protocol::ItemReport> reports;
  for (const auto& event : events) {
    auto report = report_in(event, shelf_, language);
    if (report.has_error()) return report.error();
    if (report->has_value()) reports.push_back(std::move(**report));
    if (reports.size() == limits::reports_shown) break;
  }
  return reports;
}

Result<std::vector<protocol::HistoryEntry>> History::read(PupilId pupil, protocol::Language language,
                                                          std::int64_t before) {
  const std::int64_t below = before > 0 ? before : protocol::largest_exact_integer;
  const auto events = store::steps_of(*database_, pupil, below, limits::history_steps);
  if (events.has_error()) return events.error();
  std::vector<protocol::HistoryEntry> entries;
  for (const auto& event : *events) {
    const auto taken = protocol::decode<store::StepTaken>(event.payload);
    if (taken.has_error()) return taken.error();
    const auto bank = shelf_.at(taken->step.bank);
    if (bank.has_error()) return bank.error();
    const auto step = pending_of(taken->step, *bank);
    if (step.has_error()) return step.error();
    protocol::HistoryEntry entry;
    entry.number = event.number;
    entry.at_ms = event.at_ms;
    entry.kind = taken->step.kind;
    entry.item = taken->step.id;
    entry.topic = taken->step.topic;
    entry.hints = taken->hints;
    entry.rapid = taken->rapid.value_or(false);
    entry.elapsed_ms = taken->elapsed_ms;
    entry.reason = reason_of(taken->step, **bank, language);
    entry.mean_after = taken->mean_after;
    entry.sd_after = taken->sd_after > 0.0 ? tracking::told_sd(taken->sd_after) : 0.0;
    if (entry.kind == "exercise")
      fill_exercise(entry, *taken, *step, language);
    else
      entry.body = {{"text", (*bank)->videos[static_cast<std::size_t>(step->index)].title.in(language)}};
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace trede::practice
