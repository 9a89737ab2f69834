// Response models: limits, derivatives, information.
#include "engine/irt/dichotomous.hpp"

#include <cmath>
#include <vector>

#include "engine/irt/quadrature.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::irt;

namespace {

const std::vector<Asymptotes> models{{0.0, 1.0}, {0.25, 1.0}, {0.0, 0.95}, {0.2, 0.97}};

}  // namespace

TEST_CASE("irt: probability and its complement add up to one", "[engine]") {
  for (const Asymptotes model : models)
    for (double z = -40.0; z <= 40.0; z += 0.7)
      CHECK(probability(z, model) + failure_probability(z, model) == Approx(1.0).epsilon(1e-14));
}

TEST_CASE("irt: the logistic keeps its relative accuracy at both ends", "[engine]") {
  CHECK(logistic(-700.0) == Approx(std::exp(-700.0)).epsilon(1e-12));
  CHECK(failure_probability(700.0) == Approx(std::exp(-700.0)).epsilon(1e-12));
  CHECK(logistic(-1e4) == 0.0);
  CHECK(logistic(1e4) == 1.0);
}

TEST_CASE("irt: the derivative is that of finite differences", "[engine]") {
  const double h = 1e-5;
  for (const Asymptotes model : models)
    for (double z = -6.0; z <= 6.0; z += 0.3) {
      const double slope = (probability(z + h, model) - probability(z - h, model)) / (2.0 * h);
      CHECK(derivative(z, model) == Approx(slope).margin(1e-9));
    }
}

TEST_CASE("irt: information is the variance of the score", "[engine]") {
  const double h = 1e-5;
  for (const Asymptotes model : models)
    for (double z = -6.0; z <= 6.0; z += 0.3) {
      const double right =
          (std::log(probability(z + h, model)) - std::log(probability(z - h, model))) / (2.0 * h);
      const double wrong =
          (std::log(failure_probability(z + h, model)) - std::log(failure_probability(z - h, model))) /
          (2.0 * h);
      const double variance =
          probability(z, model) * right * right + failure_probability(z, model) * wrong * wrong;
      CHECK(information(z, model) == Approx(variance).epsilon(1e-6));
    }
}

TEST_CASE("irt: information stays finite and not negative far away", "[engine]") {
  for (const Asymptotes model : models)
    for (const double z : {-1e6, -800.0, -50.0, 50.0, 800.0, 1e6}) {
      CHECK(std::isfinite(information(z, model)));
      CHECK(information(z, model) >= 0.0);
    }
}

TEST_CASE("irt: the information maximum of the 3PL is a maximum", "[engine]") {
  for (const double c : {0.0, 0.1, 0.25, 0.5}) {
    const ItemParameters item{1.4, 0.3, c};
    const auto at = [&](double theta) {
      return item.slope * item.slope * information(item.slope * (theta - item.difficulty), {c, 1.0});
    };
    const InformationMaximum best = information_maximum(item);
    CHECK(at(best.ability) == Approx(best.information).epsilon(1e-12));
    CHECK(at(best.ability - 1e-3) < best.information);
    CHECK(at(best.ability + 1e-3) < best.information);
    CHECK(probability(item.slope * (best.ability - item.difficulty), {c, 1.0}) == Approx(best.probability));
  }
}

TEST_CASE("irt: guessing one in four costs 38 percent of the information", "[engine]") {
  const double open = information_maximum({1.0, 0.0, 0.0}).information;
  const double choice = information_maximum({1.0, 0.0, 0.25}).information;
  CHECK(1.0 - choice / open == Approx(0.38).margin(0.01));
}

TEST_CASE("irt: an item on two topics adds them by their weights", "[engine]") {
  CatalogueItem item = test::item_of(0, 0.5, 2.0);
  item.loadings.push_back({1, 0.4});
  CHECK(log_odds(item, Eigen::Vector2d{1.0, -1.0}) == Approx(2.0 * (1.0 - 0.4 - 0.5)));
}

TEST_CASE("irt: both rules integrate the moments of the normal", "[engine]") {
  for (const double sd : {0.5, 1.5, 1.6, 3.0, 5.0}) {
    double zeroth = 0.0, second = 0.0, fourth = 0.0;
    for_each_node(sd, [&](double x, double weight) {
      zeroth += weight;
      second += weight * x * x;
      fourth += weight * x * x * x * x;
    });
    CHECK(second / zeroth == Approx(1.0).margin(1e-5));
    CHECK(fourth / zeroth == Approx(3.0).margin(1e-4));
  }
}
