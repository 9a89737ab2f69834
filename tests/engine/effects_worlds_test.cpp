// Four worlds whose way of learning the tracker does not know: six topics in a chain, pupils practise at the band
// that the learned gains favour and watch videos when these promise more a minute. Do the intervals hold, and does
// the tracker find out who learns fast?
#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/effects/moves.hpp"
#include "engine/effects/statistics.hpp"
#include "engine/lab/worlds.hpp"
#include "tests/engine/effects_support.hpp"
#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

using namespace trede;
using namespace trede::effects;
using lab::SimulatedPupil;
using lab::World;
using testing::figure;

namespace {

constexpr int budget = 240;    // units of time a pupil: an exercise takes one …
constexpr int video_time = 3;  // … and a video three
constexpr int redraw = 5;      // rounds between draws of γ

// 27 exercises a topic, two logits and a bit around the pupils in every direction; each topic .4 above the last.
Catalogue chain_of_six() {
  Catalogue bank;
  for (int k = 0; k < 6; ++k) {
    CatalogueTopic topic{.cut = 0.8 + 0.4 * k};
    if (k > 0) topic.prerequisites = {k - 1};
    for (int i = 0; i < 27; ++i) {
      topic.items.push_back(static_cast<int>(bank.items.size()));
      bank.items.push_back(test::item_of(k, topic.cut - 4.5 + 0.25 * i, 1.3));
    }
    bank.topics.push_back(topic);
    bank.videos.push_back({.topic = k});
  }
  return bank;
}

struct Member {
  SimulatedPupil truth;
  Tracked belief;
  int used = 0;
  int last_video = -99;
};

struct Draw {
  Eigen::VectorXd gains;  // by band
  Eigen::VectorXd all;    // by effect
};

Draw draw_of(const Effects& effects, Random& random) {
  const Eigen::MatrixXd root = effects.practice_covariance.llt().matrixL();
  Draw draw;
  draw.gains = effects.value.head(root.rows()) + root * test::normals(root.rows(), random);
  draw.all = effects.value + effects.sd.cwiseProduct(test::normals(effects.count(), random));
  return draw;
}

int first_not_mastered(const Tracked& belief, const Catalogue& bank) {
  for (int topic = 0; topic < 6; ++topic)
    if (tracking::mastery(belief.state.posterior, topic, bank.topics[topic].cut) < 0.9) return topic;
  return 5;
}

int nearest_item(const Tracked& belief, const Catalogue& bank, int topic, double target) {
  const auto distance = [&](int item) {
    return std::abs(tracking::quick_predict(belief.state.posterior, bank.items[item]) - target);
  };
  const std::vector<int>& items = bank.topics[topic].items;
  return *std::min_element(items.begin(), items.end(),
                           [&](int one, int other) { return distance(one) < distance(other); });
}

bool video_pays(const Member& member, const Catalogue& bank, int topic, const Draw& draw, int round) {
  const int seen = member.truth.videos_seen[topic];
  const Zone zone = zone_of(member.belief.state.posterior.mean(topic), bank.topics[topic].cut);
  const double a_unit = draw.all[video_effect(topic, zone)] * std::exp2(-seen) / video_time;
  return a_unit > draw.gains.maxCoeff() && seen < 3 && round - member.last_video > 4;
}

void step(Member& member, const Catalogue& bank, World world, const Draw& draw, const Effects& effects,
          const tracking::Constants& constants, EffectStatistics& statistics, int round, Random& random) {
  const int topic = first_not_mastered(member.belief, bank);
  if (video_pays(member, bank, topic, draw, round)) {
    member.belief =
        watched(std::move(member.belief), bank, topic, 1.0, member.truth.videos_seen[topic], effects);
    lab::watch(member.truth, bank, topic, 1.0, random);
    member.last_video = round;
    member.used += video_time;
    return;
  }
  Eigen::Index band = 0;
  draw.gains.maxCoeff(&band);
  const int item = nearest_item(member.belief, bank, topic, bands[band]);
  const bool right = member.truth.answers(bank.items[item], random);
  Answered after = answered(std::move(member.belief), bank, item, right, effects, constants);
  member.belief = std::move(after.tracked);
  add(statistics, after.evidence);
  lab::practise(member.truth, bank, bank.items[item], world);
  ++member.used;
}

struct Findings {
  double coverage = 0.0;  // of the 95 % intervals of all topics
  double rate = 0.0;      // correlation of µ_η with the logarithm of the true rate
  double error = 0.0;     // root mean square, logits
};

double correlation(const Eigen::ArrayXd& one, const Eigen::ArrayXd& other) {
  const Eigen::ArrayXd a = one - one.mean(), b = other - other.mean();
  return (a * b).sum() / std::sqrt(a.square().sum() * b.square().sum());
}

Findings findings_of(const std::vector<Member>& members) {
  Findings findings;
  const auto count = static_cast<double>(members.size());
  Eigen::ArrayXd believed(members.size()), rates(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const tracking::Posterior& posterior = members[i].belief.state.posterior;
    for (int topic = 0; topic < 6; ++topic) {
      const double away = members[i].truth.ability[topic] - posterior.mean(topic);
      findings.coverage += (std::abs(away) < 1.96 * posterior.sd(topic)) / (6.0 * count);
      findings.error += away * away / (6.0 * count);
    }
    believed[i] = posterior.learning_rate();
    rates[i] = std::log(members[i].truth.learning_rate);
  }
  findings.error = std::sqrt(findings.error);
  findings.rate = correlation(believed, rates);
  return findings;
}

Findings live_in(World world, int pupils, std::uint64_t seed, const tracking::Constants& constants) {
  const Catalogue bank = chain_of_six();
  Random random{mix(10, seed)};
  std::vector<Member> members;
  for (int i = 0; i < pupils; ++i)
    members.push_back({lab::simulate_pupil(bank, 0.0, random), new_tracked(bank, 0.0)});
  EffectStatistics statistics;
  Effects effects = first_guess(bank);
  std::vector<Draw> draws(members.size());
  bool anyone = true;
  for (int round = 0; anyone; ++round) {
    anyone = false;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i].used >= budget) continue;
      anyone = true;
      if (round % redraw == 0) draws[i] = draw_of(effects, random);
      step(members[i], bank, world, draws[i], effects, constants, statistics, round, random);
    }
    effects = estimate(bank, statistics);
  }
  return findings_of(members);
}

}  // namespace

TEST_CASE("effects: intervals hold in worlds whose way of learning nobody told", "[engine][.slow]") {
  for (const World world : lab::worlds) {
    const Findings found = live_in(world, 400, 1, test::only_ability());
    const std::string name{lab::name_of(world)};
    CAPTURE(name, found.coverage, found.rate, found.error);
    figure("engine", "coverage where " + name, "≥ .93", found.coverage);
    figure("engine", "correlation of η with the true rate where " + name, "≥ .75", found.rate);
    CHECK(found.coverage >= 0.93);
    CHECK(found.rate >= 0.75);
  }
}
