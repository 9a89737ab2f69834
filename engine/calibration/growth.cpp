#include "engine/calibration/growth.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/calibration/growth_errors.hpp"
#include "engine/calibration/growth_expectation.hpp"
#include "engine/calibration/growth_prior.hpp"

namespace trede::calibration {
namespace {

constexpr double longest_scoring_step = 1.0;  // of any parameter in one scoring step
// Growth over the typical term, ln q, means and ln sds of groups: N(start, 3²). Says nothing to a class, and keeps
// the fit of three pupils finite.
constexpr double growth_prior_sd = 3.0;
constexpr double small_step = 0.01;  // of growth, to see what follows from it
constexpr double smallest_diffusion = 1e-7;
constexpr double furthest_extrapolation = 32.0;
// The fixed point of the steps is not exactly the top of Σ ln Z (the filter's variances depend on the parameters
// too), so near it a leap may lose a little.
constexpr double tolerated_loss = 0.1;  // of ln-likelihood

// A point of the search as one vector: ln a, b of each item, then the entries of GrowthExpectation::score. Growth
// is counted over the typical term, so that one tolerance suits all entries.
class Search {
 public:
  Search(const GrowthProblem& problem, const GrowthOptions& options);

  Eigen::VectorXd start() const;
  GrowthExpectation at(const Eigen::VectorXd& vector) const {
    return expect(problem_, point(vector), options_.workers);
  }
  double objective(const Eigen::VectorXd& vector, const GrowthExpectation& seen) const;
  Eigen::VectorXd step(const Eigen::VectorXd& vector, const GrowthExpectation& seen) const;
  GrowthCalibration result(const Eigen::VectorXd& vector, const GrowthExpectation& seen) const;

 private:
  Eigen::Index items() const { return static_cast<Eigen::Index>(problem_.items.size()); }
  Eigen::Index globals() const { return 4 + 2 * static_cast<Eigen::Index>(problem_.groups.size()); }
  GrowthPoint point(const Eigen::VectorXd& vector) const;
  bool has_anchors() const;
  void choose_free();
  void choose_scales();
  std::vector<Eigen::Vector2d> items_of(const Eigen::VectorXd& vector) const;
  void step_items(Eigen::VectorXd& vector, const GrowthExpectation& seen) const;
  void step_common_slope(Eigen::VectorXd& vector, const GrowthExpectation& seen) const;
  void step_growth(Eigen::VectorXd& vector, const GrowthExpectation& seen) const;
  void hold(Eigen::VectorXd& vector) const;
  GrowthLayout layout() const;

