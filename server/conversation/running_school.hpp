// A school brought to life from its data folder: journal, people, bank, the pupils' states by replay, and the
// services on the loops. Used by `trede serve` and by whatever else must do what the server does. Opened and
// closed by the thread that owns it; the loops are started after open() and finished before it goes.
#pragma once

#include "server/conversation/members.hpp"
#include "server/conversation/school.hpp"
#include "server/limits.hpp"
#include "server/net/loops.hpp"
#include "server/practice/replay.hpp"
#include "server/practice/snapshot_keeper.hpp"
#include "server/store/data_folder.hpp"

namespace trede::conversation {

struct SchoolFiles {
  std::filesystem::path starter;  // the bank that a new data folder begins with
  practice::PublicationRule publication{limits::publication_answers,
                                        std::chrono::milliseconds(limits::publication_window).count()};
};

class RunningSchool {
 public:
  // Loads the starter content into an empty folder. Errors are sentences for the administrator.
  static Result<std::unique_ptr<RunningSchool>> open(const store::DataFolder& folder,
                                                     const SchoolFiles& files, net::Loops& loops,
                                                     Clock clock);
  ~RunningSchool();

  School& school() { return *school_; }
  store::Journal& journal() { return *journal_; }
  const store::Journal& journal() const { return *journal_; }
  const SchoolFigures& figures() const { return figures_; }
  accounts::AccountService& accounts() { return *accounts_; }
  practice::ParameterService& parameters() { return *parameters_; }
  practice::PracticeService& practice() { return *practice_; }
  const practice::BankPointer& first_bank() const { return bank_; }  // the newest version when it was opened
  const practice::Replayed& replayed() const { return replayed_; }
  Sequence snapshot() const { return snapshot_; }    // the event it began at, 0 = the whole journal was read
  void keep_snapshots(practice::SnapshotPlan plan);  // from now on, beside the serving
  std::chrono::steady_clock::duration replay_time() const { return replay_time_; }

 private:
  RunningSchool() = default;
  Result<std::int64_t> load_bank(const SchoolFiles& files, Milliseconds now_ms);
  Result<std::int64_t> fill_shards(net::Loops& loops, practice::Learner& learner, Milliseconds now_ms);

  std::unique_ptr<store::Journal> journal_;
  std::unique_ptr<accounts::AccountService> accounts_;
  content::Source source_;
  practice::BankPointer bank_;
  Shards shards_;
  practice::Replayed replayed_;
  Sequence snapshot_ = 0;
  std::chrono::steady_clock::duration replay_time_{};
  SchoolFigures figures_;
  std::unique_ptr<practice::ParameterService> parameters_;
  std::unique_ptr<practice::PracticeService> practice_;
  std::unique_ptr<practice::TeachingService> teaching_;
  std::unique_ptr<practice::History> history_;
  std::unique_ptr<practice::BankInsight> insight_;
  std::unique_ptr<authoring::AuthoringService> authoring_;
  std::unique_ptr<School> school_;
  std::unique_ptr<practice::SnapshotKeeper> keeper_;
};

}  // namespace trede::conversation
