#include "server/practice/school_past.hpp"

#include <map>

#include "server/store/bank_shelf.hpp"
#include "server/store/event_log.hpp"

namespace trede::practice {
namespace {

// Follows the events of a window and the versions of the parameters beside them.
class WindowReader {
 public:
  explicit WindowReader(SchoolPast& past) : past_(past) {}

  Result<void> take(const store::Event& event) {
    past_.through = event.sequence;
    if (event.kind != store::StepTaken::tag) return {};
    const auto taken = protocol::decode<store::StepTaken>(event.payload);
    if (taken.has_error()) return taken.error();
    Happening step;
    step.at_ms = event.at_ms;
    if (taken->outcome) {
      step.item = past_.bank->find_item(taken->step.id).value_or(-1);
      step.right = taken->outcome->right;
      step.rapid = taken->rapid.value_or(false);
      step.elapsed_ms = taken->elapsed_ms;
    } else {
      step.video = past_.bank->find_video(taken->step.id).value_or(-1);
      step.watched = taken->watched;
    }
    if (step.item < 0 && step.video < 0) return {};  // the newest bank lacks it
    PupilPast& pupil = pupils_[event.subject];
    if (pupil.steps.empty()) pupil.cohort_mean = taken->cohort_mean;
    pupil.steps.push_back(step);
    count(step);
    return {};
  }

  void finish() {
    for (auto& [id, pupil] : pupils_) past_.pupils.push_back(std::move(pupil));
  }

 private:
  void count(const Happening& step) {
    if (step.item < 0 || step.rapid) return;
    ++past_.answers;
    past_.last_day_answers += step.at_ms >= past_.last_day_ms;
  }

  SchoolPast& past_;
  std::map<std::int64_t, PupilPast> pupils_;
};

}  // namespace

Result<ParametersPointer> parameters_before(store::Database& database, Sequence sequence) {
  Parameters parameters;
  const auto read = store::read_kind(
      database, store::ParametersPublished::tag, [&](const store::Event& event) -> Result<void> {
        if (event.sequence >= sequence) return {};
        const auto part = protocol::decode<store::ParametersPublished>(event.payload);
        if (part.has_error()) return part.error();
        parameters = after(std::move(parameters), *part);
        return {};
      });
  if (read.has_error()) return read.error();
  return std::make_shared<const Parameters>(std::move(parameters));
}

Result<SchoolPast> read_past(store::Database& database, std::int64_t steps) {
  // Everything below sees the same moment; ends with the connection.
  const auto begun =
      store::guarded([&]() -> Result<std::int64_t> { return database.statement("BEGIN").exec(); });
  if (begun.has_error()) return begun.error();
  const auto newest = store::step_back(database, 0);
  if (newest.has_error()) return newest.error();
  const auto oldest = store::step_back(database, steps - 1);
  const Sequence first = oldest.has_value() ? oldest->sequence : 0;

  SchoolPast past;
  past.last_day_ms = newest->at_ms / milliseconds_a_day * milliseconds_a_day;
  const auto day = store::first_step_since(database, past.last_day_ms);
  if (day.has_error()) return day.error();
  const auto bank = store::newest_bank(database);
  if (bank.has_error()) return bank.error();
  store::BankShelf shelf(database);
  const auto loaded = shelf.at(*bank);
  if (loaded.has_error()) return loaded.error();
  past.bank = *loaded;

  const auto before = parameters_before(database, first);
  if (before.has_error()) return before.error();
  const auto before_last_day = parameters_before(database, day->sequence);
  if (before_last_day.has_error()) return before_last_day.error();
  past.before = *before;
  past.before_last_day = *before_last_day;

  WindowReader reading(past);
  const auto read = store::read_events(database, std::max<Sequence>(first - 1, 0),
                                       [&](const store::Event& event) { return reading.take(event); });
  if (read.has_error()) return read.error();
  reading.finish();
  return past;
}

}  // namespace trede::practice
