#include "engine/calibration/plan.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace trede::calibration {
namespace {

// Far beyond any item in use; a parameter that gets here has no finite optimum.
constexpr double slope_limit = 20.0;
constexpr double delta_limit = 60.0;
constexpr double logit_guessing_limit = 9.0;
constexpr double log_sd_limit = 3.0;
// exp(−20): a category nobody gave.
constexpr double impossible = 20.0;
// Log-odds at the average ability are further out than those of the whole group: √(1 + .346 a²).
constexpr double marginal_factor = 1.16;

// How many gave each category.
std::vector<std::vector<double>> totals_of(const ResponseTable& table) {
  std::vector<std::vector<double>> totals;
  for (const int categories : table.categories) totals.emplace_back(categories, 0.0);
  for (int i = 0; i < table.people(); ++i)
    for (const Response& response : table.of(i))
      totals[static_cast<std::size_t>(response.item)][static_cast<std::size_t>(response.category)] +=
          table.weight(i);
  return totals;
}

std::vector<int> given(const std::vector<double>& totals) {
  std::vector<int> categories;
  for (std::size_t k = 0; k < totals.size(); ++k)
    if (totals[k] > 0.0) categories.push_back(static_cast<int>(k));
  return categories;
}

Curve prior_mode(const ItemPrior& prior, int categories) {
  Curve curve;
  curve.slope = prior.log_slope.sd > 0.0 ? std::exp(prior.log_slope.mean) : 1.0;
  curve.deltas.assign(static_cast<std::size_t>(categories), 0.0);
  if (categories == 2 && prior.intercept.sd > 0.0) curve.deltas[1] = prior.intercept.mean;
  for (std::size_t v = 1; v < curve.deltas.size() && prior.threshold.sd > 0.0; ++v)
    curve.deltas[v] = curve.deltas[v - 1] - curve.slope * prior.threshold.mean;
  return curve;
}

// δ_k at which the categories are as frequent as they were; the lowest given one is the fixed reference.
void start_deltas(Curve& curve, const std::vector<double>& totals, const std::vector<int>& observed) {
  const double reference = observed.front() == 0 ? 0.0 : impossible;
  const double base = std::log(totals[static_cast<std::size_t>(observed.front())] + 0.5);
  const auto at = [&](int k) {
    return reference + marginal_factor * (std::log(totals[static_cast<std::size_t>(k)] + 0.5) - base);
  };
  for (int k = 1; k < curve.categories(); ++k) {
    const auto above = std::lower_bound(observed.begin(), observed.end(), k);
    const auto place = static_cast<std::size_t>(k);
    if (above == observed.end())
      curve.deltas[place] = at(observed.back()) - impossible;
    else if (*above == k)
      curve.deltas[place] = at(k);
    else if (above == observed.begin())
      curve.deltas[place] = 0.0;
    else
      curve.deltas[place] = 0.5 * (at(*above) + at(*(above - 1))) - impossible;
  }
}

bool holds_all_alike(const ItemPrior& prior, Model model, int categories) {
  return model != Model::Gpcm && categories == 2 ? prior.intercept.sd > 0.0 : prior.threshold.sd > 0.0;
}

// Log-odds, at the average ability, of the answer all gave, had there been half an answer of another kind.
Curve one_category(int categories, int category, double people) {
  Curve curve;
  curve.deltas.assign(static_cast<std::size_t>(categories), 0.0);
  const double delta = marginal_factor * std::log((people + 0.5) / 0.5);
  for (int k = 1; k < categories; ++k)
    curve.deltas[static_cast<std::size_t>(k)] = -std::abs(k - category) * delta + category * delta;
  return curve;
}

class Planner {
 public:
  Planner(const ResponseTable& table, const Options& options)
      : table_(table), options_(options), totals_(totals_of(table)) {}

  Plan plan() {
    plan_.model = options_.model;
    anchored_ = std::any_of(options_.anchors.begin(), options_.anchors.end(),
                            [](const auto& anchor) { return anchor.has_value(); });
    if (options_.model == Model::OnePl) {
      const NormalPrior& prior = options_.prior.log_slope;
      plan_.common_slope = add(prior.sd > 0.0 ? std::exp(prior.mean) : 1.0, slope_limits(prior));
    }
    for (int j = 0; j < table_.items(); ++j) plan_.items.push_back(item(j));
    add_groups();
    const auto vector = [](const std::vector<double>& values) -> Eigen::VectorXd {
      return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
    };
    plan_.start = vector(start_);
    plan_.lower = vector(lower_);
    plan_.upper = vector(upper_);
    return std::move(plan_);
  }

 private:
  struct Limits {
    double lower;
    double upper;
  };

  static Limits slope_limits(const NormalPrior& log_slope) {
    return {log_slope.sd > 0.0 ? 1e-3 : -slope_limit, slope_limit};
  }

