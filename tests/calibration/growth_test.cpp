// Calibration of pupils who grow: the smoother against textbook formulas, the fit against simulated terms.
#include <Eigen/LU>
#include <cmath>

#include "engine/calibration/growth.hpp"
#include "engine/calibration/growth_expectation.hpp"
#include "engine/calibration/growth_prior.hpp"
#include "engine/calibration/growth_smoother.hpp"
#include "engine/tracking/moments.hpp"
#include "engine/tracking/posterior.hpp"
#include "tests/calibration/growth_world.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::calibration;

namespace {

// Three topics of two domains, items on one to three of them, one person over some weeks.
GrowthProblem small_problem(std::uint64_t seed, int answers = 40) {
  Random random{seed};
  GrowthProblem problem;
  Catalogue bank;
  bank.topics = {{.domain = 0}, {.domain = 0}, {.domain = 1}};
  problem.prior_covariance = tracking::prior_covariance(bank);
  for (int j = 0; j < 12; ++j) {
    GrowingItem item{.prior = {.log_slope = 0.3 * random.normal(), .difficulty = random.normal()}};
    item.prior.guessing = j % 3 == 0 ? 0.25 : 0.0;
    item.loadings = {{j % 3, 1.0}};
    if (j % 2 == 0) item.loadings.push_back({(j + 1) % 3, 0.4});
    problem.items.push_back(item);
  }
  double day = 0.0;
  for (int t = 0; t < answers; ++t) {
    day += random.uniform() < 0.4 ? 0.0 : 3.0 * random.uniform();
    problem.people.answers.push_back({random.below(12), random.uniform() < 0.6, day});
  }
  problem.people.begins.push_back(problem.people.answers.size());
  problem.groups = {{.mean = 0.3, .sd = 1.0}};
  problem.growth = {.per_day = 0.02,
                    .per_answer = 0.03,
                    .diffusion_per_day = 0.004,
                    .diffusion_per_answer = 0.002,
                    .memory_days = 100.0};
  return problem;
}

std::vector<FilterItem> filter_items(const GrowthProblem& problem) {
  std::vector<FilterItem> items;
  for (const GrowingItem& item : problem.items)
    items.push_back({item.prior.slope(), item.prior.difficulty, item.prior.guessing});
  return items;
}

struct Belief {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
};

Eigen::VectorXd loadings_of(const GrowingItem& item) {
  Eigen::VectorXd q = Eigen::VectorXd::Zero(3);
  for (const Loading& each : item.loadings) q[each.topic] += each.weight;
  return q;
}

// The same person by the formulas as they stand in books: prior, filter and the smoother of Rauch, Tung and
// Striebel with its inverses, all topics all the time. Practice after an answer is a step in time of its own.
class Textbook {
 public:
  explicit Textbook(const GrowthProblem& problem) : problem_(problem) {
    Belief belief{Eigen::VectorXd::Constant(3, cohort(0)), problem.prior_covariance};
    double day = problem.people.answers.front().days;
    belief.mean.array() += cohort(day) - cohort(0);
    for (const TimedAnswer& answer : problem.people.answers) {
      belief = pass(std::move(belief), day, answer.days);
      day = answer.days;
      belief = learn(std::move(belief), answer);
      belief = practise(std::move(belief), answer);
    }
    look_back();
  }

  SmoothedAbility ability(std::size_t answer) const {
    const Belief& belief = smoothed_[2 * answer];  // two steps of time an answer
    const Eigen::VectorXd q = loadings_of(item(problem_.people.answers[answer]));
    return {q.dot(belief.mean), q.dot(belief.covariance * q)};
  }

  // Cov(η_t, η_{t+1} | all) = q' G G⁺ Σ_s⁺⁺ q: practice and days lie between two answers.
  double covariance_with_next(std::size_t answer) const {
    const Eigen::VectorXd first = loadings_of(item(problem_.people.answers[answer]));
    const Eigen::VectorXd second = loadings_of(item(problem_.people.answers[answer + 1]));
    const Eigen::MatrixXd back = gains_[2 * answer] * gains_[2 * answer + 1];
    return first.dot(back * smoothed_[2 * answer + 2].covariance * second);
  }

