#include "engine/prediction/fit.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "engine/parallel/parallel_for.hpp"
#include "engine/prediction/filter.hpp"
#include "engine/prediction/lbfgs.hpp"
#include "engine/prediction/trace_writer.hpp"

namespace trede::prediction {
namespace {

constexpr int blocks = 8;
constexpr std::size_t few = 8;
constexpr double share_of_start =
    0.8;  // of the logits of the shares right: abilities and topics take the rest

std::vector<double> exponentials(std::span<const double> plain, std::size_t count) {
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = std::exp(plain[i]);
  return values;
}

std::vector<double> starting_values(const ResponseLog& log, const ItemSummary& items, const Layout& layout) {
  std::vector<double> start;
  for (const Parameter& parameter : layout.parameters) start.push_back(parameter.mean);
  for (int item = 0; item < log.items(); ++item) {
    const double share = items.smoothed_share(item);
    start[static_cast<std::size_t>(layout.item_mean + item)] =
        share_of_start * std::log(share / (1.0 - share));
  }
  return start;
}

// The function to minimise, of x = (parameter − mean) / scale.
class Posterior {
 public:
  Posterior(const Layout& layout, std::vector<Trace> traces, int workers)
      : layout_(layout),
        kinds_(layout.kinds()),
        traces_(std::move(traces)),
        workers_(workers),
        gradients_(traces_.size(), std::vector<double>(layout.parameters.size())),
        losses_(traces_.size()) {}

  Eigen::VectorXd scaled(std::span<const double> plain) const {
    Eigen::VectorXd x(static_cast<Eigen::Index>(plain.size()));
    for (std::size_t i = 0; i < plain.size(); ++i) {
      const Parameter& parameter = layout_.parameters[i];
      x[static_cast<Eigen::Index>(i)] = (plain[i] - parameter.mean) / parameter.scale;
    }
    return x;
  }

  std::vector<double> plain(const Eigen::VectorXd& x) const {
    std::vector<double> values(layout_.parameters.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = layout_.parameters[i].mean + layout_.parameters[i].scale * x[static_cast<Eigen::Index>(i)];
    return values;
  }

  double operator()(const Eigen::VectorXd& x, Eigen::VectorXd& gradient) {
    const std::vector<double> values = plain(x), powers = exponentials(values, layout_.logarithms);
    parallel_for(static_cast<int>(traces_.size()), workers_, [&](int i) {
      const auto at = static_cast<std::size_t>(i);
      std::fill(gradients_[at].begin(), gradients_[at].end(), 0.0);
      losses_[at] = negative_log_likelihood(traces_[at], {values, powers, kinds_}, gradients_[at]);
    });
    return add_up(values, gradient);
  }

 private:
  double add_up(const std::vector<double>& values, Eigen::VectorXd& gradient) const {
    double sum = 0.0;
    for (const double loss : losses_) sum += loss;
    gradient.setZero(static_cast<Eigen::Index>(values.size()));
    for (const std::vector<double>& part : gradients_)
      gradient += Eigen::Map<const Eigen::VectorXd>(part.data(), gradient.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Parameter& parameter = layout_.parameters[i];
      const double z = (values[i] - parameter.mean) / parameter.sd;
      double& slope = gradient[static_cast<Eigen::Index>(i)];
      sum += 0.5 * z * z;
      slope = (slope + z / parameter.sd) * parameter.scale;
    }
    return sum;
  }

  const Layout& layout_;
  std::vector<Kind> kinds_;
  std::vector<Trace> traces_;
  int workers_;
  std::vector<std::vector<double>> gradients_;
  std::vector<double> losses_;
};

}  // namespace

std::vector<std::pair<std::string, double>> Model::constants() const {
  std::vector<std::pair<std::string, double>> named;
  for (const auto& [name, place] : layout.names)
    named.emplace_back(name, parameters[static_cast<std::size_t>(place)]);
  return named;
}

Model fit(const ResponseLog& log, std::span<const int> pupils, const FitOptions& options) {
  Model model;
  model.items = summarise(log, pupils);
  model.layout = lay_out(log, model.items, options.widths);
  Posterior posterior(
      model.layout,
      write_traces(log, model.items, model.layout, blocks_of(log, pupils, blocks), options.workers),
      options.workers);
  const std::vector<double> start = options.start.empty()
                                        ? starting_values(log, model.items, model.layout)
                                        : std::vector<double>(options.start.begin(), options.start.end());
  assert(start.size() == model.layout.parameters.size());
  LbfgsOptions how;
  how.iterations = options.iterations;
  how.value_tolerance = options.tolerance;
  how.report = options.report;
  const Minimum found = minimise(std::ref(posterior), posterior.scaled(start), how);
  model.parameters = posterior.plain(found.x);
  model.objective = found.value;
  model.iterations = found.iterations;
  model.converged = found.converged;
  return model;
}

std::vector<double> predict(const ResponseLog& log, std::span<const int> pupils, const Model& model,
                            int workers) {
  const auto cut = blocks_of(log, pupils, blocks);
  const std::vector<double> powers = exponentials(model.parameters, model.layout.logarithms);
  const std::vector<Kind> kinds = model.layout.kinds();
  std::vector<std::vector<double>> parts(cut.size());
  parallel_for(static_cast<int>(cut.size()), workers, [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    TraceWriter writer(log, model.items, model.layout);
    // A few pupils at a time, so that their trace stays in the cache.
    for (std::span<const int> rest = cut[at]; !rest.empty();
         rest = rest.subspan(std::min(few, rest.size()))) {
      const Trace& trace = writer.write(rest.first(std::min(few, rest.size())));
      const std::size_t before = parts[at].size();
      parts[at].resize(before + trace.rows());
      predict(trace, {model.parameters, powers, kinds}, std::span(parts[at]).subspan(before));
      for (double& p : std::span(parts[at]).subspan(before)) p = corrected(model.correction, p);
    }
  });
  std::vector<double> all;
  for (const std::vector<double>& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace trede::prediction
