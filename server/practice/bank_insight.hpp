// How the bank does in practice, for authors and teachers: each item's answers against what was predicted, how much it
// is given, which exercises may be faulty, where exercises lack. Counted on from where it was the last time, by one
// thread of its own with a read-only connection, so that no statistics page waits for all answers ever given.
#pragma once

#include <boost/asio/thread_pool.hpp>

#include <memory>

#include "server/async.hpp"
#include "server/clock.hpp"
#include "server/practice/choice_tally.hpp"
#include "server/practice/item_tally.hpp"
#include "server/practice/model.hpp"
#include "server/protocol/messages.hpp"

namespace trede::practice {

struct BankFindings {
  std::map<std::string, ItemTally, std::less<>> items;       // those of the newest bank that were given
  std::map<std::string, std::int64_t, std::less<>> reports;  // pupils who say something is wrong with it
  std::int64_t given_lately = 0;                             // exercises, of all items
  Milliseconds now_ms = 0;
  std::vector<protocol::SuspectItem> suspects;  // those with most signs first, at most limits::suspects_shown
  std::vector<protocol::GapCount> gaps;         // of the last seven days
  std::map<std::string, std::int64_t, std::less<>> viewings;  // of each video that was given
};

// What was given to pupils, counted; through: the last step that was.
struct Given {
  using Tallies = std::map<std::string, ChoiceTally, std::less<>>;
  Tallies items, videos;
  std::int64_t exercises = 0, videos_shown = 0;  // of all
  Sequence through = 0;
};
void count(Given& given, const store::StepDone& done);
// NotFound: the bank has no such thing. asked.kind: item, video.
Result<protocol::ChoicesShown> choices_of(const Given& given, const content::ItemBank& bank,
                                          const protocol::OpenChoices& asked);

class BankInsight {
 public:
  static Result<std::unique_ptr<BankInsight>> open(const std::filesystem::path& file, Clock clock);
  ~BankInsight();  // finishes what runs

  net::awaitable<Result<BankFindings>> of(ModelPointer model, protocol::Language language);
  net::awaitable<Result<protocol::ChoicesShown>> choices(ModelPointer model, protocol::OpenChoices asked);

 private:
  BankInsight(std::unique_ptr<store::Database> database, Clock clock);
  Result<BankFindings> look(const Model& model, protocol::Language language);
  Result<void> catch_up(const content::ItemBank& bank);

  Clock clock_;
  std::unique_ptr<store::Database> database_;  // touched on pool_ only, as what follows
  std::map<std::string, ItemTally, std::less<>> tallies_;
  Given given_;
  boost::asio::thread_pool pool_{1};  // last member: joins before the rest goes
};

// What concerns who teaches: without the signs that are about the author's own guess. Pure; any thread.
std::vector<protocol::SuspectItem> for_teachers(std::vector<protocol::SuspectItem> suspects);

// Adds to the rows of items, and beside them, what was found. Pure; any thread.
void show(const BankFindings& findings, protocol::ContentShown& shown);

}  // namespace trede::practice