  double log_likelihood = 0.0;

 private:
  const GrowingItem& item(const TimedAnswer& answer) const {
    return problem_.items[static_cast<std::size_t>(answer.item)];
  }
  double cohort(double day) const { return problem_.groups.front().mean + problem_.growth.per_day * day; }

  Belief pass(Belief belief, double from, double to) {
    const double kept = std::exp(-(to - from) / problem_.growth.memory_days);
    const double added = 1.0 - kept * kept + problem_.growth.diffusion_per_day * (to - from);
    belief.mean = (cohort(to) + kept * (belief.mean.array() - cohort(from))).matrix();
    belief.covariance = kept * kept * belief.covariance + added * problem_.prior_covariance;
    predicted_.push_back(belief);
    kept_.push_back(kept);
    return belief;
  }

  Belief learn(Belief belief, const TimedAnswer& answer) {
    const double a = item(answer).prior.slope();
    const Eigen::VectorXd q = loadings_of(item(answer));
    const Eigen::VectorXd g = a * belief.covariance * q;
    const auto tilted = tracking::tilt(a * (q.dot(belief.mean) - item(answer).prior.difficulty), a * g.dot(q),
                                       {item(answer).prior.guessing, 1.0}, answer.right);
    log_likelihood += std::log(tilted.probability);
    belief.mean += tilted.step * g;
    belief.covariance -= tilted.shrink * g * g.transpose();
    filtered_.push_back(belief);
    return belief;
  }

  Belief practise(Belief belief, const TimedAnswer& answer) {
    const int topic = item(answer).loadings.front().topic;
    belief.mean[topic] += problem_.growth.per_answer;
    belief.covariance(topic, topic) += problem_.growth.diffusion_per_answer;
    predicted_.push_back(belief);
    filtered_.push_back(belief);
    kept_.push_back(1.0);
    return belief;
  }

  void look_back() {
    smoothed_ = filtered_;
    gains_.resize(smoothed_.size());
    for (std::size_t t = smoothed_.size() - 1; t-- > 0;) {
      const Eigen::MatrixXd gain =
          filtered_[t].covariance * kept_[t + 1] * predicted_[t + 1].covariance.inverse();
      smoothed_[t].mean += gain * (smoothed_[t + 1].mean - predicted_[t + 1].mean);
      smoothed_[t].covariance +=
          gain * (smoothed_[t + 1].covariance - predicted_[t + 1].covariance) * gain.transpose();
      gains_[t] = gain;
    }
  }

  const GrowthProblem& problem_;
  std::vector<double> kept_;
  std::vector<Belief> predicted_, filtered_, smoothed_;
  std::vector<Eigen::MatrixXd> gains_;
};

double log_likelihood(const GrowthProblem& problem) {
  double sum = 0.0;
  GrowthSmoother smoother{problem};
  for (int person = 0; person < problem.people.people(); ++person)
    sum += smoother.filter(person, filter_items(problem), problem.growth, problem.groups.front());
  return sum;
}

// Central difference of Σ ln Z in one number of the problem.
double difference(GrowthProblem problem, double& (*entry)(GrowthProblem&), double width) {
  double& value = entry(problem);
  const double middle = value;
  value = middle + width;
  const double above = log_likelihood(problem);
  value = middle - width;
  return (above - log_likelihood(problem)) / (2.0 * width);
}

GrowthScore score_of(const GrowthProblem& problem) {
  GrowthScore sum{};
  GrowthSmoother smoother{problem};
  for (int person = 0; person < problem.people.people(); ++person) {
    smoother.filter(person, filter_items(problem), problem.growth, problem.groups.front());
    smoother.smooth();
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += smoother.score()[k];
  }
  return sum;
}

test::GrowingWorld class_of(int people, int days, int items, std::uint64_t seed) {
  return test::growing_world(
      {.people = people, .days = days, .items = items, .growth = 1.5 / days, .diffusion = 0.6 / days}, 0,
      seed);
}

GrowthOptions quick_known_slopes() {
  GrowthOptions options;
  options.slopes = Slopes::Fixed;
  options.tolerance = 1e-3;
  return options;
}

test::Recovery without_growth(test::GrowingWorld world) {
  world.problem.growth = {};
  GrowthOptions options = quick_known_slopes();
  options.per_day = options.diffusion_per_day = false;
  return test::recovery(world, calibrate_growth(world.problem, options).items);
}

}  // namespace

