// Effects as values: bands and zones, what is believed before data, sums that commute, and the bound on what is
// remembered of a pupil.
#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/effects/rest.hpp"
#include "engine/effects/statistics.hpp"
#include "engine/random.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::effects;

namespace {

// Three topics with two videos each.
Catalogue bank_of_six() {
  Catalogue bank = test::chain_bank(3, 4);
  for (int topic = 0; topic < 3; ++topic) bank.videos.push_back({.topic = topic});
  return bank;
}

Evidence evidence_about(std::vector<int> effects, Random& random) {
  Evidence evidence{std::move(effects), {}, random.normal(), random.uniform(), 0.3 * random.normal()};
  evidence.slopes = test::normals(static_cast<int>(evidence.effects.size()), random);
  return evidence;
}

std::vector<Evidence> many_answers(int count, int effects, std::uint64_t seed) {
  Random random{seed};
  std::vector<Evidence> all;
  for (int i = 0; i < count; ++i) {
    const int first = random.below(effects - 2);
    all.push_back(evidence_about({first + 2, first, first + 1}, random));
  }
  return all;
}

// The textbook form with dense matrices: Cov = (C⁻¹ + Λ)⁻¹, γ = Cov (C⁻¹ m + b).
Effects dense_estimate(const Catalogue& bank, const std::vector<Evidence>& answers) {
  const Prior before = prior(bank);
  const Eigen::MatrixXd root = before.root;
  const Eigen::MatrixXd precision = (root * root.transpose()).inverse();
  Eigen::MatrixXd information = precision;
  Eigen::VectorXd score = precision * before.mean;
  for (const Evidence& answer : answers) {
    Eigen::VectorXd h = Eigen::VectorXd::Zero(score.size());
    for (std::size_t i = 0; i < answer.effects.size(); ++i) h[answer.effects[i]] += answer.slopes[i];
    information += answer.information * h * h.transpose();
    score += (answer.step + answer.information * answer.applied) * h;
  }
  const Eigen::MatrixXd covariance = information.inverse();
  return {covariance * score, covariance.diagonal().cwiseSqrt(), covariance.topLeftCorner(5, 5)};
}

void check_same(const Effects& one, const Effects& other, double tolerance) {
  REQUIRE(one.count() == other.count());
  CHECK((one.value - other.value).cwiseAbs().maxCoeff() < tolerance);
  CHECK((one.sd - other.sd).cwiseAbs().maxCoeff() < tolerance);
  CHECK((one.practice_covariance - other.practice_covariance).cwiseAbs().maxCoeff() < tolerance);
}

EffectStatistics sum_of(const std::vector<Evidence>& answers) {
  EffectStatistics statistics;
  for (const Evidence& answer : answers) add(statistics, answer);
  return statistics;
}

double covariance_of(const Catalogue& bank, int one, int other) {
  const Eigen::MatrixXd root = prior(bank).root;
  return root.row(one).dot(root.row(other));
}

}  // namespace

TEST_CASE("effects: an exercise belongs to the band nearest to its predicted success", "[engine]") {
  CHECK(band_of(0.0) == 0);
  CHECK(band_of(0.63) == 0);
  CHECK(band_of(0.64) == 1);
  CHECK(band_of(0.75) == 2);
  CHECK(band_of(0.8) == 3);
  CHECK(band_of(0.99) == 4);
}

TEST_CASE("effects: a novice stands more than 1.2 below the cut", "[engine]") {
  CHECK(zone_of(-0.21, 1.0) == Zone::Novice);
  CHECK(zone_of(-0.19, 1.0) == Zone::Other);
  CHECK(video_effect(3, Zone::Other) == video_effect(3, Zone::Novice) + 1);
  CHECK(count_of_effects(bank_of_six()) == 6 + 12);
}

