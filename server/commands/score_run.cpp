#include "server/commands/score_run.hpp"

#include <fmt/format.h>

#include "engine/calibration/scoring.hpp"
#include "server/commands/analysis.hpp"
#include "server/tables/item_file.hpp"
#include "server/tables/name_index.hpp"

namespace trede::commands {
namespace {

// Where each item of the answers stands in the file; those that are not there are told and leave.
std::vector<int> places_in(const tables::ItemFile& file, tables::Answers& answers) {
  tables::NameIndex names;
  for (const std::string& name : file.names) names.number_of(name);
  std::vector<int> places;
  std::uint64_t lost = 0;
  std::vector<std::string> unknown;
  for (std::size_t item = 0; item < answers.items.size(); ++item) {
    places.push_back(names.find(answers.items[item]));
    if (places.back() >= 0) continue;
    unknown.push_back(answers.items[item]);
    for (const tables::Code& code : answers.codes[item]) lost += code.count;
  }
  if (!unknown.empty())
    answers.notes.push_back(fmt::format(
        "{} without parameters, the first of them \"{}\": their {} do not count",
        counted(unknown.size(), "item", "items"), unknown.front(), counted(lost, "answer", "answers")));
  return places;
}

Result<bool> align(tables::Answers& answers, const tables::ItemFile& file) {
  const std::vector<int> places = places_in(file, answers);
  std::vector<tables::Coding> codings;
  for (std::size_t item = 0; item < places.size(); ++item)
    codings.push_back(places[item] >= 0 ? file.codings[static_cast<std::size_t>(places[item])]
                                        : tables::Coding{});
  // An item without parameters may be answered in any way: its own codes serve until it leaves.
  const auto numbered = tables::number_categories(answers, tables::Scale::Ordered, codings);
  if (!numbered) return numbered.error();
  tables::renumber_items(answers, places, file.names);
  for (std::size_t item = 0; item < file.codings.size(); ++item)
    answers.table.categories[item] = static_cast<int>(file.codings[item].size());
  if (answers.table.responses.empty())
    return Error{ErrorCode::Invalid, "none of the items in " + answers.file + " has parameters"};
  return true;
}

void note_bounds(const std::vector<ReportedPerson>& people, std::vector<std::string>& notes) {
  std::size_t at_bound = 0;
  for (const ReportedPerson& person : people) at_bound += person.ml_at_bound.has_value();
  if (at_bound > 0)
    notes.push_back(
        fmt::format("{} without a finite maximum of the likelihood (all right or all wrong, say): ML is the "
                    "end of the range",
                    counted(at_bound, "person", "people")));
}

ReportedPerson reported(const std::string& id, std::size_t answers, const calibration::PersonScores& scores) {
  ReportedPerson person{.id = id,
                        .answers = static_cast<int>(answers),
                        .eap = scores.eap.ability,
                        .sd_eap = scores.eap.error,
                        .map = scores.map.ability,
                        .se_map = scores.map.error};
  if (!scores.ml || !scores.wle) return person;
  person.ml = scores.ml->ability;
  person.se_ml = scores.ml->error;
  if (scores.ml->at_bound) person.ml_at_bound = true;
  person.wle = scores.wle->ability;
  person.se_wle = scores.wle->error;
  if (scores.wle->at_bound) person.wle_at_bound = true;
  return person;
}

}  // namespace

Result<ScoreReport> run_score(const ScoreRequest& request) {
  const auto file = tables::read_items(request.items);
  if (!file) return file.error();
  auto answers = tables::read_answers(request.responses, {.layout = request.layout});
  if (!answers) return answers.error();
  if (const auto aligned = align(*answers, *file); !aligned) return aligned.error();
  const Stopwatch watch;
  const auto scores = calibration::score(answers->table, file->items,
                                         {.groups = {request.prior},
                                          .nodes = request.nodes,
                                          .range = request.range,
                                          .workers = request.workers});
  ScoreReport report;
  report.seconds = watch.seconds();
  for (std::size_t i = 0; i < scores.size(); ++i)
    report.people.push_back(
        reported(answers->people[i], answers->table.of(static_cast<int>(i)).size(), scores[i]));
  report.notes = std::move(answers->notes);
  note_bounds(report.people, report.notes);
  return report;
}

}  // namespace trede::commands
