#include "engine/calibration/fit.hpp"

#include <algorithm>

#include "tests/calibration/fit_support.hpp"
#include "tests/calibration/published_sets.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::calibration;

namespace {

std::vector<Item> lsat7_items() {
  return {test::item_at(.9875459, -1.8792601), test::item_at(1.0808371, -.7475406),
          test::item_at(1.7074777, -1.0572356), test::item_at(.7649899, -.6353023),
          test::item_at(.7356727, -2.5207644)};
}

// The same people one by one instead of as weighted patterns.
ResponseTable spread(const ResponseTable& patterns) {
  ResponseTable people;
  people.categories = patterns.categories;
  for (int pattern = 0; pattern < patterns.people(); ++pattern) {
    for (int copy = 0; copy < static_cast<int>(patterns.weight(pattern)); ++copy) {
      for (const Response& response : patterns.of(pattern)) people.responses.push_back(response);
      people.begins.push_back(people.responses.size());
    }
  }
  return people;
}

}  // namespace

TEST_CASE("fit: the tail of chi-square is that of the tables", "[calibration]") {
  CHECK(chi_square(3.841458821, 1).p == Approx(0.05).epsilon(1e-8));
  CHECK(chi_square(15.507313056, 8).p == Approx(0.05).epsilon(1e-8));
  CHECK(chi_square(2.0 * std::log(1e40), 2).p == Approx(1e-40).epsilon(1e-8));
  CHECK(chi_square(0.0, 5).p == 1.0);
}

TEST_CASE("fit: S-X2 of LSAT7 is that of mirt", "[calibration]") {
  FitOptions options;
  options.free_parameters = std::vector<int>(5, 2);
  const Fit fit = fit_of(testing::table_of(testing::lsat7_counts), lsat7_items(), {{}}, options);
  const std::vector<double> mirt = {4.750540, 14.453453, 1.272660, 5.236482, .940942};
  for (std::size_t item = 0; item < 5; ++item) {
    REQUIRE(fit.items[item].sx2);
    CHECK(std::abs(fit.items[item].sx2->statistic - mirt[item]) < 1e-4);
    CHECK(fit.items[item].sx2->df == 2);
  }
  CHECK(fit.items[1].sx2->p == Approx(0.000726897).epsilon(1e-3));
}

TEST_CASE("fit: S-X2 of LSAT6 pools a sparse score as mirt does", "[calibration]") {
  const std::vector<Item> items = {
      test::item_at(.8256595221, -3.3588111367), test::item_at(.7227441972, -1.3700576243),
      test::item_at(.8908745343, -.2796662314), test::item_at(.6883679720, -1.8663810309),
      test::item_at(.6568559393, -3.1259067957)};
  FitOptions options;
  options.free_parameters = std::vector<int>(5, 2);
  const Fit fit = fit_of(testing::table_of(testing::lsat6_counts), items, {{}}, options);
  const std::vector<double> mirt = {.450376, 1.691039, .666280, .175307, .111050};
  for (std::size_t item = 0; item < 5; ++item) {
    CHECK(std::abs(fit.items[item].sx2->statistic - mirt[item]) < 1e-3);
    CHECK(fit.items[item].sx2->df == (item == 2 ? 1 : 2));
  }
}

TEST_CASE("fit: weighted patterns say the same as their people one by one", "[calibration]") {
  const ResponseTable patterns = testing::table_of(testing::lsat7_counts);
  const Fit few = fit_of(patterns, lsat7_items(), {{}});
  const Fit many = fit_of(spread(patterns), lsat7_items(), {{}});
  for (std::size_t item = 0; item < 5; ++item) {
    CHECK(few.items[item].answers == 1000.0);
    CHECK(few.items[item].infit.value == Approx(many.items[item].infit.value).epsilon(1e-10));
    CHECK(few.items[item].outfit.t == Approx(many.items[item].outfit.t).epsilon(1e-10));
    CHECK(few.items[item].sx2->statistic == Approx(many.items[item].sx2->statistic).epsilon(1e-10));
    CHECK(few.items[item].predictive->statistic ==
          Approx(many.items[item].predictive->statistic).epsilon(1e-10));
  }
  CHECK(few.dependence->mean == Approx(many.dependence->mean).epsilon(1e-10));
}

