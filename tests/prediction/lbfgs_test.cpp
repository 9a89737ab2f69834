#include "engine/prediction/lbfgs.hpp"

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"

using namespace trede::prediction;

namespace {

double rosenbrock(const Eigen::VectorXd& x, Eigen::VectorXd& gradient) {
  gradient.setZero(x.size());
  double value = 0.0;
  for (Eigen::Index i = 0; i + 1 < x.size(); ++i) {
    const double a = x[i + 1] - x[i] * x[i], b = 1.0 - x[i];
    value += 100.0 * a * a + b * b;
    gradient[i] += -400.0 * a * x[i] - 2.0 * b;
    gradient[i + 1] += 200.0 * a;
  }
  return value;
}

LbfgsOptions to_the_end() {
  LbfgsOptions options;
  options.iterations = 500;
  options.value_tolerance = 1e-14;
  return options;
}

}  // namespace

TEST_CASE("minimiser: finds the bottom of Rosenbrock's valley", "[prediction]") {
  const Minimum found = minimise(rosenbrock, Eigen::VectorXd::Constant(10, -1.2), to_the_end());
  REQUIRE((found.x - Eigen::VectorXd::Ones(10)).norm() < 1e-5);
  REQUIRE(found.evaluations < 200);
}

TEST_CASE("minimiser: a quadratic of widely different scales needs few steps", "[prediction]") {
  const Eigen::VectorXd curvature =
      Eigen::VectorXd::LinSpaced(30, 0.0, 3.0).unaryExpr([](double e) { return std::pow(10.0, e); });
  const Objective bowl = [&](const Eigen::VectorXd& x, Eigen::VectorXd& gradient) {
    gradient = curvature.cwiseProduct(x);
    return 0.5 * x.dot(gradient);
  };
  LbfgsOptions options = to_the_end();
  options.iterations = 100;
  REQUIRE(minimise(bowl, Eigen::VectorXd::Ones(30), options).value < 1e-4);
}

TEST_CASE("minimiser: no step goes up, even where the function has no value", "[prediction]") {
  const Objective wall = [](const Eigen::VectorXd& x, Eigen::VectorXd& gradient) {
    gradient = Eigen::VectorXd::Constant(1, 1.0 - 1.0 / x[0]);
    return x[0] > 0.0 ? x[0] - std::log(x[0]) : std::numeric_limits<double>::quiet_NaN();
  };
  LbfgsOptions options = to_the_end();
  double last = std::numeric_limits<double>::infinity();
  bool fell = true;
  options.report = [&](int, double value) {
    fell = fell && value <= last;
    last = value;
  };
  const Minimum found = minimise(wall, Eigen::VectorXd::Constant(1, 20.0), options);
  REQUIRE(fell);
  REQUIRE(found.x[0] == Approx(1.0).margin(1e-5));
}

TEST_CASE("minimiser: stays where the gradient is nothing", "[prediction]") {
  const Minimum found = minimise(rosenbrock, Eigen::VectorXd::Ones(4), to_the_end());
  REQUIRE(found.iterations == 0);
  REQUIRE(found.x == Eigen::VectorXd::Ones(4));
}