  const GrowthProblem& problem_;
  const GrowthOptions& options_;
  GrowthPrior prior_;
  std::vector<Eigen::Index> free_;       // entries of the growth part that are estimated
  Eigen::VectorXd scale_;                // vector entry = parameter × scale
  Eigen::VectorXd start_;                // of the growth part, where its prior has its mean
  Eigen::VectorXd precision_of_growth_;  // of that prior
};

Search::Search(const GrowthProblem& problem, const GrowthOptions& options)
    : problem_(problem), options_(options), prior_(problem) {
  choose_free();
  choose_scales();
  start_ = start().tail(globals());
  precision_of_growth_ = Eigen::VectorXd::Constant(globals(), std::pow(growth_prior_sd, -2));
}

bool Search::has_anchors() const {
  return std::any_of(problem_.items.begin(), problem_.items.end(),
                     [](const GrowingItem& item) { return item.anchor; });
}

void Search::choose_free() {
  if (options_.per_day) free_.push_back(0);
  if (options_.per_answer) free_.push_back(1);
  if (options_.diffusion_per_day) free_.push_back(2);
  if (options_.diffusion_per_answer) free_.push_back(3);
  if (!options_.groups) return;
  for (Eigen::Index k = has_anchors() ? 4 : 6; k < globals(); ++k) free_.push_back(k);
}

void Search::choose_scales() {
  scale_ = Eigen::VectorXd::Ones(globals());
  const int people = std::max(problem_.people.people(), 1);
  double days = 0.0;
  for (int i = 0; i < problem_.people.people(); ++i) {
    const auto answers = problem_.people.of(i);
    if (!answers.empty()) days += answers.back().days - answers.front().days;
  }
  scale_[0] = std::max(days / people, 1.0);
  scale_[1] = std::max(static_cast<double>(problem_.people.answers.size()) / people, 1.0);
}

Eigen::VectorXd Search::start() const {
  Eigen::VectorXd vector(2 * items() + globals());
  double common = 0.0;
  for (const GrowingItem& item : problem_.items)
    common += item.prior.log_slope / static_cast<double>(problem_.items.size());
  for (Eigen::Index j = 0; j < items(); ++j) {
    const GrowingItem& item = problem_.items[static_cast<std::size_t>(j)];
    const bool shared = options_.slopes == Slopes::Common && !item.anchor;
    vector[2 * j] = shared ? common : item.prior.log_slope;
    vector[2 * j + 1] = item.prior.difficulty;
  }
  auto rest = vector.tail(globals());
  const Growth& growth = problem_.growth;
  rest[0] = growth.per_day;
  rest[1] = growth.per_answer;
  rest[2] = std::log(std::max(growth.diffusion_per_day, smallest_diffusion));
  rest[3] = std::log(std::max(growth.diffusion_per_answer, smallest_diffusion));
  for (std::size_t h = 0; h < problem_.groups.size(); ++h) {
    rest[4 + 2 * static_cast<Eigen::Index>(h)] = problem_.groups[h].mean;
    rest[5 + 2 * static_cast<Eigen::Index>(h)] = std::log(problem_.groups[h].sd);
  }
  rest = rest.cwiseProduct(scale_);
  return vector;
}

GrowthPoint Search::point(const Eigen::VectorXd& vector) const {
  GrowthPoint result{items_of(vector), problem_.growth, problem_.groups};
  const Eigen::VectorXd rest = vector.tail(globals()).cwiseQuotient(scale_);
  if (options_.per_day) result.growth.per_day = rest[0];
  if (options_.per_answer) result.growth.per_answer = rest[1];
  if (options_.diffusion_per_day) result.growth.diffusion_per_day = std::exp(rest[2]);
  if (options_.diffusion_per_answer) result.growth.diffusion_per_answer = std::exp(rest[3]);
  for (std::size_t h = 0; h < result.groups.size(); ++h)
    result.groups[h] = {rest[4 + 2 * static_cast<Eigen::Index>(h)],
                        std::exp(rest[5 + 2 * static_cast<Eigen::Index>(h)])};
  return result;
}

std::vector<Eigen::Vector2d> Search::items_of(const Eigen::VectorXd& vector) const {
  std::vector<Eigen::Vector2d> found;
  for (Eigen::Index j = 0; j < items(); ++j) found.emplace_back(vector.segment<2>(2 * j));
  return found;
}

double Search::objective(const Eigen::VectorXd& vector, const GrowthExpectation& seen) const {
  const Eigen::VectorXd away = vector.tail(globals()) - start_;
  return seen.log_likelihood + prior_.at(items_of(vector)).log_density -
         0.5 * away.dot(precision_of_growth_.cwiseProduct(away));
}

double bounded(double step) {
  return std::clamp(step, -longest_scoring_step, longest_scoring_step);
}

void Search::step_items(Eigen::VectorXd& vector, const GrowthExpectation& seen) const {
  const GrowthPrior::At prior = prior_.at(items_of(vector));
  for (Eigen::Index j = 0; j < items(); ++j) {
    const auto item = static_cast<std::size_t>(j);
    if (problem_.items[item].anchor) continue;
    const Eigen::Vector2d slope = seen.items[item].gradient + prior.gradients[item];
    const Eigen::Matrix2d information = seen.items[item].information + prior_.precision(item);
    if (options_.slopes == Slopes::Free) {
      const Eigen::Vector2d step = information.inverse() * slope;
      vector[2 * j] += bounded(step[0]);
      vector[2 * j + 1] += bounded(step[1]);
    } else {
      vector[2 * j + 1] += bounded(slope[1] / information(1, 1));
    }
  }
}

void Search::step_common_slope(Eigen::VectorXd& vector, const GrowthExpectation& seen) const {
  const GrowthPrior::At prior = prior_.at(items_of(vector));
  double slope = 0.0;
  double information = 0.0;
  for (Eigen::Index j = 0; j < items(); ++j) {
    const auto item = static_cast<std::size_t>(j);
    if (problem_.items[item].anchor) continue;
    slope += seen.items[item].gradient[0] + prior.gradients[item][0];
    information += seen.items[item].information(0, 0) + prior_.precision(item)(0, 0);
  }
  if (information <= 0.0) return;
  for (Eigen::Index j = 0; j < items(); ++j)
    if (!problem_.items[static_cast<std::size_t>(j)].anchor) vector[2 * j] += bounded(slope / information);
}

void Search::step_growth(Eigen::VectorXd& vector, const GrowthExpectation& seen) const {
  if (free_.empty()) return;
  const Eigen::VectorXd unit = scale_.cwiseInverse();
  const Eigen::VectorXd away = vector.tail(globals()) - start_;
  const Eigen::VectorXd score = seen.score.cwiseProduct(unit) - precision_of_growth_.cwiseProduct(away);
  Eigen::MatrixXd information = unit.asDiagonal() * seen.information * unit.asDiagonal();
  // Scores of few pupils may say little by chance where the curve is steep: a one more keeps the step short.
  information.diagonal().array() += precision_of_growth_.array() + 1.0;
  const Eigen::MatrixXd own = information(free_, free_);
  const Eigen::VectorXd step = own.ldlt().solve(Eigen::VectorXd(score(free_)));
  for (std::size_t k = 0; k < free_.size(); ++k)
    vector[2 * items() + free_[k]] += bounded(step[static_cast<Eigen::Index>(k)]);
}

// Diffusion stays above its floor, however little of it the answers show.
void Search::hold(Eigen::VectorXd& vector) const {
  auto rest = vector.tail(globals());
  for (const Eigen::Index k : {2, 3}) rest[k] = std::max(rest[k], std::log(smallest_diffusion));
}

Eigen::VectorXd Search::step(const Eigen::VectorXd& vector, const GrowthExpectation& seen) const {
  Eigen::VectorXd next = vector;
  if (options_.slopes == Slopes::Common) step_common_slope(next, seen);
  step_items(next, seen);
  step_growth(next, seen);
  hold(next);
  return next;
}

GrowthLayout Search::layout() const {
  GrowthLayout result;
  result.common_slope = options_.slopes == Slopes::Common;
  if (result.common_slope) result.size = 1;
  for (const GrowingItem& item : problem_.items) {
    std::array<int, 2> places = {-1, -1};
    if (!item.anchor && result.common_slope) places[0] = 0;
    if (!item.anchor && options_.slopes == Slopes::Free) places[0] = result.size++;
    if (!item.anchor) places[1] = result.size++;
    result.items.push_back(places);
  }
  result.growth.assign(static_cast<std::size_t>(globals()), -1);
  for (const Eigen::Index entry : free_) result.growth[static_cast<std::size_t>(entry)] = result.size++;
  for (Eigen::Index k = 0; k < globals(); ++k) {
    result.steps.push_back(small_step / scale_[k]);
    result.precisions.push_back(precision_of_growth_[k] * scale_[k] * scale_[k]);
  }
  return result;
}

GrowthCalibration Search::result(const Eigen::VectorXd& vector, const GrowthExpectation& seen) const {
  const GrowthPoint found = point(vector);
  const GrowthErrors errors = growth_errors(problem_, found, seen, layout(), options_.workers);
  GrowthCalibration result;
  for (std::size_t j = 0; j < problem_.items.size(); ++j) {
    OnlineItem item = problem_.items[j].prior;
    item.answers = seen.items[j].answers;
    if (!problem_.items[j].anchor) {
      item.log_slope = found.items[j][0];
      item.difficulty = found.items[j][1];
      item.covariance = errors.items[j];
    }
    result.items.push_back(item);
  }
  result.growth = found.growth;
  const Eigen::VectorXd sds = errors.growth.cwiseMax(0.0).cwiseSqrt();
  result.growth_errors = {sds[0], sds[1], sds[2], sds[3], 0.0};
  result.groups = found.groups;
  for (std::size_t h = 0; h < found.groups.size(); ++h)
    result.group_errors.push_back(
        {sds[4 + 2 * static_cast<Eigen::Index>(h)], sds[5 + 2 * static_cast<Eigen::Index>(h)]});
  result.joint_errors = errors.joint;
  result.log_likelihood = seen.log_likelihood;
  result.penalised_log_likelihood = objective(vector, seen);
  return result;
}

// SQUAREM (Varadhan & Roland 2008), scheme S3: two steps, one extrapolation, one step from there.
Eigen::VectorXd extrapolate(const Eigen::VectorXd& first, const Eigen::VectorXd& second,
                            const Eigen::VectorXd& third) {
  const Eigen::VectorXd move = second - first;
  const Eigen::VectorXd turn = third - second - move;
  const double length = std::clamp(move.norm() / std::max(turn.norm(), 1e-300), 1.0, furthest_extrapolation);
  return first + 2.0 * length * move + length * length * turn;
}

}  // namespace

GrowthCalibration calibrate_growth(const GrowthProblem& problem, const GrowthOptions& options) {
  const Search search{problem, options};
  Eigen::VectorXd best = search.start();
  int iterations = 0;
  bool converged = false;
  while (!converged && iterations + 3 <= options.iterations) {
    const Eigen::VectorXd first = search.step(best, search.at(best));
    const GrowthExpectation seen = search.at(first);
    const Eigen::VectorXd second = search.step(first, seen);
    iterations += 2;
    converged = (second - first).cwiseAbs().maxCoeff() < options.tolerance;
    const Eigen::VectorXd leap = extrapolate(best, first, second);
    best = second;
    if (converged) break;
    const GrowthExpectation there = search.at(leap);
    ++iterations;
    if (search.objective(leap, there) > search.objective(first, seen) - tolerated_loss)
      best = search.step(leap, there);
  }
  GrowthCalibration result = search.result(best, search.at(best));
  result.iterations = iterations + 1;
  result.converged = converged;
  return result;
}

}  // namespace trede::calibration
