// What many runs say together: intervals over seeds, differences on the same pupils, quarters.
#include "engine/lab/summary.hpp"

#include <array>

#include "engine/lab/study_bank.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::lab;

namespace {

// Eight pupils whose test before rises by .1 and who all gain the same.
RunResult run_with_gain(double gain) {
  RunResult run;
  for (int i = 0; i < 8; ++i)
    run.pupils.push_back({.before = 0.1 * i, .after = 0.1 * i + gain, .answers = 10, .right = 7});
  run.curve = {0.0, gain};
  return run;
}

}  // namespace

TEST_CASE("laboratory: an interval over ten seeds is 2.262 standard errors wide to each side", "[engine]") {
  const std::array<double, 10> samples = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const Estimate estimate = estimate_of(samples);
  CHECK(estimate.mean == Approx(5.5));
  CHECK(estimate.half == Approx(2.262 * 3.02765 / std::sqrt(10.0)).epsilon(1e-4));
  const std::array<double, 1> alone = {3.0};
  CHECK(estimate_of(alone).half == 0.0);
}

TEST_CASE("laboratory: a difference on the same pupils is surer than the two gains", "[engine]") {
  const std::vector<RunResult> other = {run_with_gain(0.1), run_with_gain(0.2), run_with_gain(0.3)};
  const std::vector<RunResult> ours = {run_with_gain(0.15), run_with_gain(0.25), run_with_gain(0.35)};
  const Difference minus = difference(ours, other);
  CHECK(minus.gains.all.mean == Approx(0.05));
  CHECK(minus.gains.all.half < 1e-9);
  CHECK(minus.relative == Approx(0.25));
  CHECK(summarise(ours).gains.all.half > 0.1);
}

TEST_CASE("laboratory: the quarters are those by the test before", "[engine]") {
  RunResult run = run_with_gain(0.0);
  run.pupils[0].after += 0.4;  // of the lowest two
  run.pupils[7].after += 0.2;  // of the highest two
  run.pupils[7].gifts = 5;
  const Summary summary = summarise(std::array{run});
  CHECK(summary.gains.lowest.mean == Approx(0.2));
  CHECK(summary.gains.highest.mean == Approx(0.1));
  CHECK(summary.gains.all.mean == Approx(0.6 / 8));
  CHECK(summary.gifts_highest == Approx(0.25));
  CHECK(summary.success == Approx(0.7));
}

TEST_CASE("laboratory: in the dropout world some stop, and what they did counts", "[engine]") {
  const StudyOptions options{.pupils = 60, .minutes = 120.0, .seeds = 1};
  const RunResult result = run(study_bank(), World::Dropout, {.rule = Rule::Random}, options, 1);
  int stopped = 0;
  for (const PupilResult& pupil : result.pupils) {
    stopped += pupil.minutes < 120.0;
    CHECK(pupil.minutes == Approx(pupil.answers));
  }
  CHECK(stopped > 30);
  CHECK(stopped < 60);
  CHECK(summarise(std::array{result}).gains.all.mean > 0.0);
}

