// Groups of a class: proposed from beliefs, kept as events, only of the teacher's own pupils.
#include <algorithm>
#include <set>

#include "server/store/event_log.hpp"
#include "tests/server/teacher_desk.hpp"
#include "tests/support/catch.hpp"

namespace trede::practice {
namespace {

// Noor does well, Sem and Amira do not.
void let_them_practise(PracticeSchool& school) {
  for (std::size_t pupil = 0; pupil < 3; ++pupil) {
    school.hello(pupil);
    for (int i = 0; i < 12; ++i) school.do_step(pupil, pupil == 0);
  }
}

protocol::ProposeGroups two_groups(const PracticeSchool& school) {
  protocol::ProposeGroups asked{"propose", school.class_id.value, {}};
  asked.wishes.groups = 2;
  asked.wishes.largest = 2;
  return asked;
}

std::set<std::int64_t> pupils_in(const boost::json::value& group) {
  std::set<std::int64_t> pupils;
  for (const auto& member : group.at("members").as_array())
    pupils.insert(member.at("pupil").to_number<std::int64_t>());
  return pupils;
}

bool are_together(const boost::json::object& proposed, PupilId first, PupilId second) {
  const auto& groups = proposed.at("groups").as_array();
  return std::any_of(groups.begin(), groups.end(), [&](const auto& group) {
    const auto pupils = pupils_in(group);
    return pupils.contains(first.value) && pupils.contains(second.value);
  });
}

protocol::SaveGroups saving(const PracticeSchool& school, std::vector<std::int64_t> pupils) {
  return {"save", school.class_id.value, 0, {{std::move(pupils), "", "", {}}}};
}

std::vector<protocol::GroupSet> kept(PracticeSchool& school) {
  return school.shard().classroom(school.class_id)->dashboard().groups();
}

}  // namespace

TEST_CASE("teaching: proposed groups hold everybody once, with what each could do next") {
  PracticeSchool school;
  let_them_practise(school);
  TeacherDesk desk(school);
  const auto events = school.events().size();
  const auto proposed = desk.ask(two_groups(school));
  REQUIRE(proposed.at("type") == "groups-proposed");
  CHECK_FALSE(proposed.at("topics").as_array().empty());
  std::multiset<std::int64_t> placed;
  for (const auto& group : proposed.at("groups").as_array()) {
    for (const auto pupil : pupils_in(group)) placed.insert(pupil);
    const auto& plan = group.at("plan");
    if (plan.at("topic").as_string().empty()) continue;
    CHECK(school.shard().bank()->find_topic(std::string(plan.at("topic").as_string())));
    CHECK_FALSE(plan.at("items").as_array().empty());
  }
  CHECK(placed ==
        std::multiset<std::int64_t>{school.pupils[0].value, school.pupils[1].value, school.pupils[2].value});
  CHECK(are_together(proposed, school.pupils[1], school.pupils[2]));
  CHECK(school.events().size() == events);  // a proposal is nothing yet
}

TEST_CASE("teaching: who must be kept apart is, and wishes that cannot be kept are counted") {
  PracticeSchool school;
  let_them_practise(school);
  TeacherDesk desk(school);
  auto asked = two_groups(school);
  asked.wishes.apart = {{school.pupils[1].value, school.pupils[2].value}};
  auto proposed = desk.ask(asked);
  CHECK_FALSE(are_together(proposed, school.pupils[1], school.pupils[2]));
  CHECK(proposed.at("broken_wishes").as_int64() == 0);
  asked.wishes.apart.push_back({school.pupils[0].value, school.pupils[1].value});
  asked.wishes.apart.push_back({school.pupils[0].value, school.pupils[2].value});
  proposed = desk.ask(asked);
  CHECK(proposed.at("broken_wishes").as_int64() > 0);
}

TEST_CASE("teaching: sizes that cannot hold the class are refused") {
  PracticeSchool school;
  TeacherDesk desk(school);
  auto asked = two_groups(school);
  asked.wishes.largest = 1;
  CHECK(desk.outcome(asked) == "invalid");
  asked.wishes.largest = 3;
  asked.wishes.smallest = 2;
  CHECK(desk.outcome(asked) == "invalid");
  asked.wishes.smallest = 1;
  asked.wishes.groups = 4;
  CHECK(desk.outcome(asked) == "invalid");
  asked.wishes.groups = 2;
  asked.wishes.topics = {"no-such-topic"};
  CHECK(desk.outcome(asked) == "not-found");
}

TEST_CASE("teaching: groups are kept for two weeks, can be changed and dissolved, also after a restart") {
  PracticeSchool school;
  const std::vector<std::int64_t> pupils = {school.pupils[0].value, school.pupils[1].value};
  std::int64_t first = 0;
  {
    TeacherDesk desk(school);
    REQUIRE(desk.outcome(saving(school, pupils)) == "groups-saved");
    REQUIRE(kept(school).size() == 1);
    first = kept(school)[0].id;
    CHECK(kept(school)[0].until == date_of(school.now_ms + 14 * 86'400'000LL));
  }
  REQUIRE(school.reopen().has_value());
  REQUIRE(kept(school).size() == 1);
  CHECK(kept(school)[0].groups[0].pupils == pupils);
  TeacherDesk desk(school);
  auto changed = saving(school, {pupils[0]});
  changed.replaces = first;
  REQUIRE(desk.outcome(changed) == "groups-saved");
  REQUIRE(kept(school).size() == 1);
  CHECK(kept(school)[0].groups[0].pupils.size() == 1);
  changed.replaces = kept(school)[0].id;
  changed.groups.clear();
  CHECK(desk.outcome(changed) == "groups-saved");
  CHECK(kept(school).empty());
}

TEST_CASE("teaching: a pupil is in one group of a set at most, and what it names exists") {
  PracticeSchool school;
  TeacherDesk desk(school);
  auto groups = saving(school, {school.pupils[0].value});
  groups.groups.push_back(groups.groups.front());
  CHECK(desk.outcome(groups) == "invalid");
  groups.groups.pop_back();
  groups.groups[0].topic = "no-such-topic";
  CHECK(desk.outcome(groups) == "not-found");
  CHECK(kept(school).empty());
}

TEST_CASE("teaching: a foreign class or pupil is in no group, no plan and no wish") {
  PracticeSchool school;
  TeacherDesk desk(school);
  const std::int64_t daan = school.pupils[3].value, noor = school.pupils[0].value;
  const auto events = school.events().size();
  for (const std::int64_t class_id : {school.class_id.value + 1, std::int64_t{0}, std::int64_t{999}}) {
    auto asked = two_groups(school);
    asked.class_id = class_id;
    CHECK(desk.outcome(asked) == "not-found");
    CHECK(desk.outcome(protocol::ProposePlan{"plan", class_id, {daan}, {}}) == "not-found");
    auto saved = saving(school, {daan});
    saved.class_id = class_id;
    CHECK(desk.outcome(saved) == "not-found");
  }
  auto asked = two_groups(school);
  asked.wishes.together = {{noor, daan}};
  CHECK(desk.outcome(asked) == "not-found");
  CHECK(desk.outcome(protocol::ProposePlan{"plan", school.class_id.value, {noor, daan}, {}}) == "not-found");
  CHECK(desk.outcome(saving(school, {noor, daan})) == "not-found");
  CHECK(school.events().size() == events);
}

}  // namespace trede::practice
