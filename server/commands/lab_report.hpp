// What `trede simulate` found, as described structs: report.json, and the same text inside report.html, whose page
// (web/report) draws it. Plain values. Shares are of 1, abilities and difficulties in logits.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

namespace trede::commands {

// mean ± half: a 95 % interval over seeds.
struct ReportedEstimate {
  double mean = 0;
  double half = 0;
};
BOOST_DESCRIBE_STRUCT(ReportedEstimate, (), (mean, half))

// In test score; the quarters of pupils by their test before.
struct ReportedGains {
  ReportedEstimate all, lowest, highest;
};
BOOST_DESCRIBE_STRUCT(ReportedGains, (), (all, lowest, highest))

// Ours minus another on the same pupils.
struct ReportedDifference {
  ReportedGains gains;
  double relative = 0;  // of the other's gain
};
BOOST_DESCRIBE_STRUCT(ReportedDifference, (), (gains, relative))

struct ReportedPolicy {
  std::string word, name;
  ReportedGains gains;
  double mastered = 0, success = 0, minutes = 0, video_minutes = 0, videos = 0, most_exposed = 0;
  double coverage = 0, rmse = 0, rate_correlation = 0, gifts_highest = 0, talent_growth = 0;
  std::vector<double> curve;  // mean test score, from the first minute to the last
  std::optional<ReportedDifference> ours_minus;
};
BOOST_DESCRIBE_STRUCT(ReportedPolicy, (),
                      (word, name, gains, mastered, success, minutes, video_minutes, videos, most_exposed,
                       coverage, rmse, rate_correlation, gifts_highest, talent_growth, curve, ours_minus))

struct ReportedWorld {
  std::string word, name, description;
  std::vector<ReportedPolicy> policies;
};
BOOST_DESCRIBE_STRUCT(ReportedWorld, (), (word, name, description, policies))

struct ReportedStudy {
  std::int64_t pupils = 0, seeds = 0, first_seed = 0;
  double minutes = 0;
  double cpu_seconds = 0;
  std::string ours;  // the word of the policy that others are compared with
  std::vector<ReportedWorld> worlds;
};
BOOST_DESCRIBE_STRUCT(ReportedStudy, (), (pupils, seeds, first_seed, minutes, cpu_seconds, ours, worlds))

// ---- a dry run of a bank ----

struct ReportedTopic {
  std::string id = {}, title = {};
  bool enrichment = false;
  double cut = 0, reached = 0;      // share of the pupils who practised it
  double mastered = 0;              // share of these
  double answers = 0, success = 0;  // a pupil who practised it
  double minutes = 0, video_minutes = 0;
  double nothing_easier = 0, nothing_harder = 0;  // share of its exercises
  double off_target = 0;                          // share that was more than .1 from the P(right) aimed at
  std::vector<double> items = {};                 // difficulties of its exercises
  std::vector<std::int64_t> too_hard = {},
                            too_easy = {};  // off target, by the difficulty there should have been
  std::int64_t videos = 0;                  // it has
};
BOOST_DESCRIBE_STRUCT(ReportedTopic, (),
                      (id, title, enrichment, cut, reached, mastered, answers, success, minutes,
                       video_minutes, nothing_easier, nothing_harder, off_target, items, too_hard, too_easy,
                       videos))

struct UsedItem {
  std::string id = {}, topic = {};
  double difficulty = 0;
  double pupils = 0;    // share who met it
  double share = 0;     // of all exercises given
  double of_topic = 0;  // of those of its topic
  double each = 0;      // times a pupil who met it
};
BOOST_DESCRIBE_STRUCT(UsedItem, (), (id, topic, difficulty, pupils, share, of_topic, each))

// The pupils of a school year, or a pupil at an edge of the bank.
struct ReportedCohort {
  std::string name = {};
  bool edge = false;
  double mean = 0;
  std::int64_t pupils = 0;
  double answers = 0, success = 0, minutes = 0, video_share = 0;  // a pupil; of the minutes
  double left_empty = 0;                    // sessions a pupil that ended for want of anything
  double at_end = 0;                        // share who mastered every topic …
  std::optional<double> weeks_to_end = {};  // … and the median of their weeks
  double different = 0, most_given = 0, gifts = 0, riddles = 0, enrichment = 0;
  std::vector<double> mastered = {};  // topics, week by week
};
BOOST_DESCRIBE_STRUCT(ReportedCohort, (),
                      (name, edge, mean, pupils, answers, success, minutes, video_share, left_empty, at_end,
                       weeks_to_end, different, most_given, gifts, riddles, enrichment, mastered))

struct Proposal {
  bool urgent = false;
  std::string topic;  // title; empty = the whole bank
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (urgent, topic, text))

struct ReportedBank {
  std::string title, folder;
  std::int64_t weeks = 0, sessions_a_week = 0, seed = 0;
  double session_minutes = 0, lowest_difficulty = 0, difficulty_step = 0;
  std::vector<Proposal> proposals;
  std::vector<ReportedCohort> cohorts;
  std::vector<ReportedTopic> topics;
  std::vector<UsedItem> most_used;  // at most 30
  std::vector<UsedItem> never_used;
};
BOOST_DESCRIBE_STRUCT(ReportedBank, (),
                      (title, folder, weeks, sessions_a_week, seed, session_minutes, lowest_difficulty,
                       difficulty_step, proposals, cohorts, topics, most_used, never_used))

struct LabReport {
  std::string program, written;
  std::int64_t engine = 0;
  std::optional<ReportedStudy> study;
  std::optional<ReportedBank> bank;
};
BOOST_DESCRIBE_STRUCT(LabReport, (), (program, written, engine, study, bank))

}  // namespace trede::commands