TEST_CASE("laboratory: talents are one in seven, and enrichment lies above everything else", "[engine]") {
  const Catalogue bank = study_bank(World::Talent);
  double hardest = -10.0, enrichment = 10.0;
  for (const CatalogueItem& item : bank.items) {
    double& bound = item.enrichment ? enrichment : hardest;
    bound = item.enrichment ? std::min(bound, item.parameters.difficulty)
                            : std::max(bound, item.parameters.difficulty);
  }
  CHECK(enrichment > bank.topics.back().cut);
  CHECK(hardest < enrichment + 1.5);
  Random random{3};
  int talents = 0;
  for (int i = 0; i < 7'000; ++i) {
    SimulatedPupil pupil = study_pupil(bank, random);
    talents += nature_of(World::Talent, pupil, random).talented;
  }
  CHECK(talents == Approx(1'000).margin(100));
}

TEST_CASE("laboratory: a misfit guesses and has a better side", "[engine]") {
  const Catalogue bank = study_bank();
  Random random{4};
  SimulatedPupil pupil = study_pupil(bank, random);
  const Nature nature{.slope = 1.0, .lean = 1.0, .guessing = 0.2};
  pupil.ability.setConstant(bank.items[0].parameters.difficulty);
  CHECK(chance_right(pupil, {}, bank, 0) == Approx(0.5));
  CHECK(chance_right(pupil, nature, bank, 0) > 0.8);
  CHECK(chance_right(pupil, nature, bank, 1) < 0.45);
  pupil.ability.setConstant(-20.0);
  CHECK(chance_right(pupil, nature, bank, 0) == Approx(0.2).margin(1e-6));
}

TEST_CASE("laboratory: who tires does worse at the end of a session and forgets until the next", "[engine]") {
  const Catalogue bank = study_bank();
  Random random{6};
  SimulatedPupil pupil = study_pupil(bank, random);
  Nature nature = nature_of(World::Tired, pupil, random);
  const double fresh = chance_right(pupil, nature, bank, 50);
  nature.session_minutes = 20.0;
  CHECK(session_over(nature));
  CHECK(chance_right(pupil, nature, bank, 50) < fresh);
  const double before = pupil.ability[0];
  pupil.ability[0] += 0.3;
  rest_until_next(pupil, nature, random);
  CHECK(pupil.ability[0] == Approx(before + 0.2));
  pupil.ability[0] += 0.3;
  rest_until_next(pupil, nature, random);
  CHECK(pupil.ability[0] == Approx(before + 0.2 + 0.27));
  CHECK_FALSE(session_over(nature));
}

TEST_CASE("laboratory: a slow reader is held up by every third exercise", "[engine]") {
  const Catalogue bank = study_bank();
  Random random{7};
  const SimulatedPupil pupil = study_pupil(bank, random);
  const Nature slow{.slip = 0.05, .reads_slowly = true};
  CHECK(minutes_of(slow, bank, 3) == 2.0);
  CHECK(minutes_of(slow, bank, 4) == 1.0);
  CHECK(chance_right(pupil, slow, bank, 4) == Approx(0.95 * chance_right(pupil, {}, bank, 4)));
  CHECK(chance_right(pupil, slow, bank, 3) < 0.95 * chance_right(pupil, {}, bank, 3));
}

TEST_CASE("laboratory: good days and bad ones move every answer of a session alike, and no ability", "[engine]") {
  const Catalogue bank = study_bank();
  Random random{8};
  SimulatedPupil pupil = study_pupil(bank, random);
  const Eigen::VectorXd able = pupil.ability;
  Nature nature = nature_of(World::DayForm, pupil, random);
  double squares = 0.0;
  for (int day = 0; day < 2'000; ++day) {
    for (const int item : {50, 51})
      CHECK((chance_right(pupil, nature, bank, item) > chance_right(pupil, {}, bank, item)) == (nature.form > 0.0));
    squares += nature.form * nature.form / 2'000.0;
    nature.session_minutes = 20.0;
    CHECK(session_over(nature));
    rest_until_next(pupil, nature, random);
    CHECK_FALSE(session_over(nature));
  }
  CHECK(std::sqrt(squares) == Approx(0.5).margin(0.03));
  CHECK(pupil.ability == able);
}

TEST_CASE("laboratory: an insight brings all that had dawned on its topic, with a right answer", "[engine]") {
  const Catalogue bank = study_bank();
  Random random{9};
  SimulatedPupil pupil = study_pupil(bank, random);
  pupil.learning_rate = 0.1;
  Nature nature = nature_of(World::Insights, pupil, random);
  const double before = pupil.ability[0];
  for (int n = 0; n < 100; ++n) learn(pupil, nature, bank, bank.items[0], 0.5, false, random);
  CHECK(pupil.ability[0] == before);
  CHECK(nature.dawning[0] == Approx(5.0));
  int successes = 0, insights = 0;
  for (double last = before; successes < 6'000; ++successes, last = pupil.ability[0]) {
    learn(pupil, nature, bank, bank.items[0], 0.5, true, random);
    insights += pupil.ability[0] > last;
  }
  CHECK(insights == Approx(500).margin(70));
  CHECK(pupil.ability[0] + nature.dawning[0] == Approx(before + 305.0));
}

TEST_CASE("laboratory: who copies is mostly right and learns nothing, one pupil in four, one session in three",
          "[engine]") {
  const Catalogue bank = study_bank();
  Random random{10};
  int copiers = 0, copied = 0;
  for (int i = 0; i < 4'000; ++i) {
    SimulatedPupil pupil = study_pupil(bank, random);
    Nature nature = nature_of(World::Copying, pupil, random);
    copiers += nature.copies;
    copied += nature.copying;
    if (nature.copying) {
      CHECK(chance_right(pupil, nature, bank, 0) == chance_right(pupil, nature, bank, 100));
      CHECK(lesson_for(nature, World::Copying, 0, 0.7) == 0.0);
    }
    rest_until_next(pupil, nature, random);
    CHECK((nature.copies || !nature.copying));
  }
  CHECK(copiers == Approx(1'000).margin(90));
  CHECK(copied == Approx(333).margin(60));
}

TEST_CASE("laboratory: after the sixth session come six weeks in which half of what was learned is lost", "[engine]") {
  const Catalogue bank = study_bank();
  Random random{11};
  SimulatedPupil pupil = study_pupil(bank, random);
  const Eigen::VectorXd before = pupil.ability;
  Nature nature = nature_of(World::Holiday, pupil, random);
  pupil.ability[0] += 1.0;
  pupil.ability[1] -= 1.0;
  for (int session = 1; session <= 12; ++session) {
    CHECK(days_until_next(nature) == (session == 6 ? 42.0 : 2.0));
    rest_until_next(pupil, nature, random);
    CHECK(pupil.ability[0] == Approx(before[0] + (session < 6 ? 1.0 : 0.5)));
  }
  CHECK(pupil.ability[1] == before[1] - 1.0);
}

TEST_CASE("laboratory: where exercises have changed those of the third topic are .8 harder, no others",
          "[engine]") {
  const Catalogue bank = study_bank();
  Random random{12};
  SimulatedPupil pupil = study_pupil(bank, random);
  const Nature nature = nature_of(World::Changed, pupil, random);
  for (const int item : {0, 30, 60, 80, 90, 130}) {
    const double believed = std::log(1.0 / pupil.probability_right(bank.items[item]) - 1.0);
    const double real = std::log(1.0 / chance_right(pupil, nature, bank, item) - 1.0);
    const double slope = bank.items[item].parameters.slope;
    CHECK(real == Approx(believed + (bank.items[item].topic() == 2 ? 0.8 * slope : 0.0)));
  }
}

TEST_CASE("laboratory: after an hour half the pupils know every other answer and learn nothing by it",
          "[engine]") {
  const Catalogue bank = study_bank();
  Random random{13};
  int knowing = 0;
  for (int i = 0; i < 2'000; ++i) {
    SimulatedPupil pupil = study_pupil(bank, random);
    Nature nature = nature_of(World::Leaked, pupil, random);
    knowing += nature.knows_answers;
    CHECK(chance_right(pupil, nature, bank, 80) == Approx(pupil.probability_right(bank.items[80])));
    nature.session_minutes = 60.0;
    CHECK(chance_right(pupil, nature, bank, 81) == Approx(pupil.probability_right(bank.items[81])));
    CHECK((chance_right(pupil, nature, bank, 80) == 0.95) == nature.knows_answers);
    CHECK((lesson_for(nature, World::Leaked, 80, 0.7) == 0.0) == nature.knows_answers);
    CHECK(lesson_for(nature, World::Leaked, 81, 0.7) > 0.0);
  }
  CHECK(knowing == Approx(1'000).margin(90));
}
