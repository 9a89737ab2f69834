// Abilities from answers: against exact values and peers where the reference data are, and against the
// definitions.
#include "engine/calibration/scoring.hpp"

#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <functional>
#include <sstream>

#include "engine/calibration/scoring_terms.hpp"
#include "engine/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/figure.hpp"
#include "tests/support/reference.hpp"

namespace trede::calibration {
namespace {

using testing::check_near;

using Doubles = std::vector<double>;

boost::json::value parsed(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return boost::json::parse(text.str());
}

Doubles doubles(const boost::json::value& array) {
  Doubles values;
  for (const auto& each : array.as_array()) values.push_back(each.to_number<double>());
  return values;
}

ResponseTable table_of(const boost::json::value& patterns, int categories, int lowest) {
  ResponseTable table;
  for (const auto& pattern : patterns.as_array()) {
    const auto& answers = pattern.as_array();
    table.categories.assign(answers.size(), categories);
    for (std::size_t j = 0; j < answers.size(); ++j)
      table.responses.push_back(
          {static_cast<int>(j), static_cast<int>(answers[j].to_number<int>()) - lowest});
    table.begins.push_back(table.responses.size());
  }
  return table;
}

std::vector<Item> items_of(const Doubles& a, const Doubles& d, const Doubles& c) {
  std::vector<Item> items;
  for (std::size_t j = 0; j < a.size(); ++j) items.push_back({a[j], d[j], c[j]});
  return items;
}

void check_exact(const std::string& data, const std::string& model) {
  const auto file = testing::reference("irt/exact/exact_" + data + ".json");
  if (!file) return;
  const boost::json::value all = parsed(*file);
  const boost::json::value& fit = all.at(model);
  const auto items = items_of(doubles(fit.at("a")), doubles(fit.at("d")), doubles(fit.at("g")));
  const ResponseTable table = table_of(fit.at("patterns"), 2, 0);
  const Doubles eap = doubles(fit.at("EAP"));
  const Doubles sd = doubles(fit.at("SD"));
  const auto same_nodes = expected_abilities(table, items, {.nodes = 401, .range = 8.0});
  const auto usual_nodes = expected_abilities(table, items);
  REQUIRE(eap.size() == same_nodes.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < eap.size(); ++i) {
    check_near(same_nodes[i].ability, eap[i], 1e-11);
    check_near(same_nodes[i].error, sd[i], 1e-11);
    check_near(usual_nodes[i].ability, eap[i], 5e-6);
    check_near(usual_nodes[i].error, sd[i], 2e-5);  // ±6 cuts the tail of who has all right
    largest = std::max(largest, std::abs(same_nodes[i].ability - eap[i]));
  }
  testing::figure("calibration", "EAP of " + data + ", " + model + ": largest difference on the same nodes",
                  "1e-9", largest);
}

// One kind of score of a peer; absent where it gave an infinite one.
struct PeerScores {
  std::vector<std::optional<Estimate>> estimates;
};

PeerScores peer_scores(const boost::json::value& list, const char* ability, const char* error) {
  PeerScores scores;
  for (const auto& each : list.as_array()) {
    const boost::json::object& one = each.as_object();
    const bool numbers = one.contains(ability) && one.at(ability).is_number() && one.contains(error) &&
                         one.at(error).is_number();
    scores.estimates.push_back(numbers ? std::optional(Estimate{one.at(ability).to_number<double>(),
                                                                one.at(error).to_number<double>()})
                                       : std::nullopt);
  }
  return scores;
}

void check_scores(const PeerScores& peer, const std::vector<PersonScores>& ours,
                  const std::function<Estimate(const PersonScores&)>& which, double tolerance,
                  bool errors = true) {
  REQUIRE(peer.estimates.size() == ours.size());
  int compared = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const Estimate mine = which(ours[i]);
    if (!peer.estimates[i] || mine.at_bound) continue;
    ++compared;
    INFO("pattern " << i);
    check_near(mine.ability, peer.estimates[i]->ability, tolerance);
    if (errors) check_near(mine.error, peer.estimates[i]->error, tolerance);
  }
  CHECK(compared + 2 >= static_cast<int>(ours.size()));
}

Estimate eap(const PersonScores& scores) {
  return scores.eap;
}
Estimate map(const PersonScores& scores) {
  return scores.map;
}
Estimate ml(const PersonScores& scores) {
  return *scores.ml;
}
Estimate wle(const PersonScores& scores) {
  return *scores.wle;
}

std::vector<Item> items_of_mirt(const boost::json::value& fit) {
  std::vector<Item> items;
  for (const auto& row : fit.at("a_b").as_array()) {
    const boost::json::object& values = row.as_object();
    Item item{values.at("a").to_number<double>()};
    if (values.contains("b"))
      item.intercept = -item.slope * values.at("b").to_number<double>();
    else
      for (int v = 1; values.contains("b" + std::to_string(v)); ++v)
        item.thresholds.push_back(values.at("b" + std::to_string(v)).to_number<double>());
    if (values.contains("g")) item.guessing = values.at("g").to_number<double>();
    items.push_back(item);
  }
  return items;
}

struct ScoredWorld {
  std::vector<Item> items;
  ResponseTable table;
};

ScoredWorld some_world(int people, int items, double guessing, double ability, Random& random) {
  ScoredWorld world;
  for (int j = 0; j < items; ++j) {
    const double slope = std::exp(0.3 * random.normal());
    world.items.push_back({slope, -slope * random.normal(), guessing});
  }
  world.table.categories.assign(static_cast<std::size_t>(items), 2);
  for (int i = 0; i < people; ++i) {
    const double theta = ability + random.normal();
    for (int j = 0; j < items; ++j) {
      const double p = std::exp(log_probability(world.items[static_cast<std::size_t>(j)], 1, theta));
      world.table.responses.push_back({j, random.uniform() < p});
    }
    world.table.begins.push_back(world.table.responses.size());
  }
  return world;
}

ScoredWorld one_person(std::vector<Item> items, const std::vector<int>& answers) {
  ScoredWorld world{std::move(items), {}};
  for (std::size_t j = 0; j < answers.size(); ++j) {
    world.table.categories.push_back(
        std::max<int>(2, static_cast<int>(world.items[j].thresholds.size()) + 1));
    world.table.responses.push_back({static_cast<int>(j), answers[j]});
  }
  world.table.begins.push_back(answers.size());
  return world;
}

ScoringTerms sum_at(const ScoredWorld& world, double theta) {
  ScoringTerms sum;
  for (const Response answer : world.table.of(0)) {
    const ScoringTerms terms =
        scoring_terms(world.items[static_cast<std::size_t>(answer.item)], answer.category, theta);
    sum.slope += terms.slope;
    sum.curvature += terms.curvature;
    sum.information += terms.information;
    sum.skewness += terms.skewness;
  }
  return sum;
}

double log_likelihood_at(const ScoredWorld& world, double theta) {
  double sum = 0.0;
  for (const Response answer : world.table.of(0))
    sum += log_probability(world.items[static_cast<std::size_t>(answer.item)], answer.category, theta);
  return sum;
}

}  // namespace

