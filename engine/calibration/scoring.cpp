#include "engine/calibration/scoring.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/calibration/scoring_grid.hpp"
#include "engine/calibration/scoring_terms.hpp"
#include "engine/parallel/parallel_for.hpp"

namespace trede::calibration {
namespace {

constexpr int people_a_block = 256;
constexpr double ability_tolerance = 1e-12;
constexpr int most_steps = 80;         // halving alone would need 40
constexpr double widest_search = 8.0;  // times the range: an easy test answered right by all but one
constexpr double own_grid_sds = 8.0;   // half-width of a narrow posterior's own grid

const Group& group_of(const ResponseTable& table, int person, const ScoringOptions& options) {
  return options.groups[static_cast<std::size_t>(table.group(person))];
}

ScoringTerms sum_terms(std::span<const Response> answers, std::span<const Item> items, double ability) {
  ScoringTerms sum;
  for (const Response answer : answers) {
    const ScoringTerms terms =
        scoring_terms(items[static_cast<std::size_t>(answer.item)], answer.category, ability);
    sum.slope += terms.slope;
    sum.curvature += terms.curvature;
    sum.information += terms.information;
    sum.skewness += terms.skewness;
  }
  return sum;
}

// Value and (about) derivative of a function whose downward crossing of zero is sought.
struct Slope {
  double value;
  double derivative;
};

struct Bracket {
  double low;
  double high;
};

// Secants, the first with the derivative that was given; halving where they leave the bracket.
template <class Function>
double crossing(Function slope_at, Bracket bracket, double start) {
  double x = start;
  Slope slope = slope_at(x);
  for (int step = 0; step < most_steps; ++step) {
    (slope.value > 0.0 ? bracket.low : bracket.high) = x;
    double next = slope.derivative < 0.0 ? x - slope.value / slope.derivative : bracket.low;
    if (!(next > bracket.low && next < bracket.high)) next = 0.5 * (bracket.low + bracket.high);
    const double moved = next - x;
    x = next;
    if (std::abs(moved) < ability_tolerance) break;
    const Slope there = slope_at(x);
    slope = {there.value, (there.value - slope.value) / moved};
  }
  return x;
}

// Moments of a density known by its logarithm on equally spaced nodes.
Estimate moments(const Eigen::ArrayXd& nodes, const Eigen::ArrayXd& log_density, Eigen::ArrayXd& scratch) {
  scratch = (log_density - log_density.maxCoeff()).exp();
  const double mass = scratch.sum();
  const double mean = (scratch * nodes).sum() / mass;
  return {mean, std::sqrt((scratch * (nodes - mean).square()).sum() / mass)};
}

// One person's answers, prior and grid sums.
class Scorer {
 public:
  Scorer(std::span<const Response> answers, std::span<const Item> items, const Group& group,
         const ScoringGrid& grid)
      : answers_(answers), items_(items), group_(group), grid_(grid) {}

  Estimate map(const Eigen::ArrayXd& log_posterior) const;
  Estimate ml(const Eigen::ArrayXd& log_likelihood) const;
  Estimate wle(const Eigen::ArrayXd& log_likelihood) const;
  Estimate narrow_eap(const Eigen::ArrayXd& log_posterior) const;

 private:
  Slope posterior_slope(double ability) const;
  Slope likelihood_slope(double ability) const;
  Slope warm_slope(double ability) const;
  Estimate expected(double ability, bool at_bound) const;
  std::optional<Bracket> warm_bracket(const Eigen::ArrayXd& log_likelihood) const;

