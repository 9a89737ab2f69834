// How long an answer keeps the server busy without disk and network: score, time and update, choose and draw
// the next exercise. Processor time as medians over blocks, as one JSON object a line.
// An argument names another folder than the starter content. Run by ./dev bench.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "content/loader.hpp"
#include "engine/lab/simulated_pupil.hpp"
#include "server/commands/simulated_hand.hpp"
#include "server/practice/choosing.hpp"
#include "tests/bench/measure.hpp"

using namespace trede;
using namespace trede::practice;

namespace {

constexpr double class_mean = -0.35;
constexpr Milliseconds start_ms = 1'800'000'000'000;
constexpr std::size_t pupils = 60;
constexpr int blocks = 101, answers_per_block = 60;

BankPointer bank_in(const char* folder) {
  const auto source = content::read_folder(folder);
  if (source.has_error()) return nullptr;
  return content::load(*source, 1).bank;
}

// The families of the starter content over and over under other ids, each with a slightly other difficulty.
BankPointer grown_to(const content::ItemBank& bank, std::size_t items) {
  auto grown = std::make_shared<content::ItemBank>(bank);
  Random random{1};
  for (std::size_t i = bank.items.size(); i < items; ++i) {
    content::Item item = bank.items[i % bank.items.size()];
    item.id += "-" + std::to_string(i);
    item.step += 0.3 * random.normal();
    grown->items.push_back(std::move(item));
  }
  grown->index();
  return grown;
}

struct Child {
  PupilState state;
  lab::SimulatedPupil pupil;
};

// What the pupil sends, made before the clock runs.
content::Answer next_answer(const Child& child, Random& random) {
  const Pending& pending = *child.state.pending;
  const auto place = static_cast<std::size_t>(pending.index);
  const bool right = child.pupil.answers(pending.bank->catalogue.items[place], random);
  return commands::simulated_answer(pending.bank->items[place], pending.instance, content::Language::Nl,
                                    right, random);
}

// As PracticeService does, without the journal.
void take_step(PupilState& pupil, const Model& model, const content::Answer& answer, Milliseconds now_ms) {
  Pending step = *pupil.pending;
  store::StepTaken taken;
  taken.step = step.choice;
  if (step.choice.kind == "exercise") {
    const auto& item = step.bank->items[static_cast<std::size_t>(step.index)];
    const auto outcome = content::score(item, step.instance, answer, content::Language::Nl);
    ENSURE(outcome.has_value());
    taken.outcome = *outcome;
  }
  taken.watched = 1.0;
  auto moved = believe(pupil, model, step, taken, now_ms);
  ENSURE(moved.has_value());
  const std::int64_t number = pupil.number + 1;
  Pending next =
      choose_step(pupil.id, number + 1, moved->belief, model, pupil.lessons, pupil.decisions, now_ms);
  apply_step(pupil, model, taken, number, std::move(step), std::move(moved->belief), std::move(next), now_ms);
}

std::vector<Child> class_of(const Model& model) {
  std::vector<Child> children;
  for (std::size_t i = 0; i < pupils; ++i) {
    Random random(i);
    Child child{{}, lab::simulate_pupil(model.catalogue, class_mean, random)};
    child.state.id = PupilId{static_cast<std::int64_t>(i + 1)};
    child.state.school_year_mean = class_mean;
    Belief belief = new_belief(model, class_mean, start_ms);
    Pending first = choose_step(child.state.id, 1, belief, model, {}, {}, start_ms);
    apply_start(child.state, std::move(belief), std::move(first), start_ms);
    children.push_back(std::move(child));
  }
  return children;
}

void bench_answer(const char* name, const BankPointer& bank) {
  const ModelPointer model = model_of(bank, std::make_shared<const Parameters>());
  std::vector<Child> children = class_of(*model);
  Random random{2};
  Milliseconds now_ms = start_ms;
  std::vector<double> microseconds;
  for (int block = 0; block < blocks; ++block) {
    double used = 0;
    int answers = 0;
    for (int i = 0; i < answers_per_block; ++i) {
      Child& child = children[static_cast<std::size_t>(block * answers_per_block + i) % pupils];
      if (child.state.pending->choice.kind == "nothing") continue;
      const bool exercise = child.state.pending->choice.kind == "exercise";
      const content::Answer answer = exercise ? next_answer(child, random) : content::Answer{};
      now_ms += 500;
      const double before = bench::processor_us();
      take_step(child.state, *model, answer, now_ms);
      if (!exercise) continue;
      used += bench::processor_us() - before;
      ++answers;
    }
    if (answers > 0) microseconds.push_back(used / answers);
  }
  ENSURE(!microseconds.empty());
  bench::print_result(name, std::move(microseconds));
}

}  // namespace

int main(int argc, char** argv) {
  const char* folder = argc > 1 ? argv[1] : TREDE_SOURCE_DIR "/content/starter";
  const BankPointer starter = bank_in(folder);
  if (!starter) return std::fprintf(stderr, "the content in %s cannot be loaded\n", folder), 1;
  bench_answer("score, update, choose and draw: starter content", starter);
  bench_answer("score, update, choose and draw: 5,000 items", grown_to(*starter, 5'000));
}
