#include "server/conversation/running_school.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/detached.hpp>

#include "server/conversation/membership.hpp"
#include "server/practice/recall.hpp"
#include "server/store/bank_store.hpp"

namespace trede::conversation {
namespace {

Error with_all_problems(const content::Problems& problems, const std::filesystem::path& folder) {
  std::string text = "the content in " + folder.string() + " has problems:";
  for (const auto& problem : problems)
    if (!problem.warning) text += "\n  " + problem.file + " " + problem.field + ": " + problem.message;
  return {ErrorCode::Invalid, text};
}

}  // namespace

Result<std::unique_ptr<RunningSchool>> RunningSchool::open(const store::DataFolder& folder,
                                                           const SchoolFiles& files, net::Loops& loops,
                                                           Clock clock) {
  auto running = std::unique_ptr<RunningSchool>(new RunningSchool);
  auto journal = store::Journal::open(folder.database());
  if (journal.has_error()) return journal.error();
  running->journal_ = std::move(*journal);
  if (const auto bank = running->load_bank(files, clock()); bank.has_error()) return bank.error();
  auto people = accounts::AccountService::open(*running->journal_, loops.executor(0), clock);
  if (people.has_error()) return people.error();
  running->accounts_ = std::move(*people);
  practice::Learner learner(files.publication, running->bank_);
  const auto began = std::chrono::steady_clock::now();
  const auto filled = running->fill_shards(loops, learner, clock());
  running->replay_time_ = std::chrono::steady_clock::now() - began;
  if (filled.has_error()) return filled.error();
  auto history = practice::History::open(folder.database());
  if (history.has_error()) return history.error();
  running->history_ = std::move(*history);
  auto insight = practice::BankInsight::open(folder.database(), clock);
  if (insight.has_error()) return insight.error();
  running->insight_ = std::move(*insight);

  const auto shards = pointers_to(running->shards_);
  const auto adopt_model = [shards, school = running.get()](practice::ModelPointer model) {
    for (practice::Shard* shard : shards)
      boost::asio::post(shard->loop(), [shard, model, school] {
        shard->adopt(model);
        boost::asio::co_spawn(shard->loop(), school->practice().bank_changed(*shard), boost::asio::detached);
      });
  };
  running->parameters_ = std::make_unique<practice::ParameterService>(
      *running->journal_, clock, loops.executor(0), std::move(learner), shards.front()->model(), adopt_model);
  running->practice_ =
      std::make_unique<practice::PracticeService>(*running->journal_, *running->parameters_, clock);
  running->teaching_ = std::make_unique<practice::TeachingService>(*running->journal_, clock);
  const auto adopt = [&parameters = *running->parameters_](practice::BankPointer bank) {
    parameters.adopt(std::move(bank));
  };
  running->authoring_ = std::make_unique<authoring::AuthoringService>(
      *running->journal_, clock, running->source_, running->bank_, folder.media(), adopt);
  running->school_ = std::make_unique<School>(School{
      *running->accounts_, *running->practice_, *running->teaching_, *running->history_, *running->insight_,
      *running->authoring_, shards, running->figures_, StepSeal(running->accounts_->key())});
  return running;
}

RunningSchool::~RunningSchool() = default;

void RunningSchool::keep_snapshots(practice::SnapshotPlan plan) {
  keeper_ = std::make_unique<practice::SnapshotKeeper>(std::move(plan), *journal_, snapshot_);
}

Result<std::int64_t> RunningSchool::load_bank(const SchoolFiles& files, Milliseconds now_ms) {
  const auto database = store::Database::open(journal_->file(), store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  auto newest = store::newest_bank(**database);
  if (newest.has_error()) return newest.error();
  auto source = *newest > 0 ? store::read_bank(**database, *newest) : content::read_folder(files.starter);
  if (source.has_error()) return source.error();
  auto loaded = content::load(*source, static_cast<int>(std::max<std::int64_t>(*newest, 1)));
  if (!loaded.bank) return with_all_problems(loaded.problems, files.starter);
  source_ = std::move(*source);
  bank_ = std::move(loaded.bank);
  if (*newest > 0) return *newest;
  spdlog::info("new data folder: starting with {} items on {} topics from {}", bank_->items.size(),
               bank_->topics.size(), files.starter.string());
  return journal_->write_and_wait(store::save_bank(source_, 0, std::nullopt, now_ms));
}

Result<std::int64_t> RunningSchool::fill_shards(net::Loops& loops, practice::Learner& learner,
                                                Milliseconds now_ms) {
  shards_ = shards_of(loops, *accounts_->directory(), bank_);
  const auto shards = pointers_to(shards_);
  const auto database = store::Database::open(journal_->file(), store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  store::BankShelf shelf(**database);
  const auto recalled = practice::recall(journal_->file(), **database, shelf, shards, learner, now_ms);
  if (recalled.has_error()) return recalled.error();
  const Sequence kept =
      practice::keep(journal_->file(), **database, *recalled, shards, learner, limits::snapshot_events);
  replayed_ = recalled->replayed;
  snapshot_ = kept;
  return replayed_.last;
}

}  // namespace trede::conversation
