// The same calibration to the last bit, whoever does the work.
#include "engine/calibration/kernels.hpp"
#include "engine/calibration/marginal.hpp"
#include "engine/parallel/parallel_for.hpp"
#include "tests/calibration/mml_world.hpp"
#include "tests/support/catch.hpp"

namespace trede::calibration {
namespace {

void check_same(const Calibration& one, const Calibration& other) {
  CHECK(one.log_likelihood == other.log_likelihood);
  CHECK(one.iterations == other.iterations);
  for (std::size_t j = 0; j < one.items.size(); ++j) {
    CHECK(one.items[j].slope == other.items[j].slope);
    CHECK(one.items[j].intercept == other.items[j].intercept);
    CHECK(one.errors[j].slope == other.errors[j].slope);
    CHECK(one.errors[j].difficulty == other.errors[j].difficulty);
  }
}

void check_workers(const ResponseTable& table, Model model) {
  Options options{.model = model};
  const Calibration alone = calibrate(table, options);
  for (const int workers : {2, 3}) {
    options.workers = workers;
    check_same(alone, calibrate(table, options));
  }
}

}  // namespace

TEST_CASE("parallel: every index once, for any number of workers") {
  for (const int workers : {1, 2, 3, 9}) {
    std::vector<int> calls(1000, 0);
    parallel_for(1000, workers, [&](int i) { ++calls[static_cast<std::size_t>(i)]; });
    CHECK(calls == std::vector<int>(1000, 1));
  }
}

TEST_CASE("calibration: one, two and three workers give the same to the last bit", "[calibration]") {
  const auto sparse = testing::random_world({.people = 4000, .items = 30, .answers = 12, .seed = 21});
  REQUIRE(Marginal(sparse.table, {}).blocks() > 3);
  check_workers(sparse.table, Model::TwoPl);
  const auto complete = testing::random_world({.people = 20000, .items = 20, .answers = 20, .seed = 22});
  REQUIRE(Marginal(complete.table, {}).blocks() > 1);
  check_workers(complete.table, Model::OnePl);
}

TEST_CASE("calibration: every instruction set gives the same to the last bit", "[calibration]") {
  const auto world = testing::random_world({.people = 300, .items = 40, .answers = 25, .seed = 23});
  for (const int nodes : {21, 61, 101}) {
    const Marginal marginal(world.table, {.nodes = nodes});
    const auto tables = marginal.tables(marginal.plan().start);
    const auto people = marginal.block(tables, 0);
    std::vector<kernels::Rows> counts;
    std::vector<double> log_likelihoods;
    for (const auto& set : kernels::available()) {
      counts.emplace_back(tables.likelihoods.size());
      kernels::Rows groups(tables.priors.size());
      log_likelihoods.push_back(set.expect(people, counts.back().data(), groups.data()));
      CHECK(log_likelihoods.back() == log_likelihoods.front());
      for (std::size_t i = 0; i < counts.back().size(); ++i)
        for (int lane = 0; lane < kernels::lanes; ++lane)
          if (counts.back()[i].values[lane] != counts.front()[i].values[lane]) FAIL(set.name);
    }
  }
}

}  // namespace trede::calibration
