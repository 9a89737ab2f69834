// The work of `trede cat`: an adaptive test replayed for everybody in a fixed matrix of answers. Any thread.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "engine/lab/adaptive_test.hpp"

namespace trede::commands {

struct CatRequest {
  std::string bank;
  std::string answers;
  std::string theta = {};  // "" = the truth is not known
  lab::TestRules rules = {};
};

struct ReportedBand {
  double from = 0.0;
  double to = 0.0;
  std::int64_t tests = 0;
  double mean_length = 0.0;
  double bias = 0.0;
  double rmse = 0.0;
};
BOOST_DESCRIBE_STRUCT(ReportedBand, (), (from, to, tests, mean_length, bias, rmse))

struct CatReport {
  std::int64_t tests = 0;
  std::int64_t items = 0;  // in the bank
  double mean_length = 0.0;
  std::optional<double> bias, rmse;
  std::optional<std::vector<ReportedBand>> bands;
  double microseconds_per_step = 0.0;  // processor time of choice and score
  std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(CatReport, (),
                      (tests, items, mean_length, bias, rmse, bands, microseconds_per_step, notes))

struct CatRun {
  CatReport report;
  std::string sequences;  // "person,item,item,…" lines
  std::string results;    // "person,ability,error,length" lines below such a header
};

// Formats: bank item,a,b[,c]; answers a matrix of 0, 1, NA, a row a person, with a header of the bank's items
// or, without one, in the bank's order; theta person,theta in the order of the answers or with their names.
Result<CatRun> run_cat(const CatRequest& request);

}  // namespace trede::commands
