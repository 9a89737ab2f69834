#include "server/tables/prior_file.hpp"

#include "server/tables/csv.hpp"
#include "server/tables/name_index.hpp"

namespace trede::tables {
namespace {

using Member = calibration::NormalPrior calibration::ItemPrior::*;

std::optional<Member> parameter_named(std::string_view name) {
  if (same_name(name, "log_a")) return &calibration::ItemPrior::log_slope;
  if (same_name(name, "d")) return &calibration::ItemPrior::intercept;
  if (same_name(name, "logit_c")) return &calibration::ItemPrior::logit_guessing;
  if (same_name(name, "threshold")) return &calibration::ItemPrior::threshold;
  return std::nullopt;
}

}  // namespace

Result<std::vector<calibration::ItemPrior>> read_priors(const std::filesystem::path& file,
                                                        const std::vector<std::string>& items) {
  auto csv = CsvReader::open(file);
  if (!csv) return csv.error();
  const auto header = csv->header();
  if (!header) return header.error();
  const auto item = header->column("item");
  const auto parameter = header->column("parameter");
  const auto mean = header->column("mean");
  const auto sd = header->column("sd");
  if (!item || !parameter || !mean || !sd)
    return csv->error_at(1, "a table of priors needs the columns item, parameter, mean and sd");
  NameIndex names;
  for (const std::string& name : items) names.number_of(name);
  std::vector<calibration::ItemPrior> priors(items.size());
  Row row;
  for (;;) {
    const auto more = csv->next(row);
    if (!more) return more.error();
    if (!*more) return priors;
    const auto member = parameter_named(trimmed(row.fields[*parameter]));
    if (!member) return csv->error_at(row.line, "the parameter is none of log_a, d, logit_c, threshold");
    const auto centre = number(row.fields[*mean]);
    const auto spread = number(row.fields[*sd]);
    if (!centre || !spread || *spread <= 0.0)
      return csv->error_at(row.line, "mean and sd must be numbers, the sd above 0");
    const std::string_view name = trimmed(row.fields[*item]);
    const int only = names.find(name);
    for (std::size_t i = 0; i < priors.size(); ++i)
      if (name == "*" || static_cast<int>(i) == only) priors[i].*(*member) = {*centre, *spread};
  }
}

}  // namespace trede::tables