TEST_CASE("effects: without data the estimate is the first guess", "[engine]") {
  const Catalogue bank = bank_of_six();
  check_same(estimate(bank, {}), first_guess(bank), 1e-12);
  CHECK(first_guess(bank).value[video_effect(5, Zone::Novice)] == video_guess_novice.mean);
  CHECK(first_guess(bank).sd[practice_effect(4)] == practice_guess.sd);
}

TEST_CASE("effects: videos of one topic are believed to be more alike than others", "[engine]") {
  const Catalogue bank = bank_of_six();
  const auto novice = [](int video) { return video_effect(video, Zone::Novice); };
  const double variance = video_guess_novice.sd * video_guess_novice.sd;
  CHECK(covariance_of(bank, novice(0), novice(0)) == Approx(variance));
  CHECK(covariance_of(bank, novice(0), novice(3)) == Approx(0.75 * variance));
  CHECK(covariance_of(bank, novice(0), novice(1)) == Approx(0.5 * variance));
  CHECK(covariance_of(bank, novice(0), video_effect(0, Zone::Other)) == 0.0);
}

TEST_CASE("effects: what one video shows is partly believed of the others", "[engine]") {
  const Catalogue bank = bank_of_six();
  const auto novice = [](int video) { return video_effect(video, Zone::Novice); };
  EffectStatistics statistics;
  for (int answer = 0; answer < 400; ++answer)  // drawn to .6
    add(statistics, {{novice(0)}, Eigen::VectorXd::Constant(1, 1.0), 0.2 * 0.6, 0.2, 0.0});
  const Effects effects = estimate(bank, statistics);
  CHECK(effects.value[novice(0)] > 0.4);
  CHECK(effects.value[novice(3)] > effects.value[novice(1)] + 0.03);
  CHECK(effects.value[novice(1)] > video_guess_novice.mean + 0.05);
  CHECK(effects.value[video_effect(0, Zone::Other)] == Approx(video_guess_other.mean));
  CHECK(effects.sd[novice(0)] < effects.sd[novice(3)]);
  CHECK(effects.sd[novice(3)] < effects.sd[novice(1)]);
}

TEST_CASE("effects: what videos have in common is what to expect of one on a topic without others",
          "[engine]") {
  const Catalogue bank = bank_of_six();
  const auto before = common_to_videos(bank, {});
  CHECK(before[0].mean == Approx(video_guess_novice.mean));
  CHECK(before[1].sd == Approx(std::sqrt(shared_by_all_videos) * video_guess_other.sd));
  EffectStatistics statistics;
  for (int answer = 0; answer < 400; ++answer)
    add(statistics,
        {{video_effect(0, Zone::Novice)}, Eigen::VectorXd::Constant(1, 1.0), 0.2 * 0.6, 0.2, 0.0});
  const auto common = common_to_videos(bank, statistics);
  const Effects effects = estimate(bank, statistics);
  const int elsewhere =
      video_effect(1, Zone::Novice);  // of another topic: nothing is known of what is its own
  CHECK(common[0].mean == Approx(effects.value[elsewhere]));
  const double own = (1.0 - shared_by_all_videos) * video_guess_novice.sd * video_guess_novice.sd;
  CHECK(common[0].sd * common[0].sd + own == Approx(effects.sd[elsewhere] * effects.sd[elsewhere]));
  CHECK(common[1].mean == Approx(video_guess_other.mean));
}

TEST_CASE(
    "effects: when pupils gain little at one level, another that was never tried is believed to teach less "
    "too",
    "[engine]") {
  const Catalogue bank = bank_of_six();
  EffectStatistics statistics;
  for (int i = 0; i < 1000; ++i)
    add(statistics, {{practice_effect(0)}, Eigen::VectorXd::Constant(1, 9.0), 0.0, 0.3, 0.0});
  const Effects before = first_guess(bank), effects = estimate(bank, statistics);
  CHECK(effects.value[practice_effect(0)] == Approx(0.0).margin(0.003));
  const double lost = before.value[practice_effect(4)] - effects.value[practice_effect(4)];
  CHECK(lost > 0.7 * before.value[practice_effect(0)]);
}

