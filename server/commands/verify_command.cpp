#include "server/commands/verify_command.hpp"

#include <fmt/format.h>

#include "server/commands/fail.hpp"
#include "server/commands/system_clock.hpp"
#include "server/conversation/members.hpp"
#include "server/limits.hpp"
#include "server/practice/snapshot.hpp"
#include "server/store/audit.hpp"
#include "server/store/chain.hpp"
#include "server/store/data_folder.hpp"

namespace trede {
namespace {

struct Verified {
  practice::Replayed replayed;
  std::string snapshot;  // a sentence
};

// Everything from the first event; the snapshot is compared on the way, at the event it is of.
class Verification {
 public:
  Verification(std::filesystem::path file, store::Database& database, practice::BankPointer bank,
               const accounts::Directory& people)
      : file_(std::move(file)),
        database_(database),
        shelf_(database),
        shards_(conversation::shards_of(loops_, people, bank)),
        learner_({limits::publication_answers, 0}, bank) {}

  Result<Verified> run() {
    const auto at = practice::sequence_of(snapshot(), database_, shards());
    Verified verified;
    if (at.has_value()) {
      if (const auto reached = replay(*at); reached.has_error()) return reached.error();
      const auto compared = practice::compare_snapshot(snapshot(), shelf_, shards(), learner_, replayed_);
      if (compared.has_error()) return compared.error();
      verified.snapshot = fmt::format("The snapshot of event {} says the same.", *at);
    } else if (at.error().code == ErrorCode::NotFound) {
      verified.snapshot = "There is no snapshot.";
    } else {
      verified.snapshot =
          fmt::format("There is a snapshot that the next start will not use: {}.", at.error().detail);
    }
    if (const auto whole = replay(std::numeric_limits<Sequence>::max()); whole.has_error())
      return whole.error();
    verified.replayed = replayed_;
    return verified;
  }

 private:
  std::filesystem::path snapshot() const { return practice::snapshot_of(file_); }
  std::vector<practice::Shard*> shards() const { return conversation::pointers_to(shards_); }

  Result<void> replay(Sequence through) {
    auto replayed = practice::replay(database_, shelf_, shards(), learner_, commands::system_time(),
                                     {.from = replayed_, .through = through});
    if (replayed.has_error()) return replayed.error();
    replayed_ = std::move(*replayed);
    return {};
  }

  std::filesystem::path file_;
  store::Database& database_;
  store::BankShelf shelf_;
  net::Loops loops_{1};  // never started
  conversation::Shards shards_;
  practice::Learner learner_;
  practice::Replayed replayed_;
};

Result<Verified> verified(const std::filesystem::path& file) {
  const auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto checked = store::check_chain(**database);
  if (checked.has_error()) return checked.error();
  if (const auto audit = store::check_audit(**database); audit.has_error()) return audit.error();
  const auto newest = store::newest_bank(**database);
  if (newest.has_error()) return newest.error();
  const auto bank = store::BankShelf(**database).at(*newest);
  if (bank.has_error()) return bank.error();
  const auto people = accounts::Directory::load(**database);
  if (people.has_error()) return people.error();
  return Verification(file, **database, *bank, **people).run();
}

void verify(const std::string& data) {
  if (!std::filesystem::exists(std::filesystem::path(data) / "school.db"))
    commands::fail({ErrorCode::NotFound, "there is no school in " + data});
  const auto folder = store::DataFolder::open(data);
  if (folder.has_error()) commands::fail(folder.error());
  const auto journal = store::Journal::open(folder->database());  // compares it with its mark
  if (journal.has_error()) commands::fail(journal.error());
  const auto result = verified(folder->database());
  if (result.has_error()) commands::fail(result.error());
  const practice::Replayed& replayed = result->replayed;
  fmt::print(
      "{} events, {} steps: every event and every line of the audit is as it was written, every belief as it was "
      "stored.\n{}\n",
      replayed.events, replayed.steps, result->snapshot);
  if (replayed.other_engine > 0)
    fmt::print("{} of the steps were made by another version of the engine and could not be compared.\n",
               replayed.other_engine);
}

}  // namespace

void add_verify_command(CLI::App& app) {
  auto data = std::make_shared<std::string>("data");
  auto* command = app.add_subcommand(
      "verify", "Check every event and recompute every belief, and report the first difference");
  command->add_option("--data", *data, "Folder of the school")->capture_default_str();
  command->callback([data] { verify(*data); });
}

}  // namespace trede