  int add(double start, Limits limits) {
    start_.push_back(start);
    lower_.push_back(limits.lower);
    upper_.push_back(limits.upper);
    return static_cast<int>(start_.size()) - 1;
  }

  ItemPlan item(int j) {
    const auto at = static_cast<std::size_t>(j);
    const std::vector<int> observed = given(totals_[at]);
    ItemPlan item;
    item.prior = options_.priors.empty() ? options_.prior : options_.priors[at];
    item.start = prior_mode(item.prior, table_.categories[at]);
    item.places.assign(static_cast<std::size_t>(item.start.locals()), -1);
    item.begin = static_cast<int>(start_.size());
    if (!options_.anchors.empty() && options_.anchors[at].has_value()) {
      item.start = curve_of(*options_.anchors[at], table_.categories[at]);
      item.treatment = Treatment::Anchored;
    } else if (observed.empty()) {
      item.treatment = Treatment::NoAnswers;
      item.informative = false;
      item.places[0] = plan_.common_slope;
    } else if (observed.size() == 1 && !holds_all_alike(item.prior, options_.model, table_.categories[at])) {
      item.treatment = Treatment::OneCategory;
      item.informative = false;
      item.start = one_category(table_.categories[at], observed.front(),
                                totals_[at][static_cast<std::size_t>(observed.front())]);
      item.places[0] = plan_.common_slope;
    } else {
      free(item, j, observed);
    }
    item.size = static_cast<int>(start_.size()) - item.begin;
    return item;
  }

  // With a prior that holds them, categories nobody gave are estimated too.
  void free(ItemPlan& item, int j, std::vector<int> observed) {
    const auto at = static_cast<std::size_t>(j);
    const int categories = table_.categories[at];
    if (holds_all_alike(item.prior, options_.model, categories)) {
      observed.resize(static_cast<std::size_t>(categories));
      for (int k = 0; k < categories; ++k) observed[static_cast<std::size_t>(k)] = k;
    }
    // The prior of the slope all items share counts once.
    if (plan_.common_slope >= 0 && std::exchange(common_prior_kept_, true)) item.prior.log_slope = {};
    if (static_cast<int>(observed.size()) < categories) item.treatment = Treatment::EmptyCategory;
    start_deltas(item.start, totals_[at], observed);
    item.places[0] = plan_.common_slope >= 0 ? plan_.common_slope
                                             : add(item.start.slope, slope_limits(item.prior.log_slope));
    for (const int k : observed)
      if (k != observed.front())
        item.places[static_cast<std::size_t>(k)] =
            add(item.start.deltas[static_cast<std::size_t>(k)], {-delta_limit, delta_limit});
    if (options_.model != Model::ThreePl || categories != 2) return;
    const NormalPrior& guessing = item.prior.logit_guessing;
    item.start.guesses = true;
    item.start.logit_guessing = guessing.sd > 0.0 ? guessing.mean : -1.39;
    item.places.back() = add(item.start.logit_guessing, {-logit_guessing_limit, logit_guessing_limit});
  }

  void add_groups() {
    for (const int group : table_.groups) plan_.groups = std::max(plan_.groups, group + 1);
    plan_.first_free_group = anchored_ ? 0 : 1;
    plan_.group_begin = static_cast<int>(start_.size());
    for (int g = plan_.first_free_group; g < plan_.groups; ++g) {
      add(0.0, {-options_.range, options_.range});
      add(0.0, {-log_sd_limit, log_sd_limit});
    }
  }

  const ResponseTable& table_;
  const Options& options_;
  std::vector<std::vector<double>> totals_;
  bool anchored_ = false;
  bool common_prior_kept_ = false;
  Plan plan_;
  std::vector<double> start_;
  std::vector<double> lower_;
  std::vector<double> upper_;
};

}  // namespace

Curve Plan::curve(int item, const Eigen::VectorXd& values) const {
  const ItemPlan& plan = items[static_cast<std::size_t>(item)];
  Curve curve = plan.start;
  const auto value = [&](std::size_t local, double& number) {
    if (plan.places[local] >= 0) number = values[plan.places[local]];
  };
  value(0, curve.slope);
  for (std::size_t k = 1; k < curve.deltas.size(); ++k) value(k, curve.deltas[k]);
  value(curve.deltas.size(), curve.logit_guessing);
  return curve;
}

Group Plan::group(int group, const Eigen::VectorXd& values) const {
  if (group < first_free_group) return {};
  const int place = group_begin + 2 * (group - first_free_group);
  return {values[place], std::exp(values[place + 1])};
}

Plan plan_of(const ResponseTable& table, const Options& options) {
  return Planner(table, options).plan();
}

}  // namespace trede::calibration