TEST_CASE("growth: the smoother is that of Rauch, Tung and Striebel", "[calibration]") {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const GrowthProblem problem = small_problem(seed);
    const Textbook textbook{problem};
    GrowthSmoother smoother{problem};
    std::vector<double> shared;
    const double found = smoother.filter(0, filter_items(problem), problem.growth, problem.groups.front());
    smoother.smooth();
    CHECK(found == Approx(textbook.log_likelihood).epsilon(1e-12));
    for (std::size_t t = 0; t < problem.people.answers.size(); ++t) {
      CHECK(smoother.abilities()[t].mean == Approx(textbook.ability(t).mean).margin(1e-9));
      CHECK(smoother.abilities()[t].variance == Approx(textbook.ability(t).variance).margin(1e-9));
      smoother.covariances(static_cast<int>(t), shared);
      if (t > 0) CHECK(shared.back() == Approx(textbook.covariance_with_next(t - 1)).margin(1e-9));
    }
  }
}

TEST_CASE("growth: the score is the slope of the predictive likelihood", "[calibration]") {
  GrowthProblem problem = test::growing_world({.people = 150, .days = 40, .items = 30}, 1, 5).problem;
  problem.growth = {.per_day = 0.02,
                    .per_answer = 0.01,
                    .diffusion_per_day = 0.02,
                    .diffusion_per_answer = 0.01,
                    .memory_days = 60.0};
  problem.groups = {{.mean = 0.4, .sd = 0.8}};
  const GrowthScore score = score_of(problem);
  const auto near = [&](GrowthParameter parameter, double& (*entry)(GrowthProblem&), double width) {
    CHECK(score[parameter] == Approx(difference(problem, entry, width)).epsilon(0.1));
  };
  near(
      PerDay, [](GrowthProblem& p) -> double& { return p.growth.per_day; }, 1e-5);
  near(
      PerAnswer, [](GrowthProblem& p) -> double& { return p.growth.per_answer; }, 1e-5);
  near(
      DiffusionPerDay, [](GrowthProblem& p) -> double& { return p.growth.diffusion_per_day; }, 1e-5);
  near(
      DiffusionPerAnswer, [](GrowthProblem& p) -> double& { return p.growth.diffusion_per_answer; }, 1e-5);
  near(
      GroupMean, [](GrowthProblem& p) -> double& { return p.groups[0].mean; }, 1e-4);
  near(
      GroupSd, [](GrowthProblem& p) -> double& { return p.groups[0].sd; }, 1e-4);
}

TEST_CASE("growth: pupils who grow do not bend the difficulties of a term", "[calibration]") {
  const test::GrowingWorld world = class_of(300, 30, 30, 7);
  const GrowthCalibration found = calibrate_growth(world.problem, quick_known_slopes());
  const test::Recovery recovered = test::recovery(world, found.items);
  CHECK(found.converged);
  CHECK(std::abs(recovered.bias_slope) < 0.25);
  CHECK(recovered.rmse < 0.22);
  CHECK(recovered.coverage > 0.85);
  CHECK(without_growth(world).bias_slope < -1.1);
}

