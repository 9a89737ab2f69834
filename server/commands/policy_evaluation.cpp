#include "server/commands/policy_evaluation.hpp"

namespace trede::commands {
namespace {

constexpr double prior_decisions = 10.0;

// The mean reward of a cell.
class RewardModel {
 public:
  RewardModel(const PolicyLog& log, int without_half) {
    double sum = 0.0, count = 0.0;
    for (const PolicyDecision& decision : log.decisions) {
      if (decision.pupil % 2 == without_half) continue;
      Cell& cell = cells_[at(decision.cell, decision.mastery_cell)];
      cell.sum += decision.mastery_gain;
      cell.count += 1.0;
      sum += decision.mastery_gain;
      count += 1.0;
    }
    if (count > 0.0) mean_ = sum / count;
  }

  double operator()(int cell, int mastery_cell) const {
    const Cell& known = cells_[at(cell, mastery_cell)];
    return (known.sum + prior_decisions * mean_) / (known.count + prior_decisions);
  }

 private:
  struct Cell {
    double sum = 0.0;
    double count = 0.0;
  };

  static std::size_t at(int cell, int mastery_cell) {
    return static_cast<std::size_t>(cell * mastery_cells + mastery_cell);
  }

  std::array<Cell, std::size_t{choice_cells}* mastery_cells> cells_ = {};
  double mean_ = 0.0;
};

lab::LoggedDecision logged(const PolicyDecision& decision, std::size_t candidate, const RewardModel& model) {
  const CandidateView& view = decision.views[candidate];
  lab::LoggedDecision result{.pupil = decision.pupil,
                             .reward = decision.mastery_gain,
                             .behaviour = decision.behaviour,
                             .candidate = view.probability,
                             .model = model(decision.cell, decision.mastery_cell)};
  for (int cell = 0; cell < choice_cells; ++cell)
    result.model_policy += view.cells[static_cast<std::size_t>(cell)] * model(cell, decision.mastery_cell);
  return result;
}

}  // namespace

std::vector<lab::OffPolicyValue> evaluate(const PolicyLog& log, std::size_t candidates) {
  const std::array<RewardModel, 2> models = {RewardModel(log, 0), RewardModel(log, 1)};
  std::vector<lab::OffPolicyValue> values;
  for (std::size_t candidate = 0; candidate < candidates; ++candidate) {
    std::vector<lab::LoggedDecision> decisions;
    for (const PolicyDecision& decision : log.decisions)
      decisions.push_back(logged(decision, candidate, models[static_cast<std::size_t>(decision.pupil % 2)]));
    values.push_back(lab::evaluate(decisions));
  }
  return values;
}

}  // namespace trede::commands
