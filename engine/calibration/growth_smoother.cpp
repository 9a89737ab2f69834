#include "engine/calibration/growth_smoother.hpp"

#include <algorithm>
#include <cmath>

#include "engine/tracking/moments.hpp"

namespace trede::calibration {
namespace {

constexpr double smallest_variance = 1e-9;  // as in tracking::update

}  // namespace

GrowthSmoother::GrowthSmoother(const GrowthProblem& problem)
    : problem_(problem), place_(static_cast<std::size_t>(problem.prior_covariance.rows()), -1) {}

// P0 restricted to the touched topics is their exact prior, and motion mixes no topics: nothing is lost.
void GrowthSmoother::gather(int person) {
  for (const int topic : touched_) place_[static_cast<std::size_t>(topic)] = -1;
  touched_.clear();
  answers_ = problem_.people.of(person);
  for (const TimedAnswer& answer : answers_)
    for (const Loading& loading : problem_.items[static_cast<std::size_t>(answer.item)].loadings)
      if (int& place = place_[static_cast<std::size_t>(loading.topic)]; place < 0) {
        place = static_cast<int>(touched_.size());
        touched_.push_back(loading.topic);
      }
  const auto topics = static_cast<Eigen::Index>(touched_.size());
  prior_.resize(topics, topics);
  for (Eigen::Index column = 0; column < topics; ++column)
    for (Eigen::Index row = 0; row < topics; ++row)
      prior_(row, column) = problem_.prior_covariance(touched_[static_cast<std::size_t>(row)],
                                                      touched_[static_cast<std::size_t>(column)]);
  sites_.resize(answers_.size());
  if (spreads_.rows() != topics || spreads_.cols() < static_cast<Eigen::Index>(answers_.size())) {
    spreads_.resize(topics, static_cast<Eigen::Index>(answers_.size()));
    open_.resize(topics, static_cast<Eigen::Index>(answers_.size()));
  }
}

void GrowthSmoother::start(double variance) {
  mean_.setZero(prior_.rows());
  covariance_ = variance * prior_;
}

void GrowthSmoother::pass(Site& site, double days) {
  site.days = std::max(days, 0.0);
  site.kept = std::exp(-site.days / growth_.memory_days);
  if (site.days <= 0.0) return;
  const double added =
      group_.sd * group_.sd * (1.0 - site.kept * site.kept) + growth_.diffusion_per_day * site.days;
  mean_ *= site.kept;
  covariance_ = (site.kept * site.kept) * covariance_ + added * prior_;
}

void GrowthSmoother::learn(Site& site, const TimedAnswer& answer, const FilterItem& item, int column) {
  const auto& loadings = problem_.items[static_cast<std::size_t>(answer.item)].loadings;
  auto g = spreads_.col(column);
  g.setZero();
  for (const Loading& each : loadings)
    g += each.weight * covariance_.col(place_[static_cast<std::size_t>(each.topic)]);
  site.load = site.mean = site.variance = 0.0;
  for (const Loading& each : loadings) {
    const int place = place_[static_cast<std::size_t>(each.topic)];
    site.load += each.weight;
    site.mean += each.weight * mean_[place];
    site.variance += each.weight * g[place];
  }
  site.mean += site.load * (group_.mean + growth_.per_day * answer.days);
  site.variance = std::max(site.variance, smallest_variance);
  const tracking::Tilt tilted =
      tracking::tilt(item.slope * (site.mean - item.difficulty), item.slope * item.slope * site.variance,
                     {item.guessing, 1.0}, answer.right);
  site.step = item.slope * tilted.step;
  site.shrink = item.slope * item.slope * tilted.shrink;
  mean_ += site.step * g;
  covariance_.noalias() -= site.shrink * g * g.transpose();
  const int practised = place_[static_cast<std::size_t>(loadings.front().topic)];
  mean_[practised] += growth_.per_answer;
  covariance_(practised, practised) += growth_.diffusion_per_answer;
  log_likelihood_ += std::log(tilted.probability);
}

double GrowthSmoother::filter(int person, std::span<const FilterItem> items, const Growth& growth,
                              Group group) {
  gather(person);
  growth_ = growth;
  group_ = group;
  log_likelihood_ = 0.0;
  start(group.sd * group.sd);
  for (std::size_t t = 0; t < answers_.size(); ++t) {
    const TimedAnswer& answer = answers_[t];
    pass(sites_[t], t == 0 ? 0.0 : answer.days - answers_[t - 1].days);
    learn(sites_[t], answer, items[static_cast<std::size_t>(answer.item)], static_cast<int>(t));
  }
  return log_likelihood_;
}

double GrowthSmoother::half_trace() const {
  return 0.5 * (adjoint_.dot(prior_ * adjoint_) - prior_.cwiseProduct(information_).sum());
}

void GrowthSmoother::look_back(int column) {
  const auto t = static_cast<std::size_t>(column);
  const Site& site = sites_[t];
  const auto& loadings = problem_.items[static_cast<std::size_t>(answers_[t].item)].loadings;
  const int practised = place_[static_cast<std::size_t>(loadings.front().topic)];
  score_[PerAnswer] += adjoint_[practised];
  score_[DiffusionPerAnswer] +=
      0.5 * (adjoint_[practised] * adjoint_[practised] - information_(practised, practised));

  const auto g = spreads_.col(column);
  passed_.noalias() = information_ * g;
  const double before = g.dot(passed_);
  const double surprise = site.step - site.shrink * g.dot(adjoint_);
  const double open = 1.0 - site.shrink * site.variance;
  abilities_[t] = {site.mean + g.dot(adjoint_) + site.variance * surprise,
                   site.variance - before * open * open - site.shrink * site.variance * site.variance};
  score_[PerDay] += site.load * answers_[t].days * surprise;
  score_[GroupMean] += site.load * surprise;

  const double own = site.shrink * (1.0 + site.shrink * before);
  open_.col(column) = -open * passed_;
  for (const Loading& each : loadings) {
    const int place = place_[static_cast<std::size_t>(each.topic)];
    adjoint_[place] += each.weight * surprise;
    open_(place, column) += each.weight * (1.0 + site.shrink * before - own * site.variance);
    information_.col(place) -= (each.weight * site.shrink) * passed_;
    information_.row(place) -= (each.weight * site.shrink) * passed_.transpose();
    for (const Loading& other : loadings)
      information_(place, place_[static_cast<std::size_t>(other.topic)]) += own * each.weight * other.weight;
  }
}

void GrowthSmoother::pass_back(const Site& site) {
  if (site.days <= 0.0) return;
  const double trace = half_trace();
  score_[DiffusionPerDay] += site.days * trace;
  score_[GroupSd] += 2.0 * group_.sd * (1.0 - site.kept * site.kept) * trace;
  adjoint_ *= site.kept;
  information_ *= site.kept * site.kept;
}

void GrowthSmoother::smooth() {
  score_.fill(0.0);
  abilities_.resize(sites_.size());
  adjoint_.setZero(prior_.rows());
  information_.setZero(prior_.rows(), prior_.rows());
  for (int t = static_cast<int>(sites_.size()) - 1; t >= 0; --t) {
    look_back(t);
    pass_back(sites_[static_cast<std::size_t>(t)]);
  }
  score_[GroupSd] += 2.0 * group_.sd * half_trace();
}

void GrowthSmoother::covariances(int t, std::vector<double>& with_earlier) const {
  with_earlier.resize(static_cast<std::size_t>(t));
  Eigen::VectorXd carried = open_.col(t);
  for (int s = t - 1; s >= 0; --s) {
    const auto earlier = static_cast<std::size_t>(s);
    const Site& site = sites_[earlier];
    carried *= sites_[earlier + 1].kept;
    const double shared = spreads_.col(s).dot(carried);
    with_earlier[earlier] = (1.0 - site.shrink * site.variance) * shared;
    for (const Loading& each : problem_.items[static_cast<std::size_t>(answers_[earlier].item)].loadings)
      carried[place_[static_cast<std::size_t>(each.topic)]] -= each.weight * site.shrink * shared;
  }
}

}  // namespace trede::calibration
