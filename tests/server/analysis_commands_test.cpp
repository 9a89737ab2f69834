// trede calibrate, score and cat: files in, reports out, and every fault told.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/random.hpp"
#include "server/commands/calibrate_command.hpp"
#include "server/commands/calibration_run.hpp"
#include "server/commands/cat_command.hpp"
#include "server/commands/cat_run.hpp"
#include "server/commands/score_command.hpp"
#include "server/commands/score_run.hpp"
#include "server/protocol/codec.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::commands {
namespace {

using calibration::Model;
using Catch::Matchers::Contains;

// Bock & Lieberman (1970): patterns of five items and how many of 1,000 people gave them.
constexpr const char* lsat7 = R"("Item.1","Item.2","Item.3","Item.4","Item.5","freq"
0,0,0,0,0,12
0,0,0,0,1,19
0,0,0,1,0,1
0,0,0,1,1,7
0,0,1,0,0,3
0,0,1,0,1,19
0,0,1,1,0,3
0,0,1,1,1,17
0,1,0,0,0,10
0,1,0,0,1,5
0,1,0,1,0,3
0,1,0,1,1,7
0,1,1,0,0,7
0,1,1,0,1,23
0,1,1,1,0,8
0,1,1,1,1,28
1,0,0,0,0,7
1,0,0,0,1,39
1,0,0,1,0,11
1,0,0,1,1,34
1,0,1,0,0,14
1,0,1,0,1,51
1,0,1,1,0,15
1,0,1,1,1,90
1,1,0,0,0,6
1,1,0,0,1,25
1,1,0,1,0,7
1,1,0,1,1,35
1,1,1,0,0,18
1,1,1,0,1,136
1,1,1,1,0,32
1,1,1,1,1,308
)";

