// A whole class at once through real sockets, every message sent twice.
#include <algorithm>
#include <future>
#include <set>
#include <thread>

#include "server/commands/load_run.hpp"
#include "server/commands/load_school.hpp"
#include "server/commands/pupil_client.hpp"
#include "server/conversation/running_school.hpp"
#include "server/protocol/codec.hpp"
#include "server/store/event_log.hpp"
#include "tests/server/net_socket_client.hpp"
#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"

namespace trede {
namespace {

constexpr int class_size = 25;
constexpr int answers_each = 4;
constexpr int most_steps = 3 * answers_each;  // videos may come between

// The server as `trede serve` builds it, on a free port.
class ServedClass {
 public:
  ServedClass() {
    auto data = store::DataFolder::open(folder_.path() / "data");
    REQUIRE(data.has_value());
    data_.emplace(std::move(*data));
    const auto made = commands::make_load_school(*data_, class_size);
    REQUIRE(made.has_value());
    auto running = conversation::RunningSchool::open(*data_, {TREDE_SOURCE_DIR "/tests/content/bank"}, loops_,
                                                     [] { return Milliseconds{1'800'000'000'000}; });
    REQUIRE(running.has_value());
    running_ = std::move(*running);
    net::ServerConfig config;
    config.port = 0;
    const auto open_conversation = [this](const accounts::Account& account,
                                          std::shared_ptr<net::Outbox> outbox) {
      return conversation::open_conversation(running_->school(), account, std::move(outbox));
    };
    auto server = net::Server::open(loops_, config, running_->accounts(), open_conversation);
    REQUIRE(server.has_value());
    server_ = std::move(*server);
    loops_.start();
  }
  ~ServedClass() {
    server_.reset();
    loops_.finish();
  }

  std::uint16_t port() const { return server_->port(); }

  std::vector<store::Event> events() const {
    const auto database = store::Database::open(data_->database(), store::Database::Mode::ReadOnly);
    REQUIRE(database.has_value());
    std::vector<store::Event> all;
    const auto read = store::read_events(**database, 0, [&](const store::Event& event) {
      all.push_back(event);
      return Result<void>{};
    });
    REQUIRE(read.has_value());
    return all;
  }