  std::span<const Response> answers_;
  std::span<const Item> items_;
  const Group& group_;
  const ScoringGrid& grid_;
};

Slope Scorer::likelihood_slope(double ability) const {
  const ScoringTerms terms = sum_terms(answers_, items_, ability);
  return {terms.slope, terms.curvature};
}

Slope Scorer::posterior_slope(double ability) const {
  const double precision = 1.0 / (group_.sd * group_.sd);
  const Slope likelihood = likelihood_slope(ability);
  return {likelihood.value - precision * (ability - group_.mean), likelihood.derivative - precision};
}

Slope Scorer::warm_slope(double ability) const {
  const ScoringTerms terms = sum_terms(answers_, items_, ability);
  return {terms.slope + 0.5 * terms.skewness / std::max(terms.information, least_information),
          -terms.information};
}

// With the standard error I^−½.
Estimate Scorer::expected(double ability, bool at_bound) const {
  const double information = sum_terms(answers_, items_, ability).information;
  return {ability, 1.0 / std::sqrt(std::max(information, least_information)), at_bound};
}

Estimate Scorer::map(const Eigen::ArrayXd& log_posterior) const {
  Eigen::Index best = 0;
  log_posterior.maxCoeff(&best);
  const double start = grid_.nodes()[best];
  Bracket bracket{start - grid_.step(), start + grid_.step()};
  // The mode of a far prior may lie outside the grid.
  if (best == 0)
    for (double step = grid_.step(); posterior_slope(bracket.low).value < 0.0; step *= 2.0)
      bracket.low -= step;
  if (best == grid_.nodes().size() - 1)
    for (double step = grid_.step(); posterior_slope(bracket.high).value > 0.0; step *= 2.0)
      bracket.high += step;
  const double mode = crossing([this](double ability) { return posterior_slope(ability); }, bracket, start);
  const double curvature = -posterior_slope(mode).derivative;
  return {mode, 1.0 / std::sqrt(std::max(curvature, least_information))};
}

Estimate Scorer::ml(const Eigen::ArrayXd& log_likelihood) const {
  const Eigen::ArrayXd& nodes = grid_.nodes();
  Eigen::Index best = 0;
  log_likelihood.maxCoeff(&best);
  const double start = nodes[best];
  const double outward = likelihood_slope(start).value;
  if (best == 0 && outward <= 0.0) return expected(start, true);
  if (best == nodes.size() - 1 && outward >= 0.0) return expected(start, true);
  const Bracket bracket{start - grid_.step(), start + grid_.step()};
  return expected(crossing([this](double ability) { return likelihood_slope(ability); }, bracket, start),
                  false);
}

// Of several crossings that with the highest likelihood.
std::optional<Bracket> Scorer::warm_bracket(const Eigen::ArrayXd& log_likelihood) const {
  const Eigen::ArrayXd slopes = grid_.warm_slope(answers_);
  const Eigen::ArrayXd& nodes = grid_.nodes();
  std::optional<Bracket> found;
  double highest = 0.0;
  for (Eigen::Index q = 0; q + 1 < nodes.size(); ++q) {
    if (!(slopes[q] > 0.0 && slopes[q + 1] <= 0.0)) continue;
    if (found && log_likelihood[q] <= highest) continue;
    highest = log_likelihood[q];
    found = Bracket{nodes[q], nodes[q + 1]};
  }
  if (found) return found;
  const double widest = widest_search * nodes[nodes.size() - 1];
  const bool upward = slopes[nodes.size() - 1] > 0.0;
  double near = upward ? nodes[nodes.size() - 1] : nodes[0];
  for (double step = grid_.step(); std::abs(near) < widest; step *= 2.0) {
    const double far = upward ? near + step : near - step;
    if ((warm_slope(far).value > 0.0) != upward) return upward ? Bracket{near, far} : Bracket{far, near};
    near = far;
  }
  return std::nullopt;
}

Estimate Scorer::wle(const Eigen::ArrayXd& log_likelihood) const {
  const std::optional<Bracket> bracket = warm_bracket(log_likelihood);
  const auto slope = [this](double ability) { return warm_slope(ability); };
  if (bracket) return expected(crossing(slope, *bracket, 0.5 * (bracket->low + bracket->high)), false);
  const double end = grid_.nodes()[grid_.nodes().size() - 1];
  return expected(warm_slope(end).value > 0.0 ? end : -end, true);
}

Estimate Scorer::narrow_eap(const Eigen::ArrayXd& log_posterior) const {
  const Estimate mode = map(log_posterior);
  const Eigen::Index count = grid_.nodes().size();
  const double half = own_grid_sds * mode.error;
  const Eigen::ArrayXd nodes = Eigen::ArrayXd::LinSpaced(count, mode.ability - half, mode.ability + half);
  Eigen::ArrayXd density = -0.5 * ((nodes - group_.mean) / group_.sd).square();
  for (const Response answer : answers_)
    for (Eigen::Index q = 0; q < count; ++q)
      density[q] += log_probability(items_[static_cast<std::size_t>(answer.item)], answer.category, nodes[q]);
  Eigen::ArrayXd scratch;
  return moments(nodes, density, scratch);
}

// Calls visit(person, scorer, ℓ, ln prior) for everybody, in blocks; visit writes only what is the person's
// own.
template <class Visit>
void for_each_person(const ResponseTable& table, std::span<const Item> items, const ScoringOptions& options,
                     const ScoringGrid& grid, Visit visit) {
  assert(static_cast<int>(items.size()) == table.items() && options.nodes >= 5);
  std::vector<Eigen::ArrayXd> priors;
  for (const Group& group : options.groups) priors.push_back(grid.log_prior(group));
  const int blocks = (table.people() + people_a_block - 1) / people_a_block;
  parallel_for(blocks, options.workers, [&](int block) {
    Eigen::ArrayXd likelihood(grid.nodes().size());
    Eigen::ArrayXd scratch(grid.nodes().size());
    const int end = std::min(table.people(), (block + 1) * people_a_block);
    for (int person = block * people_a_block; person < end; ++person) {
      likelihood.setZero();
      grid.add_log_likelihood(table.of(person), likelihood);
      const Scorer scorer(table.of(person), items, group_of(table, person, options), grid);
      visit(static_cast<std::size_t>(person), scorer, likelihood,
            priors[static_cast<std::size_t>(table.group(person))], scratch);
    }
  });
}

Estimate eap_of(const Scorer& scorer, const ScoringGrid& grid, const Eigen::ArrayXd& log_posterior,
                Eigen::ArrayXd& scratch) {
  const Estimate on_grid = moments(grid.nodes(), log_posterior, scratch);
  return on_grid.error < grid.step() ? scorer.narrow_eap(log_posterior) : on_grid;
}

}  // namespace

std::vector<Estimate> expected_abilities(const ResponseTable& table, std::span<const Item> items,
                                         const ScoringOptions& options) {
  const ScoringGrid grid(table, items, options, false);
  std::vector<Estimate> estimates(static_cast<std::size_t>(table.people()));
  for_each_person(table, items, options, grid,
                  [&](std::size_t person, const Scorer& scorer, Eigen::ArrayXd& likelihood,
                      const Eigen::ArrayXd& prior, Eigen::ArrayXd& scratch) {
                    likelihood += prior;
                    estimates[person] = eap_of(scorer, grid, likelihood, scratch);
                  });
  return estimates;
}

std::vector<PersonScores> score(const ResponseTable& table, std::span<const Item> items,
                                const ScoringOptions& options) {
  const ScoringGrid grid(table, items, options, true);
  std::vector<PersonScores> scores(static_cast<std::size_t>(table.people()));
  for_each_person(table, items, options, grid,
                  [&](std::size_t person, const Scorer& scorer, const Eigen::ArrayXd& likelihood,
                      const Eigen::ArrayXd& prior, Eigen::ArrayXd& scratch) {
                    const Eigen::ArrayXd posterior = likelihood + prior;
                    PersonScores& mine = scores[person];
                    mine.eap = eap_of(scorer, grid, posterior, scratch);
                    mine.map = scorer.map(posterior);
                    if (table.of(static_cast<int>(person)).empty()) return;
                    mine.ml = scorer.ml(likelihood);
                    mine.wle = scorer.wle(likelihood);
                  });
  return scores;
}

}  // namespace trede::calibration