class Folder {
 public:
  std::string file(const std::string& name, const std::string& text) const {
    const std::string path = (folder_.path() / name).string();
    REQUIRE(tables::write_text(path, text).has_value());
    return path;
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

 private:
  testing::TemporaryFolder folder_;
};

std::string content_of(const std::string& path) {
  std::ifstream stream(path);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string calibration_problem(const std::string& text, Model model = Model::TwoPl) {
  const Folder folder;
  const auto run = run_calibration({.responses = folder.file("answers.csv", text), .model = model});
  return run ? "" : run.error().detail;
}

bool has_note(const std::vector<std::string>& notes, const std::string& part) {
  return std::any_of(notes.begin(), notes.end(),
                     [&](const std::string& note) { return note.find(part) != note.npos; });
}

}  // namespace

TEST_CASE("calibrate: patterns of LSAT7 give the known optimum, parameters and fit", "[server]") {
  const Folder folder;
  const auto run = run_calibration({.responses = folder.file("lsat7.csv", lsat7)});
  REQUIRE(run.has_value());
  const CalibrationReport& report = run->report;
  CHECK(std::abs(report.log_likelihood - -2658.805113552) < 1e-6);
  CHECK(report.converged);
  CHECK(report.people == 1000.0);
  const std::vector<double> a = {.9875459, 1.0808371, 1.7074777, .7649899, .7356727};
  const std::vector<double> b = {-1.8792601, -.7475406, -1.0572356, -.6353023, -2.5207644};
  const std::vector<double> s_x2 = {4.750540, 14.453453, 1.272660, 5.236482, .940942};
  for (std::size_t i = 0; i < 5; ++i) {
    const ReportedItem& item = report.items[i];
    CHECK(std::abs(item.a - a[i]) < 1e-4);
    CHECK(std::abs(*item.b - b[i]) < 1e-4);
    CHECK(*item.se_a > 0.05);
    REQUIRE(item.s_x2);
    CHECK(std::abs(item.s_x2->statistic - s_x2[i]) < 1e-3);
    CHECK(item.s_x2->df == 2);
    CHECK(std::abs(*item.infit - 1.0) < 0.1);
  }
}

TEST_CASE("calibrate: its items score the same people, and anchor them again", "[server]") {
  const Folder folder;
  const std::string answers = folder.file("lsat7.csv", lsat7);
  const auto run = run_calibration({.responses = answers});
  REQUIRE(run.has_value());
  const std::string items = folder.file("items.csv", tables::items_as_csv(run->items, run->errors));
  const auto scored = run_score({.responses = answers, .items = items});
  REQUIRE(scored.has_value());
  REQUIRE(scored->people.size() == 32);
  CHECK(std::abs(scored->people[0].eap - -1.8697833) < 1e-4);
  CHECK(std::abs(scored->people[0].sd_eap - .6926993) < 1e-4);
  CHECK(std::abs(*scored->people[31].wle - 1.0881910) < 1e-3);
  CHECK(scored->people[31].ml_at_bound);
  CHECK(has_note(scored->notes, "without a finite maximum"));
  const auto anchored = run_calibration({.responses = answers, .anchors = items});
  REQUIRE(anchored.has_value());
  CHECK(std::abs(anchored->report.mean) < 1e-3);
  CHECK(std::abs(anchored->report.sd - 1.0) < 1e-3);
  CHECK(anchored->report.items[2].treatment == "anchored");
  CHECK_FALSE(anchored->report.items[2].se_a);
}

TEST_CASE("calibrate: categories from 1 are read, written and scored as they were", "[server]") {
  const Folder folder;
  std::string text = "x,y,z\n";
  for (int i = 0; i < 300; ++i) {
    const auto category = [&](int step) { return std::to_string(1 + (i * step / 7 + i % 5) % 3); };
    text += category(1) + "," + category(2) + "," + category(3) + "\n";
  }
  const std::string answers = folder.file("answers.csv", text);
  const auto run = run_calibration({.responses = answers, .model = Model::Gpcm});
  REQUIRE(run.has_value());
  CHECK(run->report.items[0].thresholds->size() == 2);
  CHECK_FALSE(run->report.items[0].b);
  CHECK(has_note(run->report.notes, "are written 1, 2, 3 and read as 0, 1, 2"));
  const std::string items = folder.file("items.csv", tables::items_as_csv(run->items, run->errors));
  const auto one = run_score({.responses = folder.file("one.csv", "y,x\n3,2\n"), .items = items});
  REQUIRE(one.has_value());
  CHECK(one->people[0].answers == 2);
  const auto wrong = run_score({.responses = folder.file("wrong.csv", "y,x\n3,0\n"), .items = items});
  REQUIRE_FALSE(wrong.has_value());
  CHECK_THAT(wrong.error().detail,
             Contains("line 2: item \"x\" is answered 0, but its categories are 1, 2, 3"));
}

TEST_CASE("calibrate: what is odd is told and never becomes a number that is none", "[server]") {
  const Folder folder;
  const std::string answers = folder.file("answers.csv",
                                          "id,easy,usual,empty,other\n"
                                          "ann,1,0,NA,1\nbob,1,1,NA,0\ncas,1,0,NA,1\ndee,NA,NA,NA,NA\n"
                                          "ann,1,1,NA,NA\nevi,1,1,,1\nfay,1,0,,0\ngus,1,1,,1\n");
  for (const Model model : {Model::OnePl, Model::TwoPl, Model::ThreePl, Model::Gpcm}) {
    const auto run = run_calibration({.responses = answers, .model = model});
    REQUIRE(run.has_value());
    const CalibrationReport& report = run->report;
    INFO(word(model));
    CHECK(has_note(report.notes, "line 6: the same person answered the same item before"));
    CHECK(has_note(report.notes, "without any answer"));
    CHECK(has_note(report.notes, "item \"easy\""));
    CHECK(has_note(report.notes, "item \"empty\""));
    CHECK(std::isfinite(report.log_likelihood));
    for (const ReportedItem& item : report.items) CHECK(std::isfinite(item.a));
    CHECK_THAT(protocol::encode_plain(report), !Contains("nan") && !Contains("inf\""));
  }
}

TEST_CASE("calibrate: bad input is refused with the line and in plain words", "[server]") {
  CHECK_THAT(calibration_problem("x,y\n1,0\n0,2\n"), Contains("line 3: item \"y\" is answered 2"));
  CHECK_THAT(calibration_problem("x,y\n1,0\n0\n"), Contains("line 3: 1 field where the header has 2"));
  CHECK_THAT(calibration_problem("1,0,1\n0,0,1\n"), Contains("is this line a header?"));
  CHECK_THAT(calibration_problem("ann,x,1\nann,y,0\nbob,x,0\n"), Contains("without a header"));
  CHECK_THAT(calibration_problem("ann,x,1,86400\nann,y,0,86460\n"), Contains("without a header"));
  CHECK_THAT(calibration_problem(""), Contains("is empty"));
  CHECK_THAT(calibration_problem("x,y\n1,1\n1,1\n", Model::Gpcm), Contains("no item is left"));
  const Folder folder;
  const std::string answers = folder.file("answers.csv", "x,y\n1,0\n0,1\n1,1\n0,0\n");
  const auto refused = [&](CalibrationRequest request) {
    request.responses = answers;
    const auto run = run_calibration(request);
    return run ? std::string() : run.error().detail;
  };
  CHECK_THAT(refused({.growth = true}), Contains("times are read from a long table"));
  CHECK_THAT(refused({.model = Model::Gpcm, .growth = true}), Contains("1pl and 2pl"));
  CHECK_THAT(refused({.prior = "/no/such/file"}), Contains("there is no file"));
  CHECK_THAT(refused({.anchors = folder.file("items.csv", "item,a,b\nz,1,0\n")}),
             Contains("none of the items"));
  CHECK_THAT(refused({.anchors = folder.file("i2.csv", "item,a,thresholds\nx,1,0;1\n")}),
             Contains("thresholds"));
}

TEST_CASE("calibrate: what an expert would see at once is said", "[server]") {
  const Folder folder;
  Random random{3};
  std::string text = "ann,a,b,c,key,coin\n";
  for (int i = 0; i < 400; ++i) {
    const double ability = random.normal();
    const auto right = [&](double slope) {
      return random.uniform() < 1.0 / (1.0 + std::exp(-slope * ability)) ? 1 : 0;
    };
    text += fmt::format("{},{},{},{},{},{}\n", right(1.5), right(1.5), right(1.5), right(1.5), right(-1.5),
                        i % 2);
  }
  const auto run = run_calibration({.responses = folder.file("answers.csv", text), .fit = FitWanted::No});
  REQUIRE(run.has_value());
  CHECK(has_note(run->report.notes, "is the key right?): \"key\""));
  CHECK_FALSE(has_note(run->report.notes, "fewer than 30"));
  const auto few = run_calibration({.responses = folder.file("few.csv", "x,y\n1,0\n0,1\n1,0\n0,1\n")});
  REQUIRE(few.has_value());
  CHECK(has_note(few->report.notes, "2 items with fewer than 30 answers"));
  const auto flat = run_calibration({.responses = folder.file("flat.csv", "x,y\n1,0\n0,1\n1,1\n0,0\n")});
  REQUIRE(flat.has_value());
  CHECK(has_note(flat->report.notes, "hardly tell people apart"));
  CHECK_FALSE(flat->report.items[0].b);
}

TEST_CASE("calibrate: fit of a stream in which answers chose the items looks at earlier answers only",
          "[server]") {
  const Folder folder;
  Random random{12};
  std::string text = "person,item,response\n";
  for (int person = 0; person < 1500; ++person) {
    const double ability = random.normal();
    int item = 10;
    for (int k = 0; k < 8; ++k) {
      const int right = random.uniform() < 1.0 / (1.0 + std::exp(-(ability - (item - 10) / 4.0))) ? 1 : 0;
      text += fmt::format("p{},i{}-{},{}\n", person, k, item, right);
      item += right == 1 ? 8 - k : k - 8;
    }
  }
  const std::string answers = folder.file("stream.csv", text);
  const auto fit_of = [&](FitWanted fit) {
    const auto run = run_calibration({.responses = answers, .model = Model::OnePl, .fit = fit});
    REQUIRE(run.has_value());
    int tested = 0, rejected = 0;
    for (const ReportedItem& item : run->report.items) {
      tested += item.prediction.has_value();
      rejected += item.prediction && item.prediction->p < 0.05;
    }
    REQUIRE(tested > 10);
    return static_cast<double>(rejected) / tested;
  };
  CHECK(fit_of(FitWanted::Earlier) <= 0.15);
  CHECK(fit_of(FitWanted::Other) > fit_of(FitWanted::Earlier));
}

TEST_CASE("calibrate: abilities known more closely than 61 nodes can tell get more of them", "[server]") {
  const Folder folder;
  Random random{5};
  std::string text = "person,item,response\n";
  for (int person = 0; person < 15; ++person) {
    const double ability = random.normal();
    for (int item = 0; item < 500; ++item)
      text += fmt::format("p{},i{},{}\n", person, item,
                          random.uniform() < 1.0 / (1.0 + std::exp((item - 250) / 120.0 - ability)) ? 1 : 0);
  }
  CalibrationRequest request{
      .responses = folder.file("long.csv", text), .model = Model::OnePl, .fit = FitWanted::No};
  const auto usual = run_calibration(request);
  REQUIRE(usual.has_value());
  CHECK(has_note(usual->report.notes, "up to 500 answers a person tell more than 61 nodes can hold: 137"));
  CHECK(usual->report.converged);
  CHECK(usual->report.iterations < 40);
  request.nodes = 61;
  const auto asked = run_calibration(request);
  REQUIRE(asked.has_value());
  CHECK_FALSE(has_note(asked->report.notes, "nodes can hold"));
}

TEST_CASE("calibrate: priors of a file hold the items, and their log-likelihood is told apart", "[server]") {
  const Folder folder;
  const std::string answers = folder.file("lsat7.csv", lsat7);
  const std::string priors = folder.file("priors.csv", "item,parameter,mean,sd\n*,log_a,0,0.01\n");
  const auto run = run_calibration({.responses = answers, .prior = priors});
  REQUIRE(run.has_value());
  for (const ReportedItem& item : run->report.items) CHECK(std::abs(std::log(item.a)) < 0.05);
  REQUIRE(run->report.penalised_log_likelihood);
  CHECK(*run->report.penalised_log_likelihood != run->report.log_likelihood);
}

TEST_CASE("calibrate: pupils who grow by the day are seen to", "[server][.slow]") {
  const Folder folder;
  Random random{9};
  std::string text = "person,item,response,time\n";
  for (int person = 0; person < 100; ++person) {
    const double start = random.normal();
    for (int k = 0; k < 30; ++k) {
      const int item = static_cast<int>(random.uniform() * 20.0);
      const double z = start + 0.03 * 2.0 * k - (item - 10.0) / 5.0;
      text += fmt::format("p{},i{},{},{}\n", person, item,
                          random.uniform() < 1.0 / (1.0 + std::exp(-z)) ? 1 : 0, k * 2 * 86'400);
    }
  }
  const auto run =
      run_calibration({.responses = folder.file("term.csv", text), .model = Model::OnePl, .growth = true});
  REQUIRE(run.has_value());
  REQUIRE(run->report.growth);
  CHECK(run->report.growth->clock);
  CHECK(run->report.growth->per_day > 0.015);
  CHECK(run->report.growth->per_day < 0.045);
  CHECK(run->report.answers == 3000.0);
}

TEST_CASE("score: items without parameters are told, people without answers keep the prior", "[server]") {
  const Folder folder;
  const std::string items = folder.file("items.csv", "item,a,b\nx,1,0\ny,1.5,-1\n");
  const auto report =
      run_score({.responses = folder.file("answers.csv", "id,x,new\nann,1,0\nbob,NA,1\n"), .items = items});
  REQUIRE(report.has_value());
  CHECK(has_note(report->notes, "1 item without parameters, the first of them \"new\": their 2 answers"));
  CHECK(report->people[1].answers == 0);
  CHECK(std::abs(report->people[1].eap) < 1e-9);
  CHECK_FALSE(report->people[1].wle);
  const auto none = run_score({.responses = folder.file("other.csv", "z\n1\n0\n"), .items = items});
  REQUIRE_FALSE(none.has_value());
  CHECK_THAT(none.error().detail, Contains("none of the items"));
}

TEST_CASE("cat: sequences equal the oracle's files byte by byte", "[server]") {
  const auto cat = testing::reference("irt/cat");
  if (!cat) return;
  CatRequest request{.bank = (*cat / "bank_2pl.csv").string(),
                     .answers = (*cat / "resp_2pl.csv").string(),
                     .theta = (*cat / "theta.csv").string(),
                     .rules = {}};
  const auto sd = run_cat(request);
  REQUIRE(sd.has_value());
  CHECK(sd->sequences == content_of((*cat / "numpy_2pl_sd_items.txt").string()));
  CHECK(std::abs(sd->report.mean_length - 13.621) < 1e-9);
  CHECK(std::abs(*sd->report.bias - -.0221) < 1e-4);
  CHECK(std::abs(*sd->report.rmse - .3247) < 1e-4);
  request.rules.stop = lab::StopRule::Information;
  const auto information = run_cat(request);
  REQUIRE(information.has_value());
  CHECK(information->sequences == content_of((*cat / "numpy_2pl_info_items.txt").string()));
}

TEST_CASE("cat: answers with names, missing answers, and what is wrong with a matrix", "[server]") {
  const Folder folder;
  const std::string bank = folder.file("bank.csv", "item,a,b\nx,1,0\ny,2,0\n");
  const auto run = [&](const std::string& answers, const std::string& theta) {
    return run_cat({.bank = bank,
                    .answers = folder.file("answers.csv", answers),
                    .theta = theta.empty() ? "" : folder.file("theta.csv", theta),
                    .rules = {}});
  };
  const auto named = run("person,y,x\nann,1,0\nbob,NA,1\n", "person,theta\nbob,1\nann,0.5\n");
  REQUIRE(named.has_value());
  CHECK(named->sequences == "ann,y,x\nbob,x\n");
  CHECK(named->report.bands->size() == 2);
  CHECK(has_note(named->report.notes, "no item was left"));
  CHECK(has_note(named->report.notes, "1 answer is missing"));
  const auto twice = run("person,y,x\nann,1,0\nann,0,1\ndee,,\n", "");
  REQUIRE(twice.has_value());
  CHECK(has_note(twice->report.notes, "\"ann\" has several rows"));
  CHECK(has_note(twice->report.notes, "1 person without any answer"));
  CHECK_THAT(run("1,0\n1\n", "").error().detail, Contains("line 2: 1 answers where 2 are needed"));
  CHECK_THAT(run("1,0\n1,3\n", "").error().detail, Contains("line 2: column 2 is \"3\""));
  CHECK_THAT(run("x,z\n1,0\n", "").error().detail, Contains("\"z\" is no item of the bank"));
  CHECK_THAT(run("x\n1\n", "").error().detail, Contains("item \"y\" of the bank has no column"));
  CHECK_THAT(run("1,0\n", "person,theta\n7,1\n").error().detail,
             Contains("line 2: this person has no answers"));
  CHECK_THAT(run("1,0\n1,1\n", "person,theta\n0,1\n").error().detail,
             Contains("says nothing of person \"1\""));
}

TEST_CASE("analysis commands: each says with --help how it is used", "[server]") {
  CLI::App app{"trede"};
  add_calibrate_command(app);
  add_score_command(app);
  add_cat_command(app);
  for (const char* name : {"calibrate", "score", "cat"}) {
    const std::string help = app.get_subcommand(name)->help();
    CHECK_THAT(help, Contains("Example:") && Contains("--json"));
  }
  CHECK_THROWS_AS(app.parse("calibrate --responses x --model 5pl", false), CLI::ValidationError);
}

}  // namespace trede::commands