TEST_CASE("scoring: EAP and its sd are exact on the classic sets", "[calibration]") {
  for (const char* data : {"LSAT6_persons", "LSAT7_persons", "SAT12_scored"})
    for (const char* model : {"1PL", "2PL", "3PL_prior_logitg_N(-1.39,0.5)"}) check_exact(data, model);
}

// mirt takes the standard error of a WLE from the curvature of ℓ + ½ ln I, Warm (and catR) from I.
TEST_CASE("scoring: EAP, MAP, ML and WLE agree with mirt on right-or-wrong items", "[calibration]") {
  for (const char* data : {"LSAT6", "LSAT7"}) {
    const auto file = testing::reference("irt/peers/mirt_" + std::string(data) + ".json");
    if (!file) return;
    const boost::json::value all = parsed(*file);
    const boost::json::value& fit = all.at("2PL");
    const auto scores = score(table_of(fit.at("patterns"), 2, 0), items_of_mirt(fit));
    const boost::json::value& peer = fit.at("scores");
    check_scores(peer_scores(peer.at("EAP"), "F1", "SE_F1"), scores, eap, 1e-6);
    check_scores(peer_scores(peer.at("MAP"), "F1", "SE_F1"), scores, map, 1e-4);
    check_scores(peer_scores(peer.at("ML"), "F1", "SE_F1"), scores, ml, 1e-3);
    check_scores(peer_scores(peer.at("WLE"), "F1", "SE_F1"), scores, wle, 1e-3, false);
  }
}

