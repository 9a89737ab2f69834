#include "server/commands/evaluation.hpp"

#include <algorithm>
#include <ctime>
#include <unordered_set>

#include "server/tables/response_log.hpp"

namespace trede::commands {
namespace {

constexpr int resamples = 100;
constexpr std::uint64_t bootstrap_seed = 1;
constexpr std::size_t warm_up_rows = 5;
constexpr std::size_t few_test_pupils = 20;

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// The rows of some pupils, ready to be measured.
struct Rows {
  std::vector<double> probabilities;
  std::vector<std::uint8_t> correct;
  std::vector<std::size_t> begins = {0};
};

Rows rows_of(const prediction::ResponseLog& log, const std::vector<int>& pupils,
             const std::vector<double>& predicted, std::size_t skipped,
             const std::unordered_set<std::string>& excluded) {
  Rows rows;
  std::size_t place = 0;
  for (const int pupil : pupils) {
    const auto at = static_cast<std::size_t>(pupil);
    const std::size_t begin = log.pupil_begins[at], end = log.pupil_begins[at + 1];
    for (std::size_t row = begin; row < end; ++row, ++place) {
      if (row - begin < skipped || excluded.contains(log.pupils[at])) continue;
      rows.probabilities.push_back(predicted[place]);
      rows.correct.push_back(log.correct[row]);
    }
    rows.begins.push_back(rows.correct.size());
  }
  return rows;
}

Figures figures_of(const prediction::ResponseLog& log, const std::vector<int>& pupils,
                   const std::vector<double>& predicted, const std::unordered_set<std::string>& excluded) {
  const Rows all = rows_of(log, pupils, predicted, 0, excluded);
  const Rows later = rows_of(log, pupils, predicted, warm_up_rows, excluded);
  Figures figures;
  figures.all = prediction::measure(all.probabilities, all.correct);
  figures.skip5 = prediction::measure(later.probabilities, later.correct);
  figures.auc_standard_error =
      prediction::auc_standard_error(all.probabilities, all.correct, all.begins, resamples, bootstrap_seed);
  return figures;
}

prediction::Metrics item_mean(const prediction::ResponseLog& log, const prediction::Split& split) {
  const auto items = prediction::summarise(log, split.training());
  std::vector<double> predicted;
  for (const int pupil : split.test) {
    const auto at = static_cast<std::size_t>(pupil);
    for (std::size_t row = log.pupil_begins[at]; row < log.pupil_begins[at + 1]; ++row)
      predicted.push_back(items.smoothed_share(log.item[row]));
  }
  const Rows rows = rows_of(log, split.test, predicted, 0, {});
  return prediction::measure(rows.probabilities, rows.correct);
}

Result<bool> check(const std::filesystem::path& file, const prediction::Split& split) {
  const std::string name = file.filename().string();
  if (split.test.empty())
    return Error{ErrorCode::Invalid,
                 name +
                     ": the hash makes none of the pupils a test pupil (one in five is to be "
                     "expected); there is nothing to evaluate"};
  if (split.fitting.empty() && split.validation.empty())
    return Error{ErrorCode::Invalid,
                 name + ": the hash makes every pupil a test pupil; there is nothing to fit to"};
  return true;
}

void fit_and_predict(const prediction::ResponseLog& log, const prediction::Split& split,
                     const EvaluationRequest& request, Evaluation& made) {
  const double before = processor_seconds();
  made.selection = prediction::select_and_fit(log, split, {request.workers, request.progress});
  const double fitted = processor_seconds();
  made.probabilities = prediction::predict(log, split.test, made.selection.model, request.workers);
  made.fit_seconds = fitted - before;
  made.predict_microseconds_per_answer =
      1e6 * (processor_seconds() - fitted) / static_cast<double>(made.probabilities.size());
}

void describe(const prediction::ResponseLog& log, const prediction::Split& split, Evaluation& made) {
  made.pupils = log.pupils.size();
  made.rows = log.rows();
  made.items = static_cast<std::size_t>(log.items());
  made.topics = log.topic_count;
  made.has_clock = log.has_clock;
  made.training_pupils = split.training().size();
  made.validation_pupils = split.validation.size();
  made.test_pupils = split.test.size();
}

// Figures that are there and mean little.
void note_what_is_thin(const prediction::ResponseLog& log, const prediction::Split& split, Evaluation& made) {
  if (split.validation.empty())
    made.notes.emplace_back(
        "the hash makes no pupil a validation pupil: nothing is chosen, nothing corrected");
  std::size_t right = 0;
  for (const int pupil : split.test)
    for (std::size_t row = log.pupil_begins[static_cast<std::size_t>(pupil)];
         row < log.pupil_begins[static_cast<std::size_t>(pupil) + 1]; ++row)
      right += log.correct[row];
  if (right == 0 || right == made.figures.all.n)
    made.notes.push_back("all answers of the test pupils are " + std::string(right == 0 ? "wrong" : "right") +
                         ": there is nothing to rank, the AUC is set to .5");
  if (split.test.size() < few_test_pupils)
    made.notes.push_back("only " + std::to_string(split.test.size()) +
                         " test pupils: the figures hang on who they happen to be");
}

Result<bool> exclude(const prediction::ResponseLog& log, const prediction::Split& split,
                     const std::filesystem::path& file, Evaluation& made) {
  const auto names = tables::read_pupil_list(file);
  if (!names) return names.error();
  std::unordered_set<std::string> excluded;
  for (const int pupil : split.test) {
    const std::string& name = log.pupils[static_cast<std::size_t>(pupil)];
    if (std::find(names->begin(), names->end(), name) != names->end()) excluded.insert(name);
  }
  made.excluded_pupils = excluded.size();
  if (excluded.size() < names->size())
    made.notes.push_back(std::to_string(names->size() - excluded.size()) + " of the " +
                         std::to_string(names->size()) +
                         " pupils to exclude are no test pupils of this file");
  made.excluding = figures_of(log, split.test, made.probabilities, excluded);
  return true;
}

}  // namespace

Result<Evaluation> evaluate(const EvaluationRequest& request) {
  auto read = tables::read_response_log(request.responses);
  if (!read) return read.error();
  const prediction::ResponseLog& log = read->log;
  const prediction::Split split = prediction::split_by_hash(log, request.validation_mod);
  if (const auto checked = check(request.responses, split); !checked) return checked.error();
  Evaluation made;
  made.notes = std::move(read->notes);
  describe(log, split, made);
  fit_and_predict(log, split, request, made);
  made.figures = figures_of(log, split.test, made.probabilities, {});
  made.item_mean = item_mean(log, split);
  note_what_is_thin(log, split, made);
  if (!request.exclude_pupils.empty())
    if (const auto done = exclude(log, split, request.exclude_pupils, made); !done) return done.error();
  return made;
}

}  // namespace trede::commands
