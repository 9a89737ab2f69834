#include "server/commands/calibration_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/calibration/fit.hpp"
#include "server/commands/analysis.hpp"
#include "server/commands/calibration_growth.hpp"
#include "server/tables/name_index.hpp"
#include "server/tables/prior_file.hpp"

namespace trede::commands {
namespace {

using calibration::Calibration;
using calibration::Item;
using calibration::Model;
using calibration::Options;
using calibration::Treatment;
using tables::Answers;
using tables::Coding;

constexpr calibration::NormalPrior weak_guessing{-1.39, 0.5};  // logit c: about .2, from .09 to .4
constexpr std::size_t most_examples = 5;                       // that a note names
constexpr double least_slope = 0.01;                           // below it −d / a is no difficulty
constexpr double few_answers = 30.0;  // to an item: standard errors of half a logit and more

struct Anchors {
  std::vector<std::optional<Item>> items;  // of each item of the answers; empty = none
  std::vector<Coding> codings;             // empty where not anchored
};

Result<Anchors> read_anchors(const CalibrationRequest& request, Answers& answers) {
  if (request.anchors.empty()) return Anchors{};
  const auto file = tables::read_items(request.anchors);
  if (!file) return file.error();
  tables::NameIndex names;
  for (const std::string& name : answers.items) names.number_of(name);
  Anchors anchors{std::vector<std::optional<Item>>(answers.items.size()),
                  std::vector<Coding>(answers.items.size())};
  std::size_t used = 0;
  for (std::size_t i = 0; i < file->items.size(); ++i) {
    const int item = names.find(file->names[i]);
    if (item < 0) continue;
    const bool ordered = !file->items[i].thresholds.empty();
    if (ordered != (request.model == Model::Gpcm))
      return Error{ErrorCode::Invalid, fmt::format("anchor \"{}\" has {} thresholds, which {} does not fit",
                                                   file->names[i], ordered ? "" : "no", word(request.model))};
    anchors.items[static_cast<std::size_t>(item)] = file->items[i];
    anchors.codings[static_cast<std::size_t>(item)] = file->codings[i];
    ++used;
  }
  if (used == 0)
    return Error{ErrorCode::Invalid, "none of the items in " + request.anchors + " is answered here"};
  if (used < file->items.size())
    answers.notes.push_back(fmt::format("{} of the {} anchors are not answered here",
                                        file->items.size() - used, file->items.size()));
  return anchors;
}

// Ordered items of which fewer than two categories were seen have no curve.
void leave_out_single_categories(Answers& answers, Anchors& anchors, std::vector<Coding>& codings) {
  std::vector<int> numbers;
  std::vector<std::string> names;
  for (std::size_t item = 0; item < codings.size(); ++item) {
    const bool stays = codings[item].size() >= 2;
    numbers.push_back(stays ? static_cast<int>(names.size()) : -1);
    if (stays)
      names.push_back(answers.items[item]);
    else
      answers.notes.push_back(
          fmt::format("item \"{}\" is left out: {}", answers.items[item],
                      codings[item].empty() ? "nobody answered it" : "everybody gave the same answer"));
  }
  if (names.size() == codings.size()) return;
  for (std::size_t item = numbers.size(); item-- > 0;) {
    if (numbers[item] >= 0) continue;
    const auto at = static_cast<std::ptrdiff_t>(item);
    codings.erase(codings.begin() + at);
    if (!anchors.items.empty()) anchors.items.erase(anchors.items.begin() + at);
  }
  tables::renumber_items(answers, numbers, std::move(names));
}

Result<bool> add_priors(const CalibrationRequest& request, const Answers& answers, Options& options) {
  const std::string chosen = !request.prior.empty()            ? request.prior
                             : request.model == Model::ThreePl ? "weak"
                                                               : "none";
  if (chosen == "none") return true;
  if (chosen == "weak") {
    if (request.model == Model::ThreePl) options.prior.logit_guessing = weak_guessing;
    return true;
  }
  auto priors = tables::read_priors(chosen, answers.items);
  if (!priors) return priors.error();
  options.priors = std::move(*priors);
  return true;
}

bool is_penalised(const Options& options) {
  return options.prior.logit_guessing.sd > 0.0 || !options.priors.empty();
}

const char* text_of(Treatment treatment) {
  switch (treatment) {
    case Treatment::Estimated:
      return "estimated";
    case Treatment::Anchored:
      return "anchored";
    case Treatment::NoAnswers:
      return "no answers";
    case Treatment::OneCategory:
      return "all answers alike";
    case Treatment::EmptyCategory:
      return "a category without answers";
    case Treatment::AtLimit:
      return "at its limit";
  }
  return "";
}

void note_treatment(const std::string& name, Treatment treatment, std::vector<std::string>& notes) {
  if (treatment == Treatment::NoAnswers)
    notes.push_back(
        fmt::format("item \"{}\": nobody answered it; its parameters are only where a search begins", name));
  if (treatment == Treatment::OneCategory)
    notes.push_back(
        fmt::format("item \"{}\": all answers are alike, so no difficulty fits best; it is left out of the "
                    "likelihood and its b says only how far away it is at least",
                    name));
  if (treatment == Treatment::AtLimit)
    notes.push_back(
        fmt::format("item \"{}\": a parameter ran to its limit; its standard errors mean nothing", name));
}

// What an expert would see at once in the table of items.
void note_oddities(const std::vector<ReportedItem>& items, std::vector<std::string>& notes) {
  const auto told = [&](const char* what, auto holds) {
    std::size_t count = 0;
    std::string examples;
    for (const ReportedItem& item : items)
      if (holds(item) && ++count <= most_examples) examples += (count == 1 ? "\"" : ", \"") + item.id + "\"";
    if (count > most_examples) examples += ", …";
    if (count > 0) notes.push_back(fmt::format("{} {}: {}", counted(count, "item", "items"), what, examples));
  };
  const auto estimated = [](const ReportedItem& item) {
    return item.answers > 0.0 && item.treatment != "anchored";
  };
  told("with a slope below 0, which the more able get wrong more often (is the key right?)",
       [](const ReportedItem& item) { return item.a < -least_slope && item.treatment != "anchored"; });
  told("that hardly tell people apart, so that there is no difficulty to speak of",
       [](const ReportedItem& item) { return std::abs(item.a) <= least_slope; });
  told("with fewer than 30 answers, which say little; a prior or more answers would help",
       [&](const ReportedItem& item) { return estimated(item) && item.answers < few_answers; });
}

ReportedItem reported(const Calibration& calibration, std::size_t i) {
  const Item& item = calibration.items[i];
  const bool free =
      calibration.treatments[i] == Treatment::Estimated || calibration.treatments[i] == Treatment::AtLimit;
  ReportedItem row;
  row.a = item.slope;
  row.treatment = text_of(calibration.treatments[i]);
  const calibration::ItemErrors errors =
      calibration.errors.empty() ? calibration::ItemErrors{} : calibration.errors[i];
  if (free) row.se_a = finite(errors.slope);
  if (!item.thresholds.empty()) {
    row.thresholds = item.thresholds;
    if (free && std::all_of(errors.thresholds.begin(), errors.thresholds.end(),
                            [](double se) { return std::isfinite(se); }))
      row.se_thresholds = errors.thresholds;
    return row;
  }
  if (std::abs(item.slope) > least_slope) row.b = finite(item.difficulty());
  row.d = item.intercept;
  row.c = item.guessing;
  if (!free) return row;
  if (row.b) row.se_b = finite(errors.difficulty);
  row.se_d = finite(errors.intercept);
  row.se_c = finite(errors.guessing);
  return row;
}

std::optional<ReportedTest> reported(const std::optional<calibration::ChiSquare>& test) {
  if (!test || !std::isfinite(test->statistic)) return std::nullopt;
  return ReportedTest{test->statistic, test->df, test->p};
}

void add_fit(const Answers& answers, const Calibration& calibration, const Options& options,
             calibration::PredictFrom predict_from, CalibrationReport& report) {
  const calibration::Fit fit =
      calibration::fit_of(answers.table, calibration.items, calibration.groups,
                          {.predict_from = predict_from,
                           .free_parameters = calibration::free_parameters(answers.table, options),
                           .nodes = options.nodes,
                           .range = options.range,
                           .workers = options.workers});
  for (std::size_t i = 0; i < fit.items.size(); ++i) {
    const calibration::ItemFit& item = fit.items[i];
    ReportedItem& row = report.items[i];
    if (row.answers == 0.0) continue;
    row.infit = finite(item.infit.value);
    row.infit_t = finite(item.infit.t);
    row.outfit = finite(item.outfit.value);
    row.outfit_t = finite(item.outfit.t);
    row.s_x2 = reported(item.sx2);
    row.prediction = reported(item.predictive);
  }
  if (!fit.dependence) return;
  report.dependent_pairs.emplace();
  for (const calibration::DependentPair& pair : fit.dependence->pairs)
    report.dependent_pairs->push_back({answers.items[static_cast<std::size_t>(pair.first)],
                                       answers.items[static_cast<std::size_t>(pair.second)], pair.q3});
}

bool wants_fit(const CalibrationRequest& request, std::size_t answers, std::vector<std::string>& notes) {
  if (request.growth || request.fit == FitWanted::No) return false;
  if (request.fit != FitWanted::Auto || answers <= most_answers_with_fit) return true;
  notes.push_back("fit is not computed for so many answers unless asked for: --fit other");
  return false;
}

// Of each item.
std::vector<double> weighted_counts(const calibration::ResponseTable& table) {
  std::vector<double> counts(table.categories.size(), 0.0);
  for (int person = 0; person < table.people(); ++person)
    for (const calibration::Response response : table.of(person))
      counts[static_cast<std::size_t>(response.item)] += table.weight(person);
  return counts;
}

CalibrationReport report_of(const Answers& answers, const Calibration& calibration,
                            const CalibrationRequest& request) {
  CalibrationReport report;
  report.model = word(request.model);
  const std::vector<double> counts = weighted_counts(answers.table);
  report.answers = std::accumulate(counts.begin(), counts.end(), 0.0);
  for (int person = 0; person < answers.table.people(); ++person)
    report.people += answers.table.weight(person);
  report.log_likelihood = calibration.log_likelihood;
  report.iterations = calibration.iterations;
  report.converged = calibration.converged;
  report.mean = calibration.groups.front().mean;
  report.sd = calibration.groups.front().sd;
  report.notes = answers.notes;
  for (std::size_t i = 0; i < calibration.items.size(); ++i) {
    ReportedItem& row = report.items.emplace_back(reported(calibration, i));
    row.id = answers.items[i];
    row.answers = counts[i];
    note_treatment(row.id, calibration.treatments[i], report.notes);
  }
  note_oddities(report.items, report.notes);
  if (!calibration.converged)
    report.notes.push_back("the search stopped before it had converged; the numbers are not the best ones");
  return report;
}

// n answers leave an ability uncertain by about 2 / √n; nodes that lie further apart than that miss it.
int nodes_for(const CalibrationRequest& request, Answers& answers) {
  if (request.nodes || request.growth) return request.nodes.value_or(usual_nodes);
  std::size_t most = 1;
  for (int person = 0; person < answers.table.people(); ++person)
    most = std::max(most, answers.table.of(person).size());
  const double spacing = 2.0 / std::sqrt(static_cast<double>(most));
  const int needed = 1 + 2 * static_cast<int>(std::ceil(request.range / spacing - 1e-9));
  if (needed <= usual_nodes) return usual_nodes;
  answers.notes.push_back(fmt::format(
      "up to {} answers a person tell more than {} nodes can hold: {} are used (--nodes to say otherwise)",
      most, usual_nodes, needed));
  return needed;
}

Result<Answers> read(const CalibrationRequest& request) {
  if (request.growth && request.model != Model::OnePl && request.model != Model::TwoPl)
    return Error{ErrorCode::Invalid, "--growth knows the models 1pl and 2pl"};
  return tables::read_answers(request.responses, {.layout = request.layout, .with_times = request.growth});
}

}  // namespace

std::string word(Model model) {
  switch (model) {
    case Model::OnePl:
      return "1pl";
    case Model::TwoPl:
      return "2pl";
    case Model::ThreePl:
      return "3pl";
    case Model::Gpcm:
      return "gpcm";
  }
  return "";
}

Result<CalibrationRun> run_calibration(const CalibrationRequest& request,
                                       const calibration::Progress& progress) {
  auto answers = read(request);
  if (!answers) return answers.error();
  auto anchors = read_anchors(request, *answers);
  if (!anchors) return anchors.error();
  const auto scale = request.model == Model::Gpcm ? tables::Scale::Ordered : tables::Scale::RightOrWrong;
  auto codings = tables::number_categories(*answers, scale, anchors->codings);
  if (!codings) return codings.error();
  leave_out_single_categories(*answers, *anchors, *codings);
  if (answers->items.empty()) return Error{ErrorCode::Invalid, "no item is left to calibrate"};
  Options options{.model = request.model,
                  .nodes = nodes_for(request, *answers),
                  .range = request.range,
                  .workers = request.workers};
  if (const auto added = add_priors(request, *answers, options); !added) return added.error();
  options.anchors = anchors->items;
  const Stopwatch watch;
  std::optional<ReportedGrowth> growth;
  Calibration calibration;
  if (request.growth) {
    GrowthOutcome outcome = calibrate_with_growth(*answers, request, anchors->items);
    calibration = std::move(outcome.calibration);
    growth = outcome.growth;
  } else {
    calibration = calibration::calibrate(answers->table, options, progress);
  }
  const double seconds = watch.seconds();
  CalibrationRun run;
  run.report = report_of(*answers, calibration, request);
  run.report.seconds = seconds;
  run.report.growth = growth;
  if (growth || is_penalised(options))
    run.report.penalised_log_likelihood = calibration.penalised_log_likelihood;
  if (wants_fit(request, answers->table.responses.size(), run.report.notes))
    add_fit(*answers, calibration, options,
            request.fit == FitWanted::Earlier ? calibration::PredictFrom::EarlierAnswers
                                              : calibration::PredictFrom::OtherAnswers,
            run.report);
  run.items = {answers->items, std::move(calibration.items), std::move(*codings)};
  run.errors = std::move(calibration.errors);
  return run;
}

}  // namespace trede::commands
