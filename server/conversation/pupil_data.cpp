#include "server/conversation/pupil_data.hpp"

#include <fstream>
#include <set>

#include "server/privacy/pupil_page.hpp"
#include "server/protocol/codec.hpp"
#include "server/store/about_pupil.hpp"

namespace trede::conversation {
namespace {

const Error no_pupil{ErrorCode::NotFound, "there is no such pupil"};

const accounts::Account* pupil_among(const accounts::Directory& people, PupilId id) {
  const auto* account = people.account(id);
  return account && account->role == accounts::Role::Pupil ? account : nullptr;
}

privacy::KeptAccount account_of(const accounts::Directory& people, const accounts::Account& pupil) {
  privacy::KeptAccount kept{pupil.id.value, pupil.name, std::string(to_text(pupil.role)), "", {}};
  if (const auto* school = people.school(pupil.school)) kept.school = school->name;
  for (const auto* each : people.classes_of(pupil.id))
    kept.classes.push_back({each->name, each->code, each->school_year});
  return kept;
}

net::awaitable<Result<protocol::StandingsShown>> standings(School& school, practice::Shard& shard,
                                                           PupilId pupil, protocol::Language language) {
  co_return school.practice.standings(shard, pupil, "", language);
}

net::awaitable<Result<std::vector<protocol::HistoryEntry>>> all_steps(School& school, PupilId pupil,
                                                                      protocol::Language language) {
  std::vector<protocol::HistoryEntry> steps;
  while (true) {
    const std::int64_t before = steps.empty() ? 0 : steps.back().number;
    auto page = co_await school.history.of(pupil, language, before);
    if (page.has_error()) co_return page.error();
    if (page->empty()) co_return steps;
    std::move(page->begin(), page->end(), std::back_inserter(steps));
  }
}

// What the disk alone knows: events, sessions and who looked.
struct FromDisk {
  std::vector<store::Event> events;
  std::vector<std::string> sessions_until;
  std::vector<store::AuditEntry> deeds;
};

Result<FromDisk> read_from_disk(const std::filesystem::path& file, PupilId pupil, std::set<ClassId> classes) {
  FromDisk found;
  const auto database = store::Database::open(file, store::Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto events = store::events_about(**database, pupil, classes);
  if (events.has_error()) return events.error();
  for (const store::Event& event : *events)
    if (auto told = privacy::as_told_to(pupil, event)) found.events.push_back(std::move(*told));
  const auto sessions = store::sessions_of(**database, pupil);
  if (sessions.has_error()) return sessions.error();
  for (const Milliseconds until : *sessions) found.sessions_until.push_back(privacy::moment_of(until));
  auto deeds = store::audit_about(**database, pupil);
  if (deeds.has_error()) return deeds.error();
  found.deeds = std::move(*deeds);
  return found;
}

privacy::KeptDeed named(const accounts::Directory& people, const store::AuditEntry& entry) {
  const auto* actor = people.account(AccountId{entry.actor});
  if (actor) return {entry.at_ms, actor->name, std::string(to_text(actor->role)), entry.action};
  const bool machine = entry.actor == 0;
  return {entry.at_ms, machine ? "trede" : std::to_string(entry.actor), machine ? "administrator" : "",
          entry.action};
}

}  // namespace

net::awaitable<Result<privacy::PupilFile>> gather_pupil(School& school, store::Journal& journal, AccountId by,
                                                        PupilId pupil, protocol::Language language) {
  const auto people = school.accounts.directory();
  const auto* account = pupil_among(*people, pupil);
  if (!account) co_return no_pupil;
  auto note = store::audit(school.practice.now(), by, store::Deed::PupilExported, pupil.value);
  const auto noted = co_await net::written(journal, std::move(note));
  if (noted.has_error()) co_return noted.error();
  privacy::PupilFile file;
  file.made_ms = school.practice.now();
  file.account = account_of(*people, *account);
  std::set<ClassId> classes;
  for (const auto* each : people->classes_of(pupil)) classes.insert(each->id);
  if (const auto* home = people->class_of(pupil)) {
    practice::Shard& shard = school.shard_of(home->id);
    auto shown = co_await net::on_loop(shard.loop(), standings(school, shard, pupil, language));
    if (shown.has_value()) file.standings = std::move(shown->topics);
  }
  auto steps = co_await all_steps(school, pupil, language);
  if (steps.has_error()) co_return steps.error();
  file.steps = std::move(*steps);
  boost::asio::thread_pool reading(1);
  auto work = [path = journal.file(), pupil, classes] { return read_from_disk(path, pupil, classes); };
  auto from_disk = co_await net::done_on(reading, std::move(work));
  if (from_disk.has_error()) co_return from_disk.error();
  file.events = std::move(from_disk->events);
  file.sessions_until = std::move(from_disk->sessions_until);
  for (const auto& entry : from_disk->deeds) file.deeds.push_back(named(*people, entry));
  co_return file;
}

Result<void> write_pupil_file(const privacy::PupilFile& file, const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  const std::pair<const char*, std::string> parts[] = {
      {"pupil.json", privacy::json_of(file)},
      {"leerling.html", privacy::page_of(file, protocol::Language::Nl)},
      {"pupil.html", privacy::page_of(file, protocol::Language::En)},
  };
  for (const auto& [name, text] : parts) {
    std::ofstream stream(folder / name, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream) return Error{ErrorCode::Unavailable, (folder / name).string() + " cannot be written"};
  }
  return {};
}

}  // namespace trede::conversation