 private:
  net::TemporaryFolder folder_;
  net::Loops loops_{2};
  std::optional<store::DataFolder> data_;
  std::unique_ptr<conversation::RunningSchool> running_;
  std::unique_ptr<net::Server> server_;
};

// What one pupil saw. Filled by a thread, checked afterwards: Catch is for one thread.
struct Seen {
  std::vector<std::string> replies, second_replies;  // to the same messages
  std::vector<std::string> steps;                    // every message that carried one
  std::int64_t steps_done = 0;
  int answers = 0;
  std::string trouble;
};

std::string talk(net::SocketClient& client, const std::string& text) {
  client.send(text);
  return client.receive().value_or("closed");
}

template <class Message>
Result<Message> read(const std::string& text) {
  const auto json = protocol::parse_json(text);
  if (json.has_error()) return json.error();
  return protocol::struct_from_json<Message>(*json, nullptr, "type");
}

std::string message_for(const protocol::Step& step, Random& random) {
  const std::string request = "step-" + std::to_string(step.number);
  if (step.kind == "video")
    return protocol::encode(protocol::FinishVideo{request, step.number, step.id, 1.0, 60'000});
  const auto answer = commands::guess_at(step, random);
  return protocol::encode(protocol::SubmitAnswer{request, step.number, step.id, answer, 4'000});
}

Seen practise_twice(std::uint16_t port, const std::string& cookie, std::uint64_t seed) {
  Seen seen;
  Random random(seed);
  net::SocketClient client(port, cookie);
  seen.steps.push_back(
      talk(client, protocol::encode(protocol::PupilHello{"hello", content::Language::Nl, 0})));
  const auto welcome = read<protocol::PupilWelcome>(seen.steps.back());
  if (welcome.has_error()) {
    seen.trouble = seen.steps.back();
    return seen;
  }
  protocol::Step step = welcome->step;
  while (seen.answers < answers_each && seen.steps_done < most_steps) {
    const std::string message = message_for(step, random);
    seen.replies.push_back(talk(client, message));
    seen.second_replies.push_back(talk(client, message));
    seen.steps.push_back(seen.replies.back());
    auto judged = read<protocol::StepJudged>(seen.replies.back());
    if (judged.has_error()) {
      seen.trouble = seen.replies.back();
      return seen;
    }
    seen.answers += step.kind == "exercise";
    ++seen.steps_done;
    step = std::move(judged->next);
  }
  return seen;
}

std::vector<Seen> whole_class(const ServedClass& school) {
  std::vector<std::string> cookies;
  for (int number = 1; number <= class_size; ++number)
    cookies.push_back(net::cookie_line(
        net::sign_in(school.port(), "pupil", commands::load_pupil(number), "2468", "TREDE7")));
  std::vector<Seen> seen(class_size);
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < seen.size(); ++i)
    threads.emplace_back([&, i] { seen[i] = practise_twice(school.port(), cookies[i], i); });
  threads.clear();  // joins
  return seen;
}

// The names of all members anywhere inside; a run of text {kind, value} has no secrets but what it shows.
void collect_names(const boost::json::value& json, std::set<std::string>& names) {
  if (json.is_array())
    for (const auto& element : json.get_array()) collect_names(element, names);
  if (!json.is_object()) return;
  const auto& object = json.get_object();
  if (object.size() == 2 && object.contains("kind") && object.contains("value")) return;
  for (const auto& [name, value] : object) {
    names.insert(std::string(name));
    collect_names(value, names);
  }
}

std::set<std::string> names_in_exercise(const std::string& message) {
  const auto json = protocol::parse_json(message);
  REQUIRE(json.has_value());
  const auto& object = json->as_object();
  const auto& step = (object.contains("step") ? object.at("step") : object.at("next")).as_object();
  std::set<std::string> names;
  if (step.contains("exercise")) collect_names(step.at("exercise"), names);
  return names;
}

}  // namespace

TEST_CASE("load: a class that says everything twice is answered and written down once", "[load]") {
  const ServedClass school;
  const std::vector<Seen> seen = whole_class(school);
  std::int64_t steps = 0;
  std::set<std::string> exercises_with;
  for (const Seen& pupil : seen) {
    INFO(pupil.trouble);
    CHECK(pupil.trouble.empty());
    CHECK(pupil.answers == answers_each);
    CHECK(pupil.replies == pupil.second_replies);
    steps += pupil.steps_done;
    for (const auto& message : pupil.steps) exercises_with.merge(names_in_exercise(message));
  }

  std::set<std::pair<std::int64_t, std::int64_t>> numbers;
  std::int64_t rows = 0;
  for (const store::Event& event : school.events()) {
    if (event.kind != store::StepTaken::tag) continue;
    ++rows;
    numbers.emplace(event.subject, event.number);
  }
  CHECK(rows == steps);
  CHECK(static_cast<std::int64_t>(numbers.size()) == steps);

  CHECK(exercises_with.contains("body"));
  for (const char* secret : {"correct", "value", "solution", "feedback", "mistakes"}) {
    INFO(secret);
    CHECK_FALSE(exercises_with.contains(secret));
  }
}

TEST_CASE("load: a measurement ends when the server is gone", "[load]") {
  auto school = std::make_unique<ServedClass>();
  commands::LoadPlan plan;
  plan.address = {"localhost", school->port()};
  plan.pupils = class_size;
  plan.seconds = 300;
  auto report = std::async(std::launch::async, [&] { return commands::run_load(plan); });
  std::this_thread::sleep_for(std::chrono::seconds(1));
  school.reset();
  const auto told = report.get();
  REQUIRE(told.has_value());
  CHECK(told->answers > 0);
  CHECK(told->errors >= class_size);
  CHECK(told->seconds < plan.seconds);
}

}  // namespace trede