TEST_CASE("scoring: EAP, MAP, ML and WLE agree with catR on right-or-wrong items", "[calibration]") {
  for (const char* data : {"LSAT6", "LSAT7"}) {
    const auto file = testing::reference("irt/peers/catR_scores_" + std::string(data) + "_2PL.json");
    const auto fits = testing::reference("irt/peers/mirt_" + std::string(data) + ".json");
    if (!file || !fits) return;
    const boost::json::value all = parsed(*file);
    const auto scores = score(table_of(all.at("patterns"), 2, 0), items_of_mirt(parsed(*fits).at("2PL")));
    const boost::json::value& peer = all.at("scores");
    check_scores(peer_scores(peer.at("EAP"), "theta", "se"), scores, eap, 1e-5);
    check_scores(peer_scores(peer.at("BM"), "theta", "se"), scores, map, 1e-4);
    check_scores(peer_scores(peer.at("ML"), "theta", "se"), scores, ml, 1e-3);
    check_scores(peer_scores(peer.at("WL"), "theta", "se"), scores, wle, 1e-3);
  }
}

TEST_CASE("scoring: every kind agrees with mirt on ordered categories", "[calibration]") {
  const auto file = testing::reference("irt/peers/mirt_Science.json");
  if (!file) return;
  const boost::json::value all = parsed(*file);
  const boost::json::value& fit = all.at("GPCM");
  const auto scores = score(table_of(fit.at("patterns"), 4, 1), items_of_mirt(fit));
  const boost::json::value& peer = fit.at("scores");
  check_scores(peer_scores(peer.at("EAP"), "F1", "SE_F1"), scores, eap, 1e-6);
  check_scores(peer_scores(peer.at("MAP"), "F1", "SE_F1"), scores, map, 1e-4);
  check_scores(peer_scores(peer.at("WLE"), "F1", "SE_F1"), scores, wle, 1e-3, false);
}

TEST_CASE("scoring: slopes, curvatures and Warm's terms are the derivatives they claim to be",
          "[calibration]") {
  const std::vector<Item> items = {{1.4, -0.3}, {0.8, 0.5, 0.2}, {0.9, 0.0, 0.0, {-1.0, 0.2, 0.1}}};
  const double h = 1e-5;
  for (const Item& item : items) {
    const int categories = std::max<int>(2, static_cast<int>(item.thresholds.size()) + 1);
    for (const double theta : {-3.0, -0.4, 0.0, 1.7, 4.0}) {
      double information = 0.0;
      double skewness = 0.0;
      double total = 0.0;
      for (int k = 0; k < categories; ++k) {
        const auto log_p = [&](double x) { return log_probability(item, k, x); };
        const ScoringTerms terms = scoring_terms(item, k, theta);
        check_near(terms.slope, (log_p(theta + h) - log_p(theta - h)) / (2 * h), 1e-8);
        check_near(
            terms.curvature,
            (scoring_terms(item, k, theta + h).slope - scoring_terms(item, k, theta - h).slope) / (2 * h),
            1e-8);
        const double p = std::exp(log_p(theta));
        total += p;
        information += p * terms.slope * terms.slope;
        // P''/P = (ln P)'' + (ln P)'²
        skewness += p * terms.slope * (terms.curvature + terms.slope * terms.slope);
      }
      CHECK(total == Approx(1.0));
      check_near(scoring_terms(item, 0, theta).information, information, 1e-12);
      check_near(scoring_terms(item, 1, theta).skewness, skewness, 1e-12);
    }
  }
}

TEST_CASE("scoring: with guessing every estimate fulfils its own equation", "[calibration]") {
  Random random{11};
  for (int draw = 0; draw < 200; ++draw) {
    const ScoredWorld world = some_world(1, 20, 0.25, 0.0, random);
    const PersonScores scores = score(world.table, world.items).front();
    check_near(sum_at(world, scores.map.ability).slope - scores.map.ability, 0.0, 1e-9);
    const double step = 0.05;
    const auto posterior = [&](double x) { return log_likelihood_at(world, x) - 0.5 * x * x; };
    for (double x = -5.0; x <= 5.0; x += step) CHECK(posterior(x) <= posterior(scores.map.ability) + 1e-9);
    if (!scores.ml->at_bound) check_near(sum_at(world, scores.ml->ability).slope, 0.0, 1e-9);
    const ScoringTerms at = sum_at(world, scores.wle->ability);
    if (!scores.wle->at_bound) {
      check_near(at.slope + 0.5 * at.skewness / at.information, 0.0, 1e-8);
      CHECK(scores.wle->error == Approx(1.0 / std::sqrt(at.information)));
    }
  }
}

