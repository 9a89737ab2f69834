// Calibration against optima found by another program (401 nodes on ±8, Newton to a gradient below 1e-12): typed in
// for the published counts, from the reference data where those are.
#include <array>
#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/calibration/ability_nodes.hpp"
#include "engine/calibration/mml.hpp"
#include "server/tables/answers.hpp"
#include "server/tables/categories.hpp"
#include "tests/calibration/published_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"
#include "tests/support/reference.hpp"

namespace trede {
namespace {

using calibration::Calibration;
using calibration::Model;
using calibration::Options;
using calibration::ResponseTable;
using testing::lsat6_counts;
using testing::lsat7_counts;
using testing::table_of;

// As fine as the other program's.
Options fine(Model model) {
  Options options{.model = model, .nodes = 401, .range = 8.0, .tolerance = 1e-8};
  if (model == Model::ThreePl) options.prior.logit_guessing = {-1.39, 0.5};
  return options;
}

Options usual_for(Model model) {
  Options options{.model = model, .standard_errors = false};
  if (model == Model::ThreePl) options.prior.logit_guessing = {-1.39, 0.5};
  return options;
}

void check_optimum(const std::array<int, 32>& counts, Model model, double log_likelihood, double penalised) {
  const Calibration result = calibrate(table_of(counts), fine(model));
  CHECK(result.converged);
  CHECK(std::abs(result.log_likelihood - log_likelihood) < 1e-6);
  CHECK(std::abs(result.penalised_log_likelihood - penalised) < 1e-6);
}

ResponseTable read_table(const std::filesystem::path& file, tables::Scale scale) {
  auto answers = tables::read_answers(file);
  REQUIRE(answers.has_value());
  REQUIRE(tables::number_categories(*answers, scale).has_value());
  return std::move(answers->table);
}

boost::json::value read_json(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return boost::json::parse(text.str());
}

double number(const boost::json::value& array, std::size_t at) {
  return array.as_array().at(at).to_number<double>();
}

void check_close(double value, double expected, double tolerance) {
  INFO(value << " instead of " << expected);
  CHECK(std::abs(value - expected) < tolerance);
}

// Errors in the order a (one, or one an item), d, logit c.
void check_right_or_wrong(const Calibration& result, const boost::json::value& exact, Model model) {
  const std::size_t items = result.items.size();
  const std::size_t slopes = model == Model::OnePl ? 1 : items;
  const auto& errors = exact.at("se_free_params");
  check_close(result.log_likelihood, exact.at("logLik").to_number<double>(), 1e-6);
  check_close(result.penalised_log_likelihood, exact.at("objective").to_number<double>(), 1e-6);
  for (std::size_t j = 0; j < items; ++j) {
    const auto& item = result.items[j];
    const auto& error = result.errors[j];
    check_close(item.slope, number(exact.at("a"), j), 1e-4);
    check_close(item.intercept, number(exact.at("d"), j), 1e-4);
    check_close(item.guessing, number(exact.at("g"), j), 1e-4);
    check_close(error.slope, number(errors, slopes == 1 ? 0 : j), 1e-4);
    check_close(error.intercept, number(errors, slopes + j), 1e-4);
    if (model != Model::ThreePl) continue;
    check_close(error.guessing, item.guessing * (1.0 - item.guessing) * number(errors, 2 * items + j), 1e-4);
  }
}

void check_data(const std::string& name) {
  const auto data = testing::reference("irt/data/" + name + ".csv");
  const auto exact = testing::reference("irt/exact/exact_" + name + ".json");
  if (!data || !exact) return;
  const ResponseTable table = read_table(*data, tables::Scale::RightOrWrong);
  const boost::json::value optima = read_json(*exact);
  check_right_or_wrong(calibrate(table, fine(Model::OnePl)), optima.at("1PL"), Model::OnePl);
  check_right_or_wrong(calibrate(table, fine(Model::TwoPl)), optima.at("2PL"), Model::TwoPl);
  check_right_or_wrong(calibrate(table, fine(Model::ThreePl)), optima.at("3PL_prior_logitg_N(-1.39,0.5)"),
                       Model::ThreePl);
}

}  // namespace

TEST_CASE("calibration: LSAT6 and LSAT7 reach the exact optimum in every model", "[calibration]") {
  check_optimum(lsat6_counts, Model::OnePl, -2466.937599579, -2466.937599579);
  check_optimum(lsat6_counts, Model::TwoPl, -2466.653377398, -2466.653377398);
  check_optimum(lsat6_counts, Model::ThreePl, -2466.807210462, -2466.811575799);
  check_optimum(lsat7_counts, Model::OnePl, -2664.900890854, -2664.900890854);
  check_optimum(lsat7_counts, Model::TwoPl, -2658.805113552, -2658.805113552);
  check_optimum(lsat7_counts, Model::ThreePl, -2659.167738546, -2659.243040790);
}

TEST_CASE("calibration: LSAT7 in the 2PL has the published slopes and difficulties", "[calibration]") {
  const Calibration result = calibrate(table_of(lsat7_counts), fine(Model::TwoPl));
  const std::array<double, 5> slopes = {.9875459, 1.0808371, 1.7074777, .7649899, .7356727};
  const std::array<double, 5> difficulties = {-1.8792601, -.7475406, -1.0572356, -.6353023, -2.5207644};
  for (std::size_t j = 0; j < 5; ++j) {
    check_close(result.items[j].slope, slopes[j], 1e-6);
    check_close(result.items[j].difficulty(), difficulties[j], 1e-6);
  }
}

TEST_CASE("calibration: the usual 61 nodes go on at their spacing beyond six standard deviations",
          "[calibration]") {
  const Eigen::ArrayXd usual = calibration::ability_nodes(61, 6.0);
  REQUIRE(usual.size() == 71);
  for (Eigen::Index q = 0; q < 71; ++q) check_close(usual[q], -7.0 + 0.2 * static_cast<double>(q), 1e-12);
  CHECK(calibration::ability_nodes(401, 8.0).size() == 401);
  CHECK(calibration::ability_nodes(21, 10.0).size() == 21);
}

TEST_CASE("calibration: the usual nodes lose nothing of the likelihood", "[calibration]") {
  const Calibration usual = calibrate(table_of(lsat7_counts), usual_for(Model::TwoPl));
  const Calibration exact = calibrate(table_of(lsat7_counts), fine(Model::TwoPl));
  check_close(usual.log_likelihood, exact.log_likelihood, 1e-8);
  for (std::size_t j = 0; j < 5; ++j) check_close(usual.items[j].slope, exact.items[j].slope, 1e-5);
}

TEST_CASE("calibration: with the usual nodes thirty-two items are at the exact optimum", "[calibration]") {
  const auto data = testing::reference("irt/data/SAT12_scored.csv");
  const auto exact = testing::reference("irt/exact/exact_SAT12_scored.json");
  if (!data || !exact) return;
  const ResponseTable table = read_table(*data, tables::Scale::RightOrWrong);
  const boost::json::value optima = read_json(*exact);
  const auto short_of = [&](Model model, const char* name) {
    const double found = calibrate(table, usual_for(model)).log_likelihood;
    return std::abs(found - optima.at(name).at("logLik").to_number<double>());
  };
  const double worst = std::max({short_of(Model::OnePl, "1PL"), short_of(Model::TwoPl, "2PL"),
                                 short_of(Model::ThreePl, "3PL_prior_logitg_N(-1.39,0.5)")});
  testing::figure("calibration", "SAT12 with the usual nodes: log-likelihood from the exact optimum",
                  "< 1e-6", worst);
  CHECK(worst < 1e-6);
}

TEST_CASE("calibration: classic data, parameters and standard errors are the exact ones", "[calibration]") {
  check_data("LSAT6_persons");
  check_data("LSAT7_persons");
}

TEST_CASE("calibration: thirty-two items, parameters and standard errors are the exact ones",
          "[calibration][.slow]") {
  check_data("SAT12_scored");
}

TEST_CASE("calibration: partial credit on Science is the exact one", "[calibration]") {
  const auto data = testing::reference("irt/data/Science_persons.csv");
  const auto file = testing::reference("irt/exact/exact_Science.json");
  if (!data || !file) return;
  const Calibration result = calibrate(read_table(*data, tables::Scale::Ordered), fine(Model::Gpcm));
  const boost::json::value all = read_json(*file);
  const boost::json::value& exact = all.at("GPCM");
  check_close(result.log_likelihood, exact.at("logLik").to_number<double>(), 1e-6);
  for (std::size_t j = 0; j < 4; ++j) {
    check_close(result.items[j].slope, number(exact.at("a"), j), 1e-4);
    check_close(result.errors[j].slope, number(exact.at("se"), j), 1e-4);
    check_close(result.errors[j].intercept, number(exact.at("se"), 4 + 3 * j), 1e-4);
    for (std::size_t v = 0; v < 3; ++v)
      check_close(result.items[j].thresholds[v], number(exact.at("b").as_array().at(j), v), 1e-4);
  }
}

}  // namespace trede