TEST_CASE("effects: answers that are all wrong do not teach that practice, rest or videos do great harm",
          "[engine]") {
  const Catalogue bank = bank_of_six();
  for (const double step : {-0.5, 0.5}) {  // and all right not that they do wonders
    EffectStatistics statistics;
    for (int effect = 0; effect < count_of_effects(bank); ++effect)
      for (int answer = 0; answer < 5000; ++answer)
        add(statistics, {{effect}, Eigen::VectorXd::Constant(1, 1.0), step, 0.2, 0.0});
    const Effects effects = estimate(bank, statistics);
    for (int effect = 0; effect < effects.count(); ++effect) {
      CHECK(effects.value[effect] >= believable(effect).least);
      CHECK(effects.value[effect] <= believable(effect).most);
    }
    CHECK(effects.value[practice_effect(2)] == (step < 0 ? 0.0 : believable_practice.most));
    CHECK(effects.practice_covariance.diagonal().minCoeff() > 0.0);
  }
}

TEST_CASE("effects: practice is first guessed to teach most around .7", "[engine]") {
  const Eigen::VectorXd value = first_guess(bank_of_six()).value;
  CHECK(value[practice_effect(1)] > value[practice_effect(2)]);
  CHECK(value[practice_effect(2)] > value[practice_effect(0)]);
  CHECK(value[practice_effect(0)] > value[practice_effect(3)]);
  CHECK(value[practice_effect(4)] == Approx(practice_guess.mean * 0.68));
}

TEST_CASE("effects: the sparse estimate is the textbook's dense one", "[engine]") {
  const Catalogue bank = bank_of_six();
  const std::vector<Evidence> answers = many_answers(300, count_of_effects(bank), 71);
  check_same(estimate(bank, sum_of(answers)), dense_estimate(bank, answers), 1e-9);
}

TEST_CASE("effects: sums over shards agree in any order", "[engine]") {
  const Catalogue bank = bank_of_six();
  std::vector<Evidence> answers = many_answers(600, count_of_effects(bank), 72);
  const Effects together = estimate(bank, sum_of(answers));
  std::rotate(answers.begin(), answers.begin() + 217, answers.end());
  std::reverse(answers.begin() + 100, answers.end());
  std::vector<EffectStatistics> shards(4);
  for (std::size_t i = 0; i < answers.size(); ++i) add(shards[i * i % 4], answers[i]);
  EffectStatistics merged;
  for (const int shard : {2, 0, 3, 1}) add(merged, shards[shard]);
  CHECK(merged.answers == 600.0);
  check_same(estimate(bank, merged), together, 1e-12);
}

TEST_CASE("effects: an answer that widens the belief never makes an effect surer than before", "[engine]") {
  const Catalogue bank = bank_of_six();
  EffectStatistics statistics;
  for (int i = 0; i < 1000; ++i)
    add(statistics, {{practice_effect(0)}, Eigen::VectorXd::Constant(1, 9.0), 0.01, -0.3, 1.0});
  const Effects effects = estimate(bank, statistics);
  CHECK(effects.sd[practice_effect(0)] == Approx(practice_guess.sd));
  CHECK(effects.value[practice_effect(0)] > practice_guess.mean);
}

TEST_CASE("effects: of a pupil no more effects are remembered than the bound", "[engine]") {
  Catalogue bank = test::chain_bank(2, 3);
  bank.videos.assign(40, {.topic = 1});
  const Effects effects = first_guess(bank);
  Sensitivity sensitivity = no_sensitivity(2);
  double shift = 0.0;
  for (int video = 0; video < 40; ++video) {
    const double amount = 0.5 + 0.01 * video;  // the first matter least
    const int effect = video_effect(video, Zone::Novice);
    sensitivity =
        shifted(std::move(sensitivity), {.dimension = 1, .effect = effect, .amount = amount}, effects);
    if (video >= 40 - most_effects_of_pupil) shift += amount * effects.value[effect];
  }
  CHECK(sensitivity.effects.size() == most_effects_of_pupil);
  CHECK(std::count(sensitivity.effects.begin(), sensitivity.effects.end(), video_effect(0, Zone::Novice)) ==
        0);
  CHECK(sensitivity.applied[1] == Approx(shift));
  CHECK(sensitivity.slopes.row(1).dot(effects.value(sensitivity.effects)) == Approx(shift));
}

