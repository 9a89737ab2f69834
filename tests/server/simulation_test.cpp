// A class on a clock of its own: what its pupils do, and what goes wrong, is drawn from a seed. Several answer at once,
// messages come twice or late, pages disconnect, the clock jumps, the server starts again in the middle. After every
// step the invariants of the house hold, and the same seed gives the same journal, byte for byte.
#include <fmt/format.h>

#include "server/protocol/codec.hpp"
#include "tests/server/faulty_disk.hpp"
#include "tests/server/practice_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

namespace trede::practice {
namespace {

using Judged = Result<protocol::StepJudged>;

class Simulation {
 public:
  Simulation(std::uint64_t seed, std::size_t pupils)
      : random_(seed), school_({.publication = never, .more_pupils = pupils - fixed_pupils}), told_(pupils) {
    for (std::size_t pupil = 0; pupil < pupils; ++pupil) school_.hello(pupil);
  }

  // Until so many answers were acknowledged. All that the journal says, opened: words are sealed under keys that are
  // never twice the same.
  std::string live(std::int64_t answers) {
    while (acknowledged_ < answers) {
      school_.now_ms += 1'000 + random_.below(20'000);
      happen(random_.below(100));
    }
    start_again();
    check_journal();
    std::string said;
    for (const auto& event : school_.events())
      said += fmt::format("{} {} {} {} {} {}\n", event.sequence, event.at_ms, event.kind, event.subject,
                          event.number, event.payload);
    return said;
  }

 private:
  static constexpr std::size_t fixed_pupils = 4;
  // The clock jumps by years, and a version of the parameters comes whenever its coroutine gets to it.
  static constexpr PublicationRule never = {1'000'000, 100'000LL * 86'400'000};

  // What the pupil's page knows.
  struct Page {
    protocol::SubmitAnswer last;
    std::string reply;
    std::int64_t number = 0;
  };

  void happen(int draw) {
    if (draw < 70) return several_answer(1 + static_cast<std::size_t>(random_.below(4)));
    if (draw < 82) return message_comes_again(anybody());
    if (draw < 88) return reconnect(anybody());
    if (draw < 96) return hint(anybody());
    if (draw < 99) return clock_jumps();
    start_again();
  }

  std::size_t anybody() { return static_cast<std::size_t>(random_.below(static_cast<int>(told_.size()))); }

  // All are on their way before the first is waited for.
  void several_answer(std::size_t count) {
    std::vector<std::size_t>
        ready;  // all answers first: making one moves the clock, which who is judged looks at
    const std::size_t first = anybody();
    for (std::size_t i = 0; i < std::min(count, told_.size()); ++i) {
      const std::size_t pupil = (first + i) % told_.size();
      if (school_.pupil(pupil).pending->choice.kind != "exercise") {
        watch(pupil);
        continue;
      }
      told_[pupil].last = school_.answer_to_pending(pupil, random_.uniform() < 0.7);
      ready.push_back(pupil);
    }
    std::vector<std::future<Judged>> replies;
    for (const std::size_t pupil : ready) replies.push_back(send(pupil, told_[pupil].last));
    for (std::size_t i = 0; i < ready.size(); ++i) acknowledged(ready[i], replies[i].get());
  }

  std::future<Judged> send(std::size_t pupil, const protocol::SubmitAnswer& answer) {
    Shard& home = school_.shard_of(pupil);
    return boost::asio::co_spawn(home.loop(),
                                 school_.service().judge(home, school_.pupils[pupil], answer, Language::Nl),
                                 boost::asio::use_future);
  }

  void acknowledged(std::size_t pupil, const Judged& judged) {
    REQUIRE(judged.has_value());
    Page& page = told_[pupil];
    page.reply = protocol::encode_plain(*judged);
    ++page.number;
    ++acknowledged_;
    check(pupil);
  }

  void watch(std::size_t pupil) {
    if (school_.pupil(pupil).pending->choice.kind != "video") return;
    school_.do_step(pupil, true);
    told_[pupil].last = {};
    ++told_[pupil].number;
    check(pupil);
  }

  // The same message once more gets the same reply; an older one is refused; neither is written.
  void message_comes_again(std::size_t pupil) {
    Page& page = told_[pupil];
    if (page.last.request.empty()) return;
    const Milliseconds now = school_.now_ms;
    const Judged again = send(pupil, page.last).get();
    REQUIRE(again.has_value());
    CHECK(again->number == page.number);
    CHECK(again->request == page.last.request);
    protocol::SubmitAnswer late = page.last;
    late.request = "another";
    const Judged refused = send(pupil, late).get();
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == ErrorCode::Conflict);
    CHECK(school_.now_ms == now);
    check(pupil);
  }

