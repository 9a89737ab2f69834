#include "server/commands/demo_school.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <array>
#include <future>

#include "server/accounts/creation.hpp"
#include "server/accounts/people_changes.hpp"
#include "server/accounts/secret.hpp"
#include "server/accounts/server_key.hpp"
#include "server/commands/shipped_bank.hpp"
#include "server/commands/simulated_hand.hpp"
#include "server/conversation/running_school.hpp"
#include "server/net/loops.hpp"

namespace trede::commands {
namespace {

constexpr std::array<std::string_view, 24> names = {
    "Amira", "Bram",    "Chidi", "Daan",  "Elif", "Fatima",  "Gijs", "Hanna",
    "Imran", "Jayden",  "Kiki",  "Lotte", "Mila", "Mohamed", "Noor", "Olivier",
    "Priya", "Quinten", "Roos",  "Sem",   "Tess", "Umut",    "Vera", "Yusuf"};
constexpr std::string_view school_year = "groep7";
constexpr double class_mean = -0.35;  // half a year before the end of groep 7
constexpr Milliseconds minute_ms = 60'000;
constexpr Milliseconds day_ms = 86'400'000;
constexpr Milliseconds first_lesson_ms = 8 * 60 * minute_ms;  // 8:00 UTC: the morning in the Netherlands
constexpr double practises_today = 0.7;                       // chance on a school day
constexpr int shortest_session = 8, longest_session = 18;     // steps
constexpr double asks_a_question = 0.12;                      // chance per video

// What the answers teach is published when a day is over and not in the middle of it, so that the demo's past
// comes out the same each time.
constexpr practice::PublicationRule daily{1'000'000, 365 * day_ms};

// What a teacher should notice of a few; the others work as children mostly do.
struct Habit {
  std::string_view name;
  double guesses = 0;  // share of exercises answered before they can have been read
  double peeks = 0;    // share with a hint before reading
  double learns = 1;   // of what others learn from an exercise
  double ahead = 0;    // logits above what the draw gave
};
constexpr std::array<Habit, 4> habits = {{{.name = "Jayden", .guesses = 0.5},
                                          {.name = "Kiki", .peeks = 0.6},
                                          {.name = "Priya", .ahead = 1.5},
                                          {.name = "Umut", .learns = 0.1, .ahead = -0.5}}};
constexpr int guess_ms = 1'400, peek_ms = 1'800;

Habit habit_of(std::string_view name) {
  const auto place =
      std::find_if(habits.begin(), habits.end(), [&](const Habit& habit) { return habit.name == name; });
  return place == habits.end() ? Habit{} : *place;
}

struct Simulated {
  PupilId id;
  lab::SimulatedPupil pupil;
  Habit habit;
};

Simulated with_habit(PupilId id, DemoPupil child) {
  const Habit habit = habit_of(child.name);
  child.pupil.learning_rate *= habit.learns;
  child.pupil.ability.array() += habit.ahead;
  child.pupil.resting.array() += habit.ahead;
  return {id, std::move(child.pupil), habit};
}

// What the coroutine that lives the past needs; outlives it.
struct Past {
  conversation::RunningSchool& running;
  std::vector<Simulated> pupils;
  Random random;
  Milliseconds& now_ms;  // the demo's clock, which the services read too
  std::int64_t steps = 0;
};

constexpr std::array<std::string_view, 5> questions = {
    "Waarom mag de noemer niet veranderen?", "Kan dit ook met een andere breuk?",
    "Ik snap de tweede stap niet.", "Waarom wordt het stuk kleiner als het getal groter is?",
    "Geldt dit altijd?"};

// Draws nothing for who never does it, so that a habit of one pupil leaves the others as they were.
bool has_chance(double chance, Random& random) {
  return chance > 0 && random.uniform() < chance;
}

// One step through the real service. False when the service refused it.
net::awaitable<Result<std::int64_t>> live_step(Past& past, Simulated& simulated, practice::Shard& shard) {
  const auto pending = *shard.pupil(simulated.id)->pending;
  const auto number = shard.pupil(simulated.id)->number + 1;
  const auto step_id = practice::step_of(*shard.pupil(simulated.id), content::Language::Nl).id;
  const std::string request = "demo-" + std::to_string(number);
  auto& practice = past.running.practice();
  if (pending.choice.kind == "nothing") co_return 0;
  if (pending.choice.kind == "exercise") {
    const auto& item = pending.bank->items[static_cast<std::size_t>(pending.index)];
    const auto& known = pending.bank->catalogue.items[static_cast<std::size_t>(pending.index)];
    if (!item.hints.empty() && has_chance(simulated.habit.peeks, past.random)) {
      protocol::TakeHint taking{request + "-h", number, peek_ms};
      const auto hint =
          co_await practice.take_hint(shard, simulated.id, std::move(taking), content::Language::Nl);
      if (hint.has_error()) co_return hint.error();
    }
    const bool guesses = has_chance(simulated.habit.guesses, past.random);
    const bool right = !guesses && simulated.pupil.answers(known, past.random);
    const auto answer = simulated_answer(item, pending.instance, content::Language::Nl, right, past.random);
    const int elapsed_ms = guesses ? guess_ms : simulated.pupil.elapsed_ms(known, right, past.random);
    past.now_ms += elapsed_ms + 5'000;
    protocol::SubmitAnswer submitted{request, number, step_id, answer, elapsed_ms};
    const auto judged =
        co_await practice.judge(shard, simulated.id, std::move(submitted), content::Language::Nl);
    if (judged.has_error()) co_return judged.error();
    if (!guesses) simulated.pupil.practise(known);
    co_return 1;
  }
  const auto& video = pending.bank->videos[static_cast<std::size_t>(pending.index)];
  const double watched = past.random.uniform() < 0.8 ? 1.0 : past.random.uniform();
  past.now_ms += static_cast<Milliseconds>(1000 * video.seconds * watched);
  protocol::ReportVideo report{request + "-r", video.id, watched * video.seconds, watched};
  const auto reported = co_await practice.report_video(shard, simulated.id, std::move(report));
  if (reported.has_error()) co_return reported.error();
  if (past.random.uniform() < asks_a_question) {
    const auto text = demo_question(past.random);
    protocol::AskQuestion question{request + "-q", video.id, past.random.uniform() * watched * video.seconds,
                                   std::string(text)};
    const auto asked = co_await practice.ask_question(shard, simulated.id, std::move(question));
    if (asked.has_error()) co_return asked.error();
  }
  protocol::FinishVideo finishing{request, number, step_id, watched,
                                  static_cast<std::int64_t>(1000 * video.seconds)};
  const auto finished =
      co_await practice.finish_video(shard, simulated.id, std::move(finishing), content::Language::Nl);
  if (finished.has_error()) co_return finished.error();
  simulated.pupil.watch(pending.bank->catalogue, pending.index, watched);
  co_return 1;
}

net::awaitable<Result<std::int64_t>> live_session(Past& past, Simulated& simulated, Milliseconds start_ms) {
  past.now_ms = start_ms;
  auto& shard = *past.running.school().shards.front();
  protocol::PupilHello hello;
  const auto welcome = co_await past.running.practice().hello(shard, simulated.id, std::move(hello));
  if (welcome.has_error()) co_return welcome.error();
  const int steps = shortest_session + past.random.below(longest_session - shortest_session + 1);
  for (int i = 0; i < steps; ++i) {
    const auto taken = co_await live_step(past, simulated, shard);
    if (taken.has_error()) co_return taken.error();
    past.steps += *taken;
  }
  co_return steps;
}

bool is_school_day(Milliseconds day_start_ms) {
  const auto weekday = (day_start_ms / day_ms + 4) % 7;  // 1970-01-01 was a Thursday; 0 = Sunday
  return weekday >= 1 && weekday <= 5;
}

net::awaitable<Result<std::int64_t>> live_day(Past& past, Milliseconds day_start_ms, bool last_day) {
  for (auto& simulated : past.pupils) {
    simulated.pupil.rest(1.0);
    const bool practises =
        last_day || (is_school_day(day_start_ms) && past.random.uniform() < practises_today);
    if (!practises) continue;
    const Milliseconds start_ms = day_start_ms + first_lesson_ms + past.random.below(300) * minute_ms;
    const auto lived = co_await live_session(past, simulated, start_ms);
    if (lived.has_error()) co_return lived.error();
  }
  co_return 0;
}

struct People {
  AccountId teacher;
  ClassId class_id;
  std::vector<PupilId> pupils;
};

// Those who look after the school; the guardian is Noor's.
Result<std::int64_t> make_others(store::Journal& journal, SchoolId school, const std::string& secret,
                                 const std::vector<PupilId>& pupils) {
  using accounts::Role;
  const std::pair<Role, std::string_view> others[] = {{Role::Guardian, demo_guardian},
                                                      {Role::Leader, demo_leader},
                                                      {Role::Coordinator, demo_coordinator},
                                                      {Role::Administrator, demo_administrator}};
  for (const auto& [role, name] : others) {
    const auto made =
        journal.write_and_wait(accounts::create_account({school, role, std::string(name), secret}));
    if (made.has_error()) return made;
    if (role != Role::Guardian) continue;
    const auto noor = std::find(std::begin(names), std::end(names), "Noor") - std::begin(names);
    const auto child = journal.write_and_wait(
        accounts::set_children(AccountId{*made}, {pupils[static_cast<std::size_t>(noor)]}));
    if (child.has_error()) return child;
  }
  return 0;
}

// Schools, accounts and enrolments; the secrets of all pupils are one demo PIN.
Result<People> make_people(store::Journal& journal, const accounts::ServerKey& key) {
  using accounts::Role;
  const auto school = journal.write_and_wait(accounts::create_school("Basisschool De Trede (demo)"));
  if (school.has_error()) return school.error();
  const SchoolId school_id{*school};
  const auto made_class = journal.write_and_wait(accounts::create_class(
      {school_id, "Groep 7 (demo)", std::string(school_year), std::string(demo_class_code), true}));
  if (made_class.has_error()) return made_class.error();
  People people;
  people.class_id = ClassId{*made_class};

  const std::string staff_secret = accounts::hash_secret(demo_password);
  const auto teacher = journal.write_and_wait(
      accounts::create_account({school_id, Role::Teacher, std::string(demo_teacher), staff_secret}));
  if (teacher.has_error()) return teacher.error();
  people.teacher = AccountId{*teacher};
  const auto author = journal.write_and_wait(
      accounts::create_account({school_id, Role::Author, std::string(demo_author), staff_secret}));
  if (author.has_error()) return author.error();
  const auto enrolled = journal.write_and_wait(accounts::enrol(people.class_id, people.teacher));
  if (enrolled.has_error()) return enrolled.error();

  const std::string pin = key.seal_pin(demo_pin);
  const auto add_pupil = [&](std::string_view name) {
    return journal.write_and_wait(
        accounts::create_pupil({school_id, Role::Pupil, std::string(name), pin}, people.class_id));
  };
  for (const auto name : names) {
    const auto pupil = add_pupil(name);
    if (pupil.has_error()) return pupil.error();
    people.pupils.push_back(PupilId{*pupil});
  }
  const auto guest = add_pupil(demo_guest);
  if (guest.has_error()) return guest.error();
  const auto others = make_others(journal, school_id, staff_secret, people.pupils);
  if (others.has_error()) return others.error();
  return people;
}

// The topic with a video that most of the class is ready for and few master: what a teacher would plan next.
std::string topic_to_plan(conversation::RunningSchool& running, ClassId class_id) {
  const auto& bank = *running.first_bank();
  const auto rows = running.school().shards.front()->classroom(class_id)->dashboard().pupils();
  std::string best;
  double most = -1;
  for (std::size_t k = 0; k < bank.topics.size(); ++k) {
    if (bank.catalogue.topics[k].videos.empty()) continue;
    double wanting = 0;
    for (const auto& row : rows) wanting += row.cells[k].ready * (1 - row.cells[k].mastery);
    if (wanting <= most) continue;
    most = wanting;
    best = bank.topics[k].id;
  }
  return best;
}

net::awaitable<Result<std::int64_t>> plan_the_lesson(Past& past, People people, Milliseconds now_ms) {
  auto& shard = *past.running.school().shards.front();
  const std::string topic = topic_to_plan(past.running, people.class_id);
  if (topic.empty()) co_return 0;
  protocol::PlanLesson lesson{"demo", people.class_id.value, topic, practice::date_of(now_ms + 2 * day_ms)};
  const auto planned = co_await past.running.practice().plan_lesson(shard, people.teacher, std::move(lesson));
  if (planned.has_error()) co_return planned.error();
  co_return planned->id;
}

Result<std::int64_t> run(net::Loops& loops, net::awaitable<Result<std::int64_t>> coroutine) {
  return boost::asio::co_spawn(loops.executor(0), std::move(coroutine), boost::asio::use_future).get();
}

}  // namespace

std::vector<DemoPupil> demo_class(const Catalogue& catalogue, Random& random) {
  std::vector<DemoPupil> pupils;
  for (const auto name : names) pupils.push_back({name, lab::simulate_pupil(catalogue, class_mean, random)});
  return pupils;
}

std::string_view demo_question(Random& random) {
  return questions[static_cast<std::size_t>(random.below(static_cast<int>(questions.size())))];
}

Result<DemoMade> make_demo_school(const store::DataFolder& folder, const std::filesystem::path& starter,
                                  Milliseconds now_ms, int days, const std::function<void(int)>& progress) {
  // Before anything is made: a bank that is broken leaves the folder as it was.
  if (const auto bank = shipped_bank(starter.string()); bank.has_error()) return bank.error();
  DemoMade made;
  People people;
  {
    auto journal = store::Journal::open(folder.database());
    if (journal.has_error()) return journal.error();
    auto database = store::Database::open(folder.database(), store::Database::Mode::ReadOnly);
    if (database.has_error()) return database.error();
    const auto present = accounts::Directory::load(**database);
    if (present.has_error()) return present.error();
    made.was_there = !(*present)->accounts().empty();
    if (made.was_there) return made;
    const auto key = accounts::ServerKey::open(accounts::key_file(folder.database()), false);
    if (key.has_error()) return key.error();
    auto new_people = make_people(**journal, *key);
    if (new_people.has_error()) return new_people.error();
    people = std::move(*new_people);
  }

  net::Loops loops(1);
  Milliseconds clock_ms = now_ms - days * day_ms;
  const conversation::SchoolFiles files{starter, daily};
  auto running = conversation::RunningSchool::open(folder, files, loops, [&clock_ms] { return clock_ms; });
  if (running.has_error()) return running.error();
  Past past{**running, {}, Random(demo_seed), clock_ms, 0};
  auto children = demo_class((*running)->first_bank()->catalogue, past.random);
  for (std::size_t i = 0; i < people.pupils.size(); ++i)
    past.pupils.push_back(with_habit(people.pupils[i], std::move(children[i])));
  loops.start();
  const Milliseconds today_start_ms = now_ms / day_ms * day_ms;
  for (int day = 1; day <= days; ++day) {
    progress(day);
    if (day == days) {
      const auto planned = run(loops, plan_the_lesson(past, people, now_ms));
      if (planned.has_error()) return planned.error();
    }
    const auto lived = run(loops, live_day(past, today_start_ms - (days - day + 1) * day_ms, day == days));
    if (lived.has_error()) return lived.error();
    const auto published = run(loops, past.running.parameters().publish_now());
    if (published.has_error()) return published.error();
  }
  loops.finish();
  made.pupils = static_cast<std::int64_t>(past.pupils.size());
  made.steps = past.steps;
  return made;
}

}  // namespace trede::commands
