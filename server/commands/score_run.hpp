// The work of `trede score`: abilities of the people in a table of answers, by items with known parameters.
// Any thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "engine/calibration/calibration.hpp"
#include "server/tables/answers.hpp"

namespace trede::commands {

struct ScoreRequest {
  std::string responses = {};
  std::optional<tables::Layout> layout = {};
  std::string items;
  calibration::Group prior = {};  // N(mean, sd²) of the people
  int nodes = 61;
  double range = 6.0;
  int workers = 1;
};

struct ReportedPerson {
  std::string id;
  int answers = 0;
  double eap = 0.0, sd_eap = 0.0;
  double map = 0.0, se_map = 0.0;
  std::optional<double> wle = {}, se_wle = {}, ml = {}, se_ml = {};  // nothing for who gave no answer
  std::optional<bool> wle_at_bound = {}, ml_at_bound = {};           // said where it is so
};
BOOST_DESCRIBE_STRUCT(ReportedPerson, (),
                      (id, answers, eap, sd_eap, map, se_map, wle, se_wle, ml, se_ml, wle_at_bound,
                       ml_at_bound))

struct ScoreReport {
  std::vector<ReportedPerson> people;
  std::vector<std::string> notes;
  double seconds = 0.0;  // of scoring, without reading
};
BOOST_DESCRIBE_STRUCT(ScoreReport, (), (people, notes, seconds))

Result<ScoreReport> run_score(const ScoreRequest& request);

}  // namespace trede::commands