  void reconnect(std::size_t pupil) {
    const auto welcome = school_.hello(pupil, told_[pupil].number);
    CHECK_FALSE(welcome.lost);
    CHECK(welcome.number == told_[pupil].number);
    check(pupil);
  }

  void hint(std::size_t pupil) {
    Shard& home = school_.shard_of(pupil);
    (void)school_.run_on(home,
                         school_.service().take_hint(home, school_.pupils[pupil],
                                                     {"hint", told_[pupil].number + 1, 5'000}, Language::Nl));
    check(pupil);
  }

  void clock_jumps() {
    static constexpr Milliseconds hour = 3'600'000, day = 24 * hour;
    static constexpr Milliseconds jumps[] = {hour, -hour, day, -day, 30 * day, 400 * day};
    school_.now_ms += jumps[random_.below(6)];
  }

  // Everything in memory is gone; what was acknowledged is not.
  void start_again() {
    std::vector<tracking::Digest> digests;
    for (std::size_t pupil = 0; pupil < told_.size(); ++pupil) digests.push_back(digest(pupil));
    REQUIRE(school_.reopen().has_value());
    for (std::size_t pupil = 0; pupil < told_.size(); ++pupil) {
      CHECK(tracking::agree(digest(pupil), digests[pupil]));
      check(pupil);
    }
  }

  tracking::Digest digest(std::size_t pupil) {
    return tracking::digest(school_.pupil(pupil).belief->tracked.state);
  }

  void check(std::size_t index) {
    const PupilState& pupil = school_.pupil(index);
    CHECK(pupil.number == told_[index].number);
    CHECK_FALSE(pupil.writing);
    REQUIRE(pupil.pending.has_value());
    const auto& posterior = pupil.belief->posterior();
    CHECK(posterior.means.allFinite());
    CHECK(posterior.covariances.allFinite());
    CHECK(posterior.covariances.diagonal().minCoeff() > 0);
    for (const auto& rest : pupil.belief->tracked.rests) CHECK(rest.days >= 0);
    CHECK(pupil.belief->tracked.state.minutes >= 0);
  }

  // Every pupil's steps once and without a gap, in the order they were acknowledged.
  void check_journal() {
    std::map<std::int64_t, std::int64_t> numbers;
    Sequence before = 0;
    for (const auto& event : school_.events()) {
      CHECK(event.sequence > before);
      before = event.sequence;
      if (event.kind == store::StepTaken::tag) CHECK(event.number == ++numbers[event.subject]);
    }
    for (std::size_t pupil = 0; pupil < told_.size(); ++pupil)
      CHECK(numbers[school_.pupils[pupil].value] == told_[pupil].number);
  }

  Random random_;
  testing::FaultyDisk disk_;
  PracticeSchool school_;
  std::vector<Page> told_;
  std::int64_t acknowledged_ = 0;
};

std::string simulate(std::uint64_t seed, std::size_t pupils, std::int64_t answers) {
  INFO("seed " << seed);
  return Simulation(seed, pupils).live(answers);
}

}  // namespace

TEST_CASE("simulation: whatever a class does and whatever goes wrong, the invariants hold", "[simulation]") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) simulate(seed, 20, 500);
}

TEST_CASE("simulation: the same seed writes what says the same, byte for byte", "[simulation]") {
  CHECK(simulate(5, 10, 200) == simulate(5, 10, 200));
  CHECK(simulate(5, 10, 200) != simulate(6, 10, 200));
}

TEST_CASE("simulation: twenty classes of a hundred with fifty answers each", "[simulation][.slow]") {
  constexpr std::uint64_t seeds = 20;
  for (std::uint64_t seed = 100; seed < 100 + seeds; ++seed)
    CHECK(simulate(seed, 100, 5'000) == simulate(seed, 100, 5'000));
  testing::figure("reliability", "15: simulated answers, each seed twice with the same bytes", "100,000",
                  static_cast<double>(seeds * 5'000), 6);
}

}  // namespace trede::practice
