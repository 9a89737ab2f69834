// Calibration by marginal maximum likelihood: derivatives, the climb, groups, anchors and items the data cannot
// estimate.
#include "engine/calibration/mml.hpp"

#include <cmath>

#include "engine/calibration/climb.hpp"
#include "engine/calibration/covariance.hpp"
#include "engine/calibration/missing.hpp"
#include "engine/calibration/oakes.hpp"
#include "tests/calibration/mml_world.hpp"
#include "tests/calibration/published_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

namespace trede::calibration {
namespace {

using testing::check_near;

using Eigen::VectorXd;
using testing::random_world;
using testing::World;

const ItemPrior author_prior = {.log_slope = {0.2, 0.4},
                                .intercept = {0.0, 2.0},
                                .logit_guessing = {-1.39, 0.5},
                                .threshold = {0.0, 2.0}};

// Gradient against differences of the objective, observed information against differences of the gradient.
void check_derivatives(const ResponseTable& table, const Options& options) {
  const Marginal marginal(table, options);
  VectorXd x = marginal.plan().start;
  for (int i = 0; i < x.size(); ++i) x[i] += 0.1 * std::sin(3.0 * i);
  const Evaluation here = marginal.evaluate(x);
  const Eigen::MatrixXd information = observed_information(marginal, x);
  const double h = 1e-5;
  for (int i = 0; i < x.size(); ++i) {
    VectorXd above = x;
    VectorXd below = x;
    above[i] += h;
    below[i] -= h;
    const Evaluation up = marginal.evaluate(above);
    const Evaluation down = marginal.evaluate(below);
    check_near(here.gradient[i], (up.objective - down.objective) / (2 * h), 1e-4);
    const VectorXd column = (down.gradient - up.gradient) / (2 * h);
    CHECK((column - information.col(i)).cwiseAbs().maxCoeff() < 1e-4 * information.diagonal().maxCoeff());
  }
}

ResponseTable small_table(int categories, double guessing, int answers) {
  return random_world({.people = 150,
                       .items = 6,
                       .answers = answers,
                       .categories = categories,
                       .guessing = guessing,
                       .groups = {{0.0, 1.0}, {0.4, 1.2}},
                       .seed = 7})
      .table;
}

std::vector<double> objectives(const ResponseTable& table, const Options& options) {
  std::vector<double> all;
  calibrate(table, options, [&](int, double objective) { all.push_back(objective); });
  return all;
}

}  // namespace

TEST_CASE("calibration: gradient and information are the derivatives in every model", "[calibration]") {
  check_derivatives(small_table(2, 0.0, 4), {.model = Model::OnePl});
  check_derivatives(small_table(2, 0.0, 4), {.model = Model::TwoPl});
  check_derivatives(small_table(2, 0.2, 4), {.model = Model::ThreePl});
  check_derivatives(small_table(4, 0.0, 4), {.model = Model::Gpcm});
}

TEST_CASE("calibration: gradient and information hold with anchors and in complete data", "[calibration]") {
  check_derivatives(small_table(2, 0.0, 6),
                    {.model = Model::TwoPl, .anchors = {Item{.slope = 1.1}, {}, {}, {}, {}, {}}});
  ResponseTable complete = small_table(3, 0.0, 6);
  complete.groups.clear();
  check_derivatives(complete, {.model = Model::Gpcm});
  check_derivatives(complete, {.model = Model::OnePl});
}

TEST_CASE("calibration: priors pull parameters towards their mean", "[calibration]") {
  const ResponseTable table = small_table(2, 0.0, 4);
  const auto spread = [&](double sd) {
    Options options{.model = Model::TwoPl};
    options.prior.log_slope = {0.0, sd};
    double sum = 0.0;
    for (const Item& item : calibrate(table, options).items) sum += std::abs(std::log(item.slope));
    return sum;
  };
  CHECK(spread(0.1) < 0.5 * spread(1.0));
  CHECK(spread(0.01) < 0.01);
}

TEST_CASE("calibration: the likelihood never falls along the accepted points", "[calibration]") {
  const World world = random_world({.people = 500, .items = 30, .answers = 15, .seed = 3});
  for (const Acceleration way : {Acceleration::None, Acceleration::QuasiNewton}) {
    const auto climb = objectives(world.table, {.standard_errors = false, .acceleration = way});
    for (std::size_t i = 1; i < climb.size(); ++i) CHECK(climb[i] >= climb[i - 1] - 1e-7);
  }
}

TEST_CASE("calibration: acceleration ends at the same place in fewer E-steps", "[calibration]") {
  for (const int people : {500, 2000}) {
    const World world = random_world({.people = people, .items = 60, .answers = 20, .seed = 1});
    Options options{
        .prior = author_prior, .nodes = 31, .range = 5.0, .tolerance = 1e-5, .standard_errors = false};
    options.prior.logit_guessing = {};
    options.prior.threshold = {};
    const auto fit = [&](Acceleration way) {
      options.acceleration = way;
      return calibrate(world.table, options);
    };
    const Calibration plain = fit(Acceleration::None);
    const Calibration squarem = fit(Acceleration::Squarem);
    const Calibration newton = fit(Acceleration::QuasiNewton);
    CHECK(squarem.iterations <= 0.6 * plain.iterations);
    CHECK(newton.iterations <= 0.6 * plain.iterations);
    check_near(squarem.penalised_log_likelihood, plain.penalised_log_likelihood, 1e-3);
    check_near(newton.penalised_log_likelihood, plain.penalised_log_likelihood, 1e-3);
  }
}

TEST_CASE("calibration: 666 answers an item recover it, errors cover the truth", "[calibration]") {
  double slope_error = 0.0;
  double difficulty_error = 0.0;
  int covered_slopes = 0;
  int covered_intercepts = 0;
  int covered_difficulties = 0;
  int items = 0;
  for (std::uint64_t seed = 10; seed < 14; ++seed) {
    const World world = random_world({.seed = seed});
    Options options{.model = Model::TwoPl};
    options.prior.log_slope = author_prior.log_slope;
    options.prior.intercept = author_prior.intercept;
    const Calibration result = calibrate(world.table, options);
    for (std::size_t j = 0; j < world.items.size(); ++j, ++items) {
      const Item& truth = world.items[j];
      const Item& item = result.items[j];
      slope_error += std::pow(std::log(item.slope / truth.slope), 2);
      difficulty_error += std::pow(item.difficulty() - truth.difficulty(), 2);
      const auto within = [](double error, double sd) { return std::abs(error) < 1.96 * sd ? 1 : 0; };
      covered_slopes += within(item.slope - truth.slope, result.errors[j].slope);
      covered_intercepts += within(item.intercept - truth.intercept, result.errors[j].intercept);
      covered_difficulties += within(item.difficulty() - truth.difficulty(), result.errors[j].difficulty);
    }
  }
  CHECK(std::sqrt(slope_error / items) <= 0.14);
  CHECK(std::sqrt(difficulty_error / items) <= 0.13);
  CHECK(covered_slopes >= 0.90 * items);
  CHECK(covered_intercepts >= 0.90 * items);
  CHECK(covered_difficulties >= 0.90 * items);
}

TEST_CASE("calibration: partial credit and guessing are recovered", "[calibration]") {
  const World credit = random_world({.items = 20, .answers = 12, .categories = 4, .seed = 5});
  const Calibration steps = calibrate(credit.table, {.model = Model::Gpcm});
  CHECK(steps.converged);
  const World guess = random_world({.people = 4000, .items = 20, .answers = 15, .guessing = 0.2, .seed = 6});
  Options options{.model = Model::ThreePl};
  options.prior.logit_guessing = author_prior.logit_guessing;
  const Calibration guessing = calibrate(guess.table, options);
  CHECK(guessing.converged);
  for (std::size_t j = 0; j < 20; ++j) {
    for (std::size_t v = 0; v < 3; ++v)
      check_near(steps.items[j].thresholds[v], credit.items[j].thresholds[v],
                 4.5 * steps.errors[j].thresholds[v]);
    check_near(guessing.items[j].slope, guess.items[j].slope, 4.5 * guessing.errors[j].slope);
    check_near(guessing.items[j].guessing, 0.2, 0.15);
  }
}

TEST_CASE("calibration: groups recover their means and spreads", "[calibration]") {
  const World world =
      random_world({.items = 40, .answers = 25, .groups = {{0.0, 1.0}, {0.8, 1.3}, {-0.5, 0.7}}, .seed = 8});
  const Calibration result = calibrate(world.table, {.model = Model::TwoPl});
  CHECK(result.groups[0].mean == 0.0);
  CHECK(result.groups[0].sd == 1.0);
  check_near(result.groups[1].mean, 0.8, 0.12);
  check_near(result.groups[1].sd, 1.3, 0.12);
  check_near(result.groups[2].mean, -0.5, 0.12);
  check_near(result.groups[2].sd, 0.7, 0.1);
}

TEST_CASE("calibration: anchors keep the scale of another population", "[calibration]") {
  const World world = random_world({.items = 30, .answers = 20, .groups = {{1.0, 0.8}}, .seed = 9});
  Options options{.model = Model::TwoPl};
  options.anchors.resize(30);
  for (std::size_t j = 0; j < 10; ++j) options.anchors[j] = world.items[j];
  const Calibration result = calibrate(world.table, options);
  check_near(result.groups[0].mean, 1.0, 0.1);
  check_near(result.groups[0].sd, 0.8, 0.1);
  for (std::size_t j = 0; j < 30; ++j) {
    const bool anchored = j < 10;
    CHECK((result.treatments[j] == Treatment::Anchored) == anchored);
    if (anchored) {
      CHECK(result.items[j].slope == world.items[j].slope);
      CHECK(result.errors[j].slope == 0.0);
    } else {
      check_near(result.items[j].difficulty(), world.items[j].difficulty(),
                 4.5 * result.errors[j].difficulty);
    }
  }
}

TEST_CASE("calibration: items that cannot be estimated are named and harm no other", "[calibration]") {
  World world = random_world({.people = 400, .items = 8, .answers = 8, .categories = 3, .seed = 4});
  const Calibration before = calibrate(world.table, {.model = Model::Gpcm});
  ResponseTable table;
  table.categories.assign(11, 3);
  for (int i = 0; i < world.table.people(); ++i) {
    for (const Response& response : world.table.of(i)) table.responses.push_back(response);
    table.responses.push_back({8, 2});  // everybody the same
    table.responses.push_back(
        {9, world.table.of(i)[0].category / 2 * 2});  // never category 1; item 10: no answer
    table.begins.push_back(table.responses.size());
  }
  table.begins.push_back(table.begins.back());  // a person without answers
  const Calibration after = calibrate(table, {.model = Model::Gpcm});
  CHECK(after.converged);
  CHECK(after.treatments[0] == Treatment::Estimated);
  CHECK(after.treatments[8] == Treatment::OneCategory);
  CHECK(after.treatments[9] == Treatment::EmptyCategory);
  CHECK(after.treatments[10] == Treatment::NoAnswers);
  for (std::size_t j = 0; j < 11; ++j) {
    CHECK(std::isfinite(after.items[j].slope));
    CHECK(std::isfinite(after.errors[j].slope));
    for (const double b : after.items[j].thresholds) CHECK(std::isfinite(b));
    for (const double error : after.errors[j].thresholds) CHECK(std::isfinite(error));
  }
  CHECK(before.items[3].thresholds.size() == 2);
}

TEST_CASE("calibration: a right-or-wrong item everyone got right changes nothing else", "[calibration]") {
  ResponseTable table = testing::table_of(testing::lsat7_counts);
  const Calibration before = calibrate(table, {.model = Model::TwoPl});
  ResponseTable more;
  more.categories.assign(6, 2);
  more.weights = table.weights;
  for (int i = 0; i < table.people(); ++i) {
    for (const Response& response : table.of(i)) more.responses.push_back(response);
    more.responses.push_back({5, 1});
    more.begins.push_back(more.responses.size());
  }
  const Calibration after = calibrate(more, {.model = Model::TwoPl});
  CHECK(after.treatments[5] == Treatment::OneCategory);
  CHECK(after.items[5].intercept > 5.0);
  CHECK(after.log_likelihood == before.log_likelihood);
  CHECK(after.items[2].slope == before.items[2].slope);
}

TEST_CASE("calibration: no people, no items and no answers are no trouble", "[calibration]") {
  CHECK(calibrate({}, {}).converged);
  ResponseTable table;
  table.categories = {2, 2};
  const Calibration result = calibrate(table, {});
  CHECK(result.treatments[1] == Treatment::NoAnswers);
  CHECK(result.log_likelihood == 0.0);
}

TEST_CASE("calibration: a thousand answers of one person do not underflow", "[calibration]") {
  const World world = random_world({.people = 40, .items = 1100, .answers = 1000, .seed = 2});
  const Calibration result = calibrate(world.table, {.model = Model::OnePl, .standard_errors = false});
  CHECK(result.converged);
  CHECK(std::isfinite(result.log_likelihood));
  CHECK(result.log_likelihood < -10000.0);
}

TEST_CASE("calibration: patterns with weights are the people they stand for", "[calibration]") {
  const ResponseTable patterns = testing::table_of(testing::lsat6_counts);
  ResponseTable people;
  people.categories = patterns.categories;
  for (int i = 0; i < patterns.people(); ++i)
    for (int copy = 0; copy < static_cast<int>(patterns.weight(i)); ++copy) {
      for (const Response& response : patterns.of(i)) people.responses.push_back(response);
      people.begins.push_back(people.responses.size());
    }
  const Calibration one = calibrate(patterns, {.model = Model::TwoPl});
  const Calibration other = calibrate(people, {.model = Model::TwoPl});
  CHECK(one.log_likelihood == other.log_likelihood);
  CHECK(one.items[4].slope == other.items[4].slope);
}

TEST_CASE("calibration: errors in two levels are near those of the whole matrix", "[calibration]") {
  const World world = random_world({.people = 1500, .items = 80, .answers = 20, .seed = 12});
  for (const Model model : {Model::OnePl, Model::TwoPl}) {
    const Marginal marginal(world.table, {.model = model});
    const VectorXd x = climb(marginal, {.model = model}, {}).values;
    const auto whole = item_covariances_dense(marginal, x);
    const auto levels = item_covariances_two_level(marginal, x);
    for (std::size_t j = 0; j < 80; ++j)
      for (int local = 0; local < 2; ++local)
        check_near(std::sqrt(levels[j](local, local) / whole[j](local, local)), 1.0, 0.03);
  }
}

}  // namespace trede::calibration
