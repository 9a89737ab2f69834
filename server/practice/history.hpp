// A pupil's past as teachers read it: each step with its question as drawn then, the answer, and why it was
// chosen. Read from the disk by one thread of its own with a read-only connection, so that reading never
// waits for, or holds up, the answer path.
#pragma once

#include <boost/asio/thread_pool.hpp>

#include <memory>

#include "server/async.hpp"
#include "server/protocol/messages.hpp"
#include "server/store/bank_shelf.hpp"

namespace trede::practice {

class History {
 public:
  static Result<std::unique_ptr<History>> open(const std::filesystem::path& file);
  ~History();  // finishes what runs

  // A page of a pupil's steps, newest first, at most limits::history_steps; before: running number of the last one on
  // the page before, 0 = from the newest on.
  net::awaitable<Result<std::vector<protocol::HistoryEntry>>> of(PupilId pupil, protocol::Language language,
                                                                 std::int64_t before = 0);
  // What was fixed for the class or one of these pupils, its members, and what they did meanwhile (steering_past.hpp).
  net::awaitable<Result<std::vector<protocol::SteeringPeriod>>> steering_of(ClassId class_id,
                                                                            std::vector<PupilId> members,
                                                                            Milliseconds now_ms);
  // Exercises that pupils of the whole school say something is wrong with, newest first, at most
  // limits::reports_shown. Whom a pupil's name may be shown to is the caller's to know.
  net::awaitable<Result<std::vector<protocol::ItemReport>>> reports(protocol::Language language);

 private:
  explicit History(std::unique_ptr<store::Database> database);
  Result<std::vector<protocol::HistoryEntry>> read(PupilId pupil, protocol::Language language,
                                                   std::int64_t before);
  Result<std::vector<protocol::SteeringPeriod>> read_steering(ClassId class_id,
                                                              const std::vector<PupilId>& members,
                                                              Milliseconds now_ms);
  Result<std::vector<protocol::ItemReport>> read_reports(protocol::Language language);

  std::unique_ptr<store::Database> database_;  // database_ and shelf_ are touched on pool_ only
  store::BankShelf shelf_;
  boost::asio::thread_pool pool_{1};  // last member: joins before the rest goes
};

}  // namespace trede::practice
