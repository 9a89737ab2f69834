// The work of `trede calibrate`: answers from a table, items estimated, what it came to as values. Any
// thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "engine/calibration/mml.hpp"
#include "server/tables/answers.hpp"
#include "server/tables/item_file.hpp"

namespace trede::commands {

// From which answers of the same person each one is predicted (engine/calibration/fit.hpp).
enum class FitWanted { Auto, No, Other, Earlier };

// Fit costs several times the calibration; beyond this many answers only who asks for it gets it.
inline constexpr std::size_t most_answers_with_fit = 200'000;

inline constexpr int usual_nodes = 61;

struct CalibrationRequest {
  std::string responses = {};
  std::optional<tables::Layout> layout = {};
  calibration::Model model = calibration::Model::TwoPl;
  std::string prior = {};  // none, weak, a file; "": weak for 3PL, else none
  std::string anchors = {};
  std::optional<int> nodes = {};  // usual_nodes, more where somebody gave very many answers
  double range = 6.0;
  bool growth = false;
  FitWanted fit = FitWanted::Auto;
  int workers = 1;
};

struct ReportedTest {
  double statistic = 0.0;
  int df = 0;
  double p = 1.0;
};
BOOST_DESCRIBE_STRUCT(ReportedTest, (), (statistic, df, p))

struct ReportedItem {
  std::string id;
  double answers = 0.0;  // with the weights of patterns
  double a = 1.0;
  std::optional<double> b, d, c;  // right or wrong
  std::optional<std::vector<double>> thresholds;
  std::optional<double> se_a, se_b, se_d, se_c;
  std::optional<std::vector<double>> se_thresholds;
  std::string treatment;
  std::optional<double> infit, infit_t, outfit, outfit_t;
  std::optional<ReportedTest> s_x2, prediction;
};
BOOST_DESCRIBE_STRUCT(ReportedItem, (),
                      (id, answers, a, b, d, c, thresholds, se_a, se_b, se_d, se_c, se_thresholds, treatment,
                       infit, infit_t, outfit, outfit_t, s_x2, prediction))

struct ReportedPair {
  std::string first, second;
  double q3 = 0.0;
};
BOOST_DESCRIBE_STRUCT(ReportedPair, (), (first, second, q3))

struct ReportedGrowth {  // logits
  double per_day = 0.0;
  double se_per_day = 0.0;
  double diffusion_per_day = 0.0;  // logits²
  double per_answer = 0.0;
  double se_per_answer = 0.0;
  double diffusion_per_answer = 0.0;
  bool clock = true;  // false: the times are 0, 1, 2 … for everybody, so answers are counted instead
};
BOOST_DESCRIBE_STRUCT(ReportedGrowth, (),
                      (per_day, se_per_day, diffusion_per_day, per_answer, se_per_answer,
                       diffusion_per_answer, clock))

struct CalibrationReport {
  std::string model;
  double people = 0.0;  // with the weights of patterns
  double answers = 0.0;
  double log_likelihood = 0.0;
  std::optional<double> penalised_log_likelihood;  // with priors
  int iterations = 0;
  bool converged = false;
  double mean = 0.0;  // of the people; 0 and 1 unless anchors carry the scale
  double sd = 1.0;
  std::optional<ReportedGrowth> growth;
  std::vector<ReportedItem> items;
  std::optional<std::vector<ReportedPair>> dependent_pairs;
  std::vector<std::string> notes;
  double seconds = 0.0;  // of the calibration, without reading and fit
};
BOOST_DESCRIBE_STRUCT(CalibrationReport, (),
                      (model, people, answers, log_likelihood, penalised_log_likelihood, iterations,
                       converged, mean, sd, growth, items, dependent_pairs, notes, seconds))

struct CalibrationRun {
  CalibrationReport report;
  tables::ItemFile items;  // for --out
  std::vector<calibration::ItemErrors> errors;
};

Result<CalibrationRun> run_calibration(const CalibrationRequest& request,
                                       const calibration::Progress& progress = {});

std::string word(calibration::Model model);  // 1pl, 2pl, 3pl, gpcm

}  // namespace trede::commands