TEST_CASE("effects: another bank keeps what was learned about the videos it keeps", "[engine]") {
  const Catalogue before = bank_of_six();
  Catalogue after = bank_of_six();
  const std::vector<int> video_from = {3, -1, 0, 1, 2, 5};  // video 4 is gone, video 1 is new
  for (int video = 0; video < 6; ++video)
    after.videos[video].topic = video_from[video] < 0 ? 2 : before.videos[video_from[video]].topic;
  const std::vector<int> to_effect = effects_to(video_from, count_of_effects(before));
  std::vector<Evidence> answers = many_answers(200, video_effect(4, Zone::Novice), 73);
  const Effects moved = rebase(estimate(before, sum_of(answers)), after, video_from);
  for (Evidence& answer : answers)
    for (int& effect : answer.effects) effect = to_effect[effect];
  const Effects fresh = estimate(after, sum_of(answers));
  const EffectStatistics carried =
      rebase(sum_of(many_answers(200, video_effect(4, Zone::Novice), 73)), to_effect, first_guess(before));
  check_same(estimate(after, carried), fresh, 1e-12);
  for (const int effect : {practice_effect(1), forgetting_effect, video_effect(0, Zone::Other)}) {
    CHECK(moved.value[effect] == Approx(fresh.value[effect]));
    CHECK(moved.sd[effect] == Approx(fresh.sd[effect]));
  }
  CHECK(moved.value[video_effect(1, Zone::Other)] == video_guess_other.mean);
}

TEST_CASE("effects: a video that is gone leaves the others as they were estimated beside it", "[engine]") {
  const Catalogue before = bank_of_six();
  const int kept = practice_effect(0), gone = video_effect(5, Zone::Novice);
  EffectStatistics statistics;
  Eigen::VectorXd slopes(2);
  for (int i = 0; i < 4000; ++i) {
    slopes << 1.0 + i % 3, 1.0 + i % 2;
    add(statistics, {{kept, gone}, slopes, 0.2 * slopes.dot(Eigen::Vector2d(0.07, 0.5)), 0.2, 0.0});
  }
  const Effects effects = estimate(before, statistics);
  Catalogue after = before;
  after.videos.pop_back();
  const std::vector<int> to_effect = effects_to({0, 1, 2, 3, 4}, count_of_effects(before));
  const Effects later = estimate(after, rebase(statistics, to_effect, effects));
  CHECK(later.value[kept] == Approx(effects.value[kept]).margin(1e-9));
}

TEST_CASE("effects: what is forgotten adds up however the days are cut", "[engine]") {
  const Rest rest{.days = 2.0, .stability = 9.0};
  CHECK(forgetting(rest, 30.0) == Approx(forgetting(rest, 4.0) + forgetting(rested(rest, 4.0), 26.0)));
  CHECK(forgetting(practised({}), 7.0) == Approx(std::log(2.0)));
  CHECK(forgetting({}, 100.0) == 0.0);
  CHECK(forgetting(rest, -1.0) == 0.0);
}

TEST_CASE("effects: practice that bridged a rest is forgotten more slowly", "[engine]") {
  const Rest once = practised({});
  CHECK(practised(once).stability == once.stability);  // at once: nothing bridged
  CHECK(practised(rested(once, 3.0)).stability == Approx(once.stability + 3.0));
  CHECK(practised(rested(once, 90.0)).stability == Approx(2.0 * once.stability));
  Rest rest = once;
  for (int year = 0; year < 20; ++year) rest = practised(rested(rest, 365.0));
  CHECK(rest.stability == longest_stability);
  CHECK(rest.days == 0.0);
}
