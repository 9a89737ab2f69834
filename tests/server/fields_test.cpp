// What is stored is what docs/privacy/fields.json declares: not a column or a member more, and not one less.
#include <boost/core/type_name.hpp>

#include <fstream>
#include <regex>
#include <set>

#include "server/privacy/pupil_file.hpp"
#include "server/protocol/codec.hpp"
#include "server/store/database.hpp"
#include "server/store/erased_event.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::privacy {
namespace {

using Names = std::set<std::string>;

Names declared(std::string_view part) {
  Names names;
  for (const auto& [name, entry] : declared_fields().at(part).as_object())
    for (const auto& [field, meaning] : entry.as_object().at("fields").as_object())
      names.insert(std::string(name) + "." + std::string(field));
  return names;
}

Names columns_of_schema() {
  const testing::TemporaryFolder folder;
  const auto database = store::Database::open(folder.path() / "school.db", store::Database::Mode::ReadWrite);
  REQUIRE(database.has_value());
  REQUIRE(store::migrate(**database).has_value());
  Names names;
  auto& rows = (*database)->statement(
      "SELECT t.name || '.' || c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c "
      "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
  while (rows.executeStep()) names.insert(rows.getColumn(0).getString());
  return names;
}

template <class T>
struct inner {
  using type = T;
};
template <class T>
struct inner<std::optional<T>> : inner<T> {};
template <class T>
struct inner<std::vector<T>> : inner<T> {};

// The members of a struct, and of every struct inside it under its own name.
template <class T>
void collect(const std::string& name, Names& members, Names& shapes) {
  boost::mp11::mp_for_each<protocol::Members<T>>([&](auto member) {
    using Field = typename inner<std::decay_t<decltype(std::declval<T>().*member.pointer)>>::type;
    members.insert(name + "." + member.name);
    if constexpr (boost::describe::has_describe_members<Field>::value) {
      const std::string full = boost::core::type_name<Field>();
      collect<Field>(full.substr(full.rfind(':') + 1), shapes, shapes);
    }
  });
}

// Every kind of event there is.
using namespace store;
using Facts = boost::mp11::mp_list<PracticeStarted, StepTaken, PlacementSkipped, LevelChosen, ItemPutAside,
                                   ItemReported, StepRenewed, HintTaken, VideoReported, QuestionAsked,
                                   LessonPlanned, LessonCancelled, AlertAcknowledged, GroupsSaved,
                                   SteeringSet, ParametersPublished, EventsLost, PupilErased>;

void collect_events(Names& members, Names& shapes) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, Facts>>([&](auto* fact) {
    using Fact = std::remove_pointer_t<decltype(fact)>;
    collect<Fact>(std::string(Fact::tag), members, shapes);
  });
}

void check_same(const Names& stored, const Names& listed) {
  for (const auto& name : stored) {
    INFO(name << " is stored and not in docs/privacy/fields.json: say what it is for, who sees it and how "
                 "long it stays");
    CHECK(listed.contains(name));
  }
  for (const auto& name : listed) {
    INFO(name << " stands in docs/privacy/fields.json and is not stored: take it out");
    CHECK(stored.contains(name));
  }
}

}  // namespace

TEST_CASE("fields: every column of every table is declared", "[privacy]") {
  check_same(columns_of_schema(), declared("tables"));
}

TEST_CASE("fields: every member of every event is declared", "[privacy]") {
  Names members, shapes;
  collect_events(members, shapes);
  check_same(members, declared("events"));
  check_same(shapes, declared("shapes"));
}

TEST_CASE("fields: each has a purpose, readers, a term and a meaning in both languages", "[privacy]") {
  for (const char* part : {"tables", "events", "shapes"})
    for (const auto& [name, entry] : declared_fields().at(part).as_object()) {
      INFO(part << " " << name);
      const auto& group = entry.as_object();
      if (std::string_view(part) != "shapes") {
        for (const char* language : {"nl", "en"})
          CHECK_FALSE(group.at("purpose").as_object().at(language).as_string().empty());
        CHECK_FALSE(group.at("seen_by").as_array().empty());
        CHECK_FALSE(group.at("kept").as_string().empty());
      }
      for (const auto& [field, meaning] : group.at("fields").as_object())
        for (const char* language : {"nl", "en"})
          CHECK_FALSE(meaning.as_object().at(language).as_string().empty());
    }
}

TEST_CASE("fields: no kind of event is left out of the list of facts", "[privacy]") {
  std::string source;
  for (const char* header : {"/server/store/events.hpp", "/server/store/erased_event.hpp"}) {
    std::ifstream stream(std::string(TREDE_SOURCE_DIR) + header);
    source.append(std::istreambuf_iterator<char>(stream), {});
  }
  const std::regex tag("tag = \"([a-z-]+)\"");
  Names written, listed;
  for (std::sregex_iterator each(source.begin(), source.end(), tag), end; each != end; ++each)
    written.insert((*each)[1]);
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::add_pointer_t, Facts>>(
      [&](auto* fact) { listed.emplace(std::remove_pointer_t<decltype(fact)>::tag); });
  CHECK(listed == written);
  CHECK(written.size() > 15);
}

}  // namespace trede::privacy
