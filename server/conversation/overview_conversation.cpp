#include "server/conversation/overview_conversation.hpp"

#include <algorithm>

#include "server/conversation/replies.hpp"
#include "server/practice/overview.hpp"

namespace trede::conversation {
namespace {

// ---- on the class's loop ----

net::awaitable<std::optional<protocol::ChildRow>> read_child(practice::Shard& shard, PupilId id,
                                                             Milliseconds now_ms,
                                                             protocol::Language language) {
  const auto* pupil = shard.pupil(id);
  if (!pupil) co_return std::nullopt;
  co_return practice::child_of(*pupil, *shard.model(), now_ms, language);
}

net::awaitable<protocol::ClassTotals> read_totals(practice::Shard& shard, ClassId id, Milliseconds now_ms) {
  protocol::ClassTotals totals;
  for (const auto* pupil : shard.pupils_of(id)) practice::count_in(totals, *pupil, *shard.model(), now_ms);
  totals.told = totals.pupils >= practice::fewest_for_totals;
  if (!totals.told) totals = {"", "", totals.pupils, false, 0, 0, 0, 0};
  co_return totals;
}

net::awaitable<std::vector<protocol::TalentRow>> read_talents(practice::Shard& shard, ClassId id,
                                                              std::string school_year, Milliseconds now_ms,
                                                              protocol::Language language) {
  std::vector<protocol::TalentRow> rows;
  const auto year = shard.bank()->find_school_year(school_year);
  if (!year) co_return rows;
  for (const auto* pupil : shard.pupils_of(id))
    if (auto row = practice::talent_of(*pupil, *shard.model(), *year, now_ms, language))
      rows.push_back(std::move(*row));
  co_return rows;
}

std::vector<const accounts::Class*> classes_of(const accounts::Directory& people, SchoolId school) {
  auto classes = people.classes();
  std::erase_if(classes, [&](const accounts::Class* each) { return each->school != school; });
  return classes;
}

net::awaitable<std::string> title_of(practice::Shard& shard, std::string school_year,
                                     protocol::Language language) {
  const auto& bank = *shard.bank();
  const auto year = bank.find_school_year(school_year);
  co_return year ? bank.school_years[static_cast<std::size_t>(*year)].title.in(language) : school_year;
}

}  // namespace

OverviewConversation::OverviewConversation(School& school, accounts::Account account,
                                           std::shared_ptr<net::Outbox> outbox)
    : school_(school), account_(std::move(account)), outbox_(std::move(outbox)) {}

net::awaitable<void> OverviewConversation::receive(std::string text) {
  co_await converse<protocol::OverviewMessages>(*this, school_, account_.id, *outbox_, std::move(text));
}

net::awaitable<void> OverviewConversation::handle(protocol::OpenChildren opened) {
  const auto people = school_.accounts.directory();
  protocol::ChildrenShown shown;
  shown.request = opened.request;
  for (const auto* child : people->children_of(account_.id)) {
    const auto* home = people->class_of(child->id);
    if (!home) continue;
    practice::Shard& shard = school_.shard_of(home->id);
    auto row = co_await net::on_loop(shard.loop(),
                                     read_child(shard, child->id, school_.practice.now(), opened.language));
    if (!row) continue;
    row->class_name = home->name;
    shown.children.push_back(std::move(*row));
  }
  send(*outbox_, shown);
}

net::awaitable<void> OverviewConversation::handle(protocol::OpenTotals opened) {
  const auto people = school_.accounts.directory();
  protocol::TotalsShown shown;
  shown.request = opened.request;
  shown.school = people->school(account_.school)->name;
  for (const auto* each : classes_of(*people, account_.school)) {
    practice::Shard& shard = school_.shard_of(each->id);
    auto totals = co_await net::on_loop(shard.loop(), read_totals(shard, each->id, school_.practice.now()));
    totals.name = each->name;
    totals.school_year =
        co_await net::on_loop(shard.loop(), title_of(shard, each->school_year, opened.language));
    shown.classes.push_back(std::move(totals));
  }
  send(*outbox_, shown);
}

net::awaitable<void> OverviewConversation::handle(protocol::OpenTalents opened) {
  const auto people = school_.accounts.directory();
  protocol::TalentsShown shown;
  shown.request = opened.request;
  for (const auto* each : classes_of(*people, account_.school)) {
    practice::Shard& shard = school_.shard_of(each->id);
    auto rows = co_await net::on_loop(shard.loop(), read_talents(shard, each->id, each->school_year,
                                                                 school_.practice.now(), opened.language));
    for (auto& row : rows) {
      row.class_name = each->name;
      shown.pupils.push_back(std::move(row));
    }
  }
  std::sort(shown.pupils.begin(), shown.pupils.end(), [](const auto& a, const auto& b) {
    return std::pair(-a.ahead, a.name) < std::pair(-b.ahead, b.name);
  });
  send(*outbox_, shown);
}

}  // namespace trede::conversation