TEST_CASE("fit: mean squares are 1 with the spread they claim when the model is true", "[calibration]") {
  Random random(3);
  std::vector<Item> items = test::random_items(30, random);
  for (std::size_t i = 0; i < 10; ++i) items[i].guessing = 0.2;
  for (std::size_t i = 10; i < 20; ++i) items[i].thresholds = {-1.0, 0.3, 0.2};
  const ResponseTable table = test::simulated(items, 2000, 20, 5);
  for (const PredictFrom from : {PredictFrom::EarlierAnswers, PredictFrom::OtherAnswers}) {
    FitOptions options;
    options.predict_from = from;
    const Fit fit = fit_of(table, items, {{}}, options);
    double infit_t = 0.0;
    double outfit_t = 0.0;
    for (const ItemFit& item : fit.items) {
      CHECK(std::abs(item.infit.t) < 4.0);
      CHECK(std::abs(item.outfit.t) < 4.0);
      CHECK_FALSE(item.misfits());
      infit_t += item.infit.t * item.infit.t / 30.0;
      outfit_t += item.outfit.t * item.outfit.t / 30.0;
    }
    CHECK(infit_t > 0.4);
    CHECK(infit_t < 1.8);
    CHECK(outfit_t > 0.4);
    CHECK(outfit_t < 1.8);
  }
}

TEST_CASE("fit: answers drawn by lot stand out in the mean squares", "[calibration]") {
  Random random(4);
  const std::vector<Item> items = test::random_items(25, random);
  std::vector<Item> truth = items;
  truth[7] = test::item_at(0.01, 0.0);
  const Fit fit = fit_of(test::simulated(truth, 1500, 25, 6), items, {{}});
  CHECK(fit.items[7].infit.value > 1.1);
  CHECK(fit.items[7].infit.t > 4.0);
  CHECK(fit.items[7].outfit.t > 4.0);
}

TEST_CASE("fit: without complete forms S-X2 is not computed, the rest is", "[calibration]") {
  Random random(5);
  const std::vector<Item> items = test::random_items(30, random);
  const Fit fit = fit_of(test::simulated(items, 1000, 20, 7), items, {{}});
  for (const ItemFit& item : fit.items) {
    CHECK_FALSE(item.sx2);
    CHECK(item.predictive);
  }
  CHECK(fit.dependence);
}

TEST_CASE("fit: estimated parameters cost degrees of freedom, anchors none", "[calibration]") {
  const ResponseTable table = testing::table_of(testing::lsat7_counts);
  Options calibrated;
  calibrated.anchors.resize(5);
  calibrated.anchors[2] = Item{};
  CHECK(free_parameters(table, calibrated) == std::vector<int>{2, 2, 0, 2, 2});
  calibrated.model = Model::ThreePl;
  FitOptions options;
  options.free_parameters = free_parameters(table, calibrated);
  const Fit fit = fit_of(table, lsat7_items(), {{}}, options);
  CHECK(fit.items[0].sx2->df == 1);
  CHECK(fit.items[2].sx2->df == 4);
}

TEST_CASE("fit: two questions about one picture are told, and no others", "[calibration]") {
  Random random(6);
  const std::vector<Item> items = test::random_items(12, random);
  ResponseTable table = test::simulated(items, 800, 12, 8);
  // Item 4 repeats the answer to item 2 every other time.
  for (int person = 0; person < table.people(); person += 2) {
    Response* first = &table.responses[table.begins[static_cast<std::size_t>(person)]];
    const auto of = [&](int item) {
      return std::find_if(first, first + 12, [&](const Response& response) { return response.item == item; });
    };
    of(4)->category = of(2)->category;
  }
  const Fit fit = fit_of(table, items, {{}});
  REQUIRE(fit.dependence->pairs.size() == 1);
  CHECK(fit.dependence->pairs[0].first == 2);
  CHECK(fit.dependence->pairs[0].second == 4);
  CHECK(fit.dependence->compared == 66);
  CHECK(fit.dependence->mean == Approx(-1.0 / 11.0).margin(0.05));
}

TEST_CASE("fit: the number of workers changes no bit", "[calibration]") {
  Random random(7);
  const std::vector<Item> items = test::random_items(20, random);
  const ResponseTable table = test::simulated(items, 1200, 15, 9);
  FitOptions options;
  const Fit one = fit_of(table, items, {{}}, options);
  options.workers = 3;
  const Fit three = fit_of(table, items, {{}}, options);
  for (std::size_t item = 0; item < items.size(); ++item) {
    CHECK(one.items[item].infit.t == three.items[item].infit.t);
    CHECK(one.items[item].predictive->statistic == three.items[item].predictive->statistic);
  }
}

TEST_CASE("fit: an empty table and an item nobody answered give no number that is not one", "[calibration]") {
  const std::vector<Item> items = lsat7_items();
  ResponseTable table;
  table.categories.assign(5, 2);
  CHECK_FALSE(fit_of(table, items, {{}}).items[0].predictive);
  table.responses = {{0, 1}, {1, 0}};
  table.begins = {0, 0, 2};
  const Fit fit = fit_of(table, items, {{}});
  CHECK(std::isfinite(fit.items[0].infit.t));
  CHECK(fit.items[4].answers == 0.0);
  CHECK(fit.items[4].infit.value == 1.0);
  CHECK_FALSE(fit.dependence);
}
