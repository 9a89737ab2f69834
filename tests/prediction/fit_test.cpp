#include <cmath>

#include "engine/prediction/duplicates.hpp"
#include "engine/prediction/metrics.hpp"
#include "engine/prediction/selection.hpp"
#include "tests/prediction/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::prediction;

namespace {

std::vector<double> predictions(const ResponseLog& log, int workers) {
  const Split split = split_by_hash(log);
  return predict(log, split.test, select_and_fit(log, split, {workers, {}}).model, workers);
}

double share_log_loss(const ResponseLog& log, const Split& split) {
  const ItemSummary items = summarise(log, split.training());
  std::vector<double> p;
  std::vector<std::uint8_t> y;
  for (const int pupil : split.test)
    for (std::size_t row = log.pupil_begins[static_cast<std::size_t>(pupil)];
         row < log.pupil_begins[static_cast<std::size_t>(pupil) + 1]; ++row) {
      p.push_back(items.smoothed_share(log.item[row]));
      y.push_back(log.correct[row]);
    }
  return measure(p, y).log_loss;
}

// The first pupil once more, with the answer to every twentieth row turned.
void add_twin(ResponseLog& log, const std::string& name) {
  for (std::size_t row = 0; row < log.pupil_begins[1]; ++row) {
    log.item.push_back(log.item[row]);
    log.correct.push_back(row % 20 == 19 ? !log.correct[row] : log.correct[row]);
    log.time_s.push_back(log.time_s[row]);
    log.response_ms.push_back(log.response_ms[row]);
  }
  log.pupils.push_back(name);
  log.pupil_begins.push_back(log.rows());
}

}  // namespace

TEST_CASE("prediction: the same for every number of workers, to the last bit", "[prediction]") {
  const ResponseLog log = testing::simulated_log({});
  REQUIRE(predictions(log, 1) == predictions(log, 3));
}

TEST_CASE("prediction: knows more of simulated pupils than the share right of an item", "[prediction]") {
  const ResponseLog log = testing::simulated_log({200, 30, 12, true});
  const Split split = split_by_hash(log);
  const Selection selection = select_and_fit(log, split, {});
  const std::vector<double> p = predict(log, split.test, selection.model, 1);
  std::vector<std::uint8_t> y;
  for (const int pupil : split.test)
    for (std::size_t row = log.pupil_begins[static_cast<std::size_t>(pupil)];
         row < log.pupil_begins[static_cast<std::size_t>(pupil) + 1]; ++row)
      y.push_back(log.correct[row]);
  REQUIRE(measure(p, y).log_loss < share_log_loss(log, split) - 0.02);
  REQUIRE(selection.trials.size() >= 2);
}

TEST_CASE("prediction: nothing of a row's answer and of later rows enters its probability", "[prediction]") {
  const ResponseLog log = testing::simulated_log({});
  const Split split = split_by_hash(log);
  const Model model = fit(log, split.training(), {});
  const auto pupil = static_cast<std::size_t>(split.test.front());
  const std::vector<int> alone = {split.test.front()};
  const std::vector<double> before = predict(log, alone, model, 1);
  for (std::size_t row = 0; row < before.size(); ++row) {
    ResponseLog other = log;
    for (std::size_t later = log.pupil_begins[pupil] + row; later < log.pupil_begins[pupil + 1]; ++later) {
      other.correct[later] = !other.correct[later];
      other.response_ms[later] = 100.0;
      if (later > log.pupil_begins[pupil] + row) other.time_s[later] += 5'000.0;
    }
    const std::vector<double> after = predict(other, alone, model, 1);
    for (std::size_t known = 0; known <= row; ++known) REQUIRE(after[known] == before[known]);
  }
}

TEST_CASE("prediction: test pupils do not touch the fit", "[prediction]") {
  const ResponseLog log = testing::simulated_log({});
  const Split split = split_by_hash(log);
  ResponseLog other = log;
  for (const int pupil : split.test)
    for (std::size_t row = log.pupil_begins[static_cast<std::size_t>(pupil)];
         row < log.pupil_begins[static_cast<std::size_t>(pupil) + 1]; ++row)
      other.correct[row] = !other.correct[row];
  REQUIRE(select_and_fit(log, split, {}).model.parameters ==
          select_and_fit(other, split, {}).model.parameters);
}

TEST_CASE("prediction: one item, one topic, no topic, answers all alike: always a probability",
          "[prediction]") {
  ResponseLog one = testing::simulated_log({12, 6, 1, false});
  ResponseLog bare = testing::simulated_log({12, 6, 4, true});
  bare.topics.clear();
  std::fill(bare.topic_begins.begin(), bare.topic_begins.end(), 0);
  bare.topic_count = 0;
  ResponseLog alike = testing::simulated_log({12, 6, 4, true});
  std::fill(alike.correct.begin(), alike.correct.end(), 1);
  for (const ResponseLog& log : {one, bare, alike}) {
    const auto p = predictions(log, 1);
    REQUIRE(!p.empty());
    for (const double value : p) REQUIRE((value > 0.0 && value < 1.0));
  }
}

TEST_CASE("duplicates: a pupil who stands there twice is found, others are not", "[prediction]") {
  ResponseLog log = testing::simulated_log({100, 80, 200, true});
  REQUIRE(duplicates(log, testing::all_pupils(log)).empty());
  add_twin(log, "twin");
  const auto found = duplicates(log, testing::all_pupils(log));
  REQUIRE(found.size() == 1);
  REQUIRE((found.front() == 0 || found.front() == 100));
}

TEST_CASE("duplicates: a class that answers the same test is no crowd of twins", "[prediction]") {
  ResponseLog log;
  log.topic_begins.assign(31, 0);
  Random random(2);
  for (int pupil = 0; pupil < 400; ++pupil) {
    const double ability = random.normal();
    for (int item = 0; item < 30; ++item) {
      log.item.push_back(item);
      log.correct.push_back(
          random.uniform() < 1.0 / (1.0 + std::exp(-2.0 * (ability - item / 10.0 + 1.5))) ? 1 : 0);
      log.time_s.push_back(item);
      log.response_ms.push_back(-1.0);
    }
    log.pupils.push_back(std::to_string(pupil));
    log.pupil_begins.push_back(log.rows());
  }
  REQUIRE(duplicates(log, testing::all_pupils(log)).size() <= 4);
}