TEST_CASE("growth: priors that know nothing of the curriculum do not bend its trend", "[calibration]") {
  double bent = 0.0, left = 0.0, sure = 0.0;
  constexpr int terms = 3;
  for (std::uint64_t seed = 30; seed < 30 + terms; ++seed) {
    test::GrowingWorld world = class_of(60, 30, 60, seed);
    for (GrowingItem& item : world.problem.items) item.prior.covariance(1, 1) = 4.0;
    bent += test::recovery(world, calibrate_growth(world.problem, quick_known_slopes()).items).bias_slope / terms;
    world.problem.trend = true;
    const GrowthCalibration found = calibrate_growth(world.problem, quick_known_slopes());
    CHECK(found.converged);
    left += test::recovery(world, found.items).bias_slope / terms;
    sure += test::recovery(world, found.items).coverage / terms;
  }
  INFO(bent << " with a prior around 0, " << left << " with one around a line, coverage " << sure);
  CHECK(bent < -0.15);
  CHECK(std::abs(left) < 0.5 * std::abs(bent));
  CHECK(sure > 0.88);
}

TEST_CASE("growth: the prior's gradient and information are derivatives of its density", "[calibration]") {
  test::GrowingWorld world = class_of(5, 12, 7, 3);
  world.problem.trend = true;
  world.problem.items[2].anchor = true;
  const GrowthPrior prior{world.problem};
  std::vector<Eigen::Vector2d> items;
  for (int j = 0; j < 7; ++j) items.emplace_back(0.1 * j, std::sin(2.0 * j));
  const auto here = prior.at(items);
  const double h = 1e-4;
  for (std::size_t j = 0; j < items.size(); ++j)
    for (int i = 0; i < 2; ++i) {
      auto above = items, below = items;
      above[j][i] += h;
      below[j][i] -= h;
      const auto up = prior.at(above), down = prior.at(below);
      CHECK((up.log_density - down.log_density) / (2.0 * h) == Approx(here.gradients[j][i]).margin(1e-8));
      for (std::size_t k = 0; k < items.size(); ++k)
        for (int l = 0; l < 2; ++l) {
          const double information = (k == j ? prior.precision(j)(i, l) : 0.0) - prior.taken_off(j, k)(i, l);
          const double change = (down.gradients[k][l] - up.gradients[k][l]) / (2.0 * h);
          CHECK(change == Approx(information).margin(1e-8));
        }
    }
}

TEST_CASE("growth: every number of workers gives the same numbers", "[calibration]") {
  const test::GrowingWorld world = class_of(60, 10, 12, 9);
  GrowthOptions options;
  options.iterations = 30;
  const GrowthCalibration one = calibrate_growth(world.problem, options);
  options.workers = 3;
  const GrowthCalibration three = calibrate_growth(world.problem, options);
  CHECK(one.log_likelihood == three.log_likelihood);
  CHECK(one.growth.diffusion_per_day == three.growth.diffusion_per_day);
  for (std::size_t j = 0; j < one.items.size(); ++j)
    CHECK(one.items[j].difficulty == three.items[j].difficulty);
}

TEST_CASE("growth: a person without answers and an item nobody met are no trouble", "[calibration]") {
  test::GrowingWorld world = class_of(40, 10, 12, 10);
  world.problem.people.begins.push_back(world.problem.people.answers.size());
  world.problem.items.push_back({.prior = {.log_slope = 0.1, .difficulty = 0.7}});
  const GrowthCalibration found = calibrate_growth(world.problem, {});
  CHECK(std::isfinite(found.log_likelihood));
  CHECK(found.items.back().answers == 0);
  CHECK(found.items.back().difficulty == Approx(0.7));
  CHECK(found.items.back().difficulty_sd() == Approx(1.0));
}

TEST_CASE("growth: two pupils are too few for growth, and no harm is done", "[calibration]") {
  const test::GrowingWorld world = class_of(2, 15, 8, 11);
  GrowthOptions options;
  options.groups = options.per_answer = options.diffusion_per_answer = true;
  const GrowthCalibration found = calibrate_growth(world.problem, options);
  CHECK(found.converged);
  CHECK(std::isfinite(found.penalised_log_likelihood));
  CHECK(std::abs(found.growth.per_day * 15.0) < 6.0);
  for (const OnlineItem& item : found.items) CHECK(item.difficulty_sd() > 0.5);
}
