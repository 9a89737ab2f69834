#include "tests/server/practice_support.hpp"

#include <chrono>
#include <thread>

#include "server/accounts/creation.hpp"
#include "server/commands/simulated_hand.hpp"
#include "server/net/loops.hpp"
#include "server/store/bank_store.hpp"
#include "server/store/event_log.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {

namespace {

net::awaitable<bool> open_page(PracticeService& service, Shard& shard, PupilId pupil,
                               std::vector<std::string>* heard) {
  PupilPage page{[heard](const auto& offered) { heard->push_back(protocol::encode(offered)); }, Language::Nl};
  service.attach(shard, pupil, heard, std::move(page));
  co_return true;
}

net::awaitable<ModelPointer> model_there(const Shard& shard) {
  co_return shard.model();
}

}  // namespace

PracticeSchool::PracticeSchool(PracticeOptions options) : options_(options) {
  add_people();
  REQUIRE(reopen().has_value());
}

PracticeSchool::~PracticeSchool() {
  close();
}

void PracticeSchool::add_people() {
  using accounts::Role;
  const auto folder = store::DataFolder::open(folder_.path() / "data");
  REQUIRE(folder.has_value());
  auto journal = store::Journal::open(folder->database());
  REQUIRE(journal.has_value());
  const auto write = [&](store::Change change) {
    const auto written = (*journal)->write_and_wait(std::move(change));
    REQUIRE(written.has_value());
    return *written;
  };
  const SchoolId school{write(accounts::create_school("School"))};
  class_id = ClassId{write(accounts::create_class({school, "Groep 7", "groep7", "ABC346", false}))};
  teacher = AccountId{
      write(accounts::create_account({school, Role::Teacher, "juf", "no hash: nobody signs in here"}))};
  write(accounts::enrol(class_id, teacher));
  for (const std::string name : {"Noor", "Sem", "Amira"})
    pupils.push_back(
        PupilId{write(accounts::create_pupil({school, Role::Pupil, name, "no hash"}, class_id))});
  const ClassId other{write(accounts::create_class({school, "Groep 7b", "groep7", "DEF346", false}))};
  pupils.push_back(PupilId{write(accounts::create_pupil({school, Role::Pupil, "Daan", "no hash"}, other))});
  for (std::size_t i = 1; i <= options_.more_pupils; ++i)
    pupils.push_back(PupilId{write(accounts::create_pupil(
        {school, Role::Pupil, "Leerling " + std::to_string(i), "no hash"}, class_id))});
}

Shard& PracticeSchool::shard_of(std::size_t pupil) {
  for (Shard* shard : running_->school().shards)
    if (shard->pupil(pupils[pupil])) return *shard;
  throw std::logic_error("no shard has this pupil");
}

void PracticeSchool::close() {
  if (loops_) loops_->finish();
  running_.reset();
  loops_.reset();
  data_.reset();
}

Result<void> PracticeSchool::reopen() {
  close();
  auto folder = store::DataFolder::open(folder_.path() / "data");
  if (folder.has_error()) return folder.error();
  data_.emplace(std::move(*folder));
  loops_ = std::make_unique<net::Loops>(options_.loops);
  const conversation::SchoolFiles files{options_.starter, options_.publication};
  auto running = conversation::RunningSchool::open(*data_, files, *loops_, [this] { return now_ms.load(); });
  if (running.has_error()) return running.error();
  running_ = std::move(*running);
  loops_->start();
  return {};
}

protocol::PupilWelcome PracticeSchool::hello(std::size_t index, std::int64_t last_number) {
  protocol::PupilHello message;
  message.last_number = last_number;
  const auto welcome = run_on(shard_of(index), service().hello(shard_of(index), pupils[index], message));
  REQUIRE(welcome.has_value());
  return *welcome;
}

protocol::SubmitAnswer PracticeSchool::answer_to_pending(std::size_t index, bool right) {
  const Pending& pending = *pupil(index).pending;
  REQUIRE(pending.choice.kind == "exercise");
  Random random(static_cast<std::uint64_t>(pupil(index).number));
  const auto& item = pending.bank->items[static_cast<std::size_t>(pending.index)];
  const auto step = step_of(pupil(index), Language::Nl);
  return {"request-" + std::to_string(step.number), step.number, step.id,
          commands::simulated_answer(item, pending.instance, Language::Nl, right, random), 24'000};
}

protocol::StepJudged PracticeSchool::do_step(std::size_t index, bool right) {
  now_ms += 20'000;
  const auto step = step_of(pupil(index), Language::Nl);
  Shard& home = shard_of(index);
  const protocol::FinishVideo finished{"request-" + std::to_string(step.number), step.number, step.id, 1.0,
                                       60'000};
  const auto judged =
      step.kind == "video"
          ? run_on(home, service().finish_video(home, pupils[index], finished, Language::Nl))
          : run_on(home, service().judge(home, pupils[index], answer_to_pending(index, right), Language::Nl));
  if (judged.has_error()) INFO(judged.error().detail);
  REQUIRE(judged.has_value());
  return *judged;
}

void PracticeSchool::skip_placement(std::size_t index) {
  Shard& home = shard_of(index);
  REQUIRE(run_on(home, service().skip_placement(home, pupils[index], {"skip"}, Language::Nl)).has_value());
}

void PracticeSchool::listen(std::size_t index, std::vector<std::string>& heard) {
  run_on(shard_of(index), open_page(service(), shard_of(index), pupils[index], &heard));
}

std::vector<store::Event> PracticeSchool::events() const {
  auto connection = store::Database::open(database(), store::Database::Mode::ReadOnly);
  REQUIRE(connection.has_value());
  std::vector<store::Event> all;
  const auto read = store::read_events(**connection, 0, [&](const store::Event& event) {
    all.push_back(event);
    return Result<void>{};
  });
  REQUIRE(read.has_value());
  return all;
}

std::vector<std::string> PracticeSchool::items_of(const std::string& topic) {
  const auto model = run(model_there(shard()));
  std::vector<std::string> ids;
  for (const auto& item : model->bank->items)
    if (topic.empty() || model->bank->topics[static_cast<std::size_t>(item.topic)].id == topic)
      ids.push_back(item.id);
  return ids;
}

protocol::DocumentPublished PracticeSchool::publish_status(const std::string& item,
                                                           const std::string& status) {
  auto& authoring = running().school().authoring;
  const auto opened = run(authoring.open({"open", "item", item}));
  REQUIRE(opened.has_value());
  auto document = boost::json::parse(opened->document).as_object();
  document["status"] = status;
  const auto published = run(authoring.publish(
      {"publish", "item", boost::json::serialize(document), {}, opened->revision}, AccountId{0}));
  REQUIRE(published.has_value());
  CHECK(published->problems.empty());
  wait_for_bank(published->bank_version);
  return *published;
}

void PracticeSchool::publish(const content::Source& source) {
  const auto version = run(model_there(shard()))->bank->version;
  const auto loaded = content::load(source, version + 1);
  REQUIRE(loaded.bank);
  const auto saved =
      running().journal().write_and_wait(store::save_bank(source, version, std::nullopt, now_ms));
  REQUIRE(saved.has_value());
  running().parameters().adopt(loaded.bank);
  wait_for_bank(*saved);
}

void PracticeSchool::wait_for_bank(std::int64_t version) {
  while (run(model_there(shard()))->bank->version < version)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace trede::practice