TEST_CASE("scoring: all right and all wrong have finite scores, ML says that it stands at the bound",
          "[calibration]") {
  for (const double guessing : {0.0, 0.2}) {
    const std::vector<Item> items(5, Item{1.2, 0.3, guessing});
    for (const int answer : {0, 1}) {
      const ScoredWorld world = one_person(items, std::vector<int>(5, answer));
      const PersonScores scores = score(world.table, world.items).front();
      CHECK(scores.ml->at_bound);
      CHECK(scores.ml->ability == (answer == 1 ? 6.0 : -6.0));
      CHECK_FALSE(scores.map.at_bound);
      CHECK(std::abs(scores.eap.ability) < 3.0);
      CHECK(std::isfinite(scores.wle->ability));
      CHECK((scores.wle->ability > 0.0) == (answer == 1));
      CHECK(std::abs(scores.wle->ability) < 6.0);
      for (const Estimate& each : {scores.eap, scores.map, *scores.ml, *scores.wle})
        CHECK(std::isfinite(each.error));
    }
  }
}

TEST_CASE("scoring: someone without answers has the group's mean and sd and nothing else", "[calibration]") {
  ScoredWorld world = one_person({{1.0, 0.0}}, {1});
  world.table.begins = {0, 0, 1};
  world.table.groups = {1, 0};
  const auto scores = score(world.table, world.items, {.groups = {{0.0, 1.0}, {-0.5, 0.7}}});
  CHECK(scores[0].eap.ability == Approx(-0.5));
  CHECK(scores[0].eap.error == Approx(0.7));
  CHECK(scores[0].map.ability == Approx(-0.5));
  CHECK(scores[0].map.error == Approx(0.7));
  CHECK_FALSE(scores[0].ml);
  CHECK_FALSE(scores[0].wle);
  CHECK(scores[1].ml);
}

TEST_CASE("scoring: fourteen hundred and a hundred thousand answers do not underflow", "[calibration]") {
  Random random{3};
  for (const int count : {1'400, 100'000}) {
    const ScoredWorld world = some_world(1, count, 0.0, 0.3, random);
    const PersonScores scores = score(world.table, world.items).front();
    // A fine sum around the mode is exact here.
    double mass = 0.0, first = 0.0, second = 0.0;
    const double top = log_likelihood_at(world, scores.map.ability);
    const double step = scores.map.error / 4.0;
    for (int k = -32; k <= 32; ++k) {
      const double x = scores.map.ability + k * step;
      const double weight = std::exp(log_likelihood_at(world, x) - top - 0.5 * x * x);
      mass += weight;
      first += weight * x;
      second += weight * x * x;
    }
    const double mean = first / mass;
    check_near(scores.eap.ability, mean, 1e-9);
    CHECK(scores.eap.error == Approx(std::sqrt(second / mass - mean * mean)).epsilon(1e-5));
    CHECK(expected_abilities(world.table, world.items).front().ability == scores.eap.ability);
  }
}

TEST_CASE("scoring: the number of workers changes nothing", "[calibration]") {
  Random random{4};
  const ScoredWorld world = some_world(1'000, 30, 0.2, 0.0, random);
  const auto one = score(world.table, world.items, {.workers = 1});
  const auto three = score(world.table, world.items, {.workers = 3});
  for (std::size_t i = 0; i < one.size(); ++i) {
    CHECK(one[i].eap.ability == three[i].eap.ability);
    CHECK(one[i].wle->ability == three[i].wle->ability);
  }
}

TEST_CASE("scoring: extreme items never make a score that is no number", "[calibration]") {
  const std::vector<Item> items = {
      {300.0, 0.0}, {0.001, 900.0}, {40.0, -800.0, 0.3}, {-1.0, 0.0}, {5.0, 0.0, 0.0, {-90.0, 90.0}}};
  for (const std::vector<int>& answers :
       {std::vector<int>{0, 0, 0, 0, 0}, std::vector<int>{1, 1, 1, 1, 2}, std::vector<int>{1, 0, 1, 0, 1}}) {
    const ScoredWorld world = one_person(items, answers);
    const PersonScores scores = score(world.table, world.items).front();
    for (const Estimate& each : {scores.eap, scores.map, *scores.ml, *scores.wle}) {
      CHECK(std::isfinite(each.ability));
      CHECK(std::isfinite(each.error));
    }
  }
}

}  // namespace trede::calibration
