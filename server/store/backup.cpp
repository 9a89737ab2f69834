#include "server/store/backup.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "server/protocol/codec.hpp"
#include "server/store/file_hash.hpp"
#include "server/store/high_water.hpp"
#include "server/store/private_file.hpp"

namespace trede::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest = "backup.json";

Error cannot(const std::string& what, const std::error_code& failure) {
  return {ErrorCode::Unavailable, "cannot " + what + ": " + failure.message()};
}

// Names of new files are on disk when their folder is.
Result<void> sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::error_code failure(errno, std::generic_category());
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return cannot("write " + path.string() + " to disk", failure);
  return {};
}

Result<void> make_empty(const fs::path& folder) {
  std::error_code failure;
  if (fs::exists(folder, failure) && !fs::is_empty(folder, failure))
    return Error{ErrorCode::Conflict, folder.string() + " holds something already; name a new folder"};
  fs::create_directories(folder, failure);
  if (failure) return cannot("make the folder " + folder.string(), failure);
  make_private(folder);
  return {};
}

std::string hexadecimal(const Link& link) {
  char text[2 * std::tuple_size_v<Link> + 1];
  return sodium_bin2hex(text, sizeof text, link.data(), link.size());
}

Result<void> copy_database(const fs::path& from, const fs::path& to) {
  const auto database = Database::open(from, Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto copied = guarded([&]() -> Result<std::int64_t> {
    auto& copy = (*database)->statement("VACUUM INTO ?");
    copy.bind(1, to.string());
    return copy.exec();
  });
  if (copied.has_error()) return copied.error();
  make_private(to);
  return {};
}

Result<Tip> checked_tip(const fs::path& file) {
  const auto database = Database::open(file, Database::Mode::ReadOnly);
  if (database.has_error()) return database.error();
  const auto whole = check_chain(**database);
  if (whole.has_error()) return whole.error();
  Tip tip;
  const auto read = guarded([&]() -> Result<std::int64_t> {
    tip = tip_of(**database);
    return tip.sequence;
  });
  if (read.has_error()) return read.error();
  return tip;
}

Result<BackupFile> described(const fs::path& folder, const std::string& path) {
  const auto hash = hash_of_file(folder / path);
  if (hash.has_error()) return hash.error();
  std::error_code ignored;
  return BackupFile{path, static_cast<std::int64_t>(fs::file_size(folder / path, ignored)), *hash};
}

// Without it no pupil can sign in. A school that never had PINs has none.
constexpr std::string_view server_key = "server.key";

// The names of what a school keeps beside its database, as they are now.
std::vector<std::string> beside_database(const fs::path& folder) {
  std::vector<std::string> paths;
  std::error_code ignored;
  if (fs::exists(folder / server_key, ignored)) paths.emplace_back(server_key);
  for (const auto& entry : fs::directory_iterator(folder / "media", ignored))
    if (entry.is_regular_file()) paths.push_back("media/" + entry.path().filename().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

Result<void> copy(const fs::path& from, const fs::path& to, const std::string& path) {
  std::error_code failure;
  fs::copy_file(from / path, to / path, failure);
  if (failure) return cannot("copy " + (from / path).string(), failure);
  make_private(to / path);
  return {};
}

Result<Backup> read_manifest(const fs::path& from) {
  std::ifstream stream(from / manifest, std::ios::binary);
  if (!stream)
    return Error{ErrorCode::NotFound,
                 from.string() + " is no finished backup: it has no " + std::string(manifest)};
  return protocol::decode<Backup>(std::string(std::istreambuf_iterator<char>(stream), {}));
}

bool is_honest(const std::string& path) {
  return path == "school.db" || path == server_key ||
         (path.starts_with("media/") && path.find('/', 6) == std::string::npos &&
          path.find("..") == std::string::npos);
}

Result<void> copy_and_compare(const Backup& backup, const fs::path& from, const fs::path& to) {
  for (const BackupFile& file : backup.files) {
    if (!is_honest(file.path))
      return Error{ErrorCode::Conflict, "the backup names a file that is none of a school's: " + file.path};
    if (const auto copied = copy(from, to, file.path); copied.has_error()) return copied.error();
    const auto found = described(to, file.path);
    if (found.has_error()) return found.error();
    if (found->hash != file.hash)
      return Error{ErrorCode::Conflict, (from / file.path).string() + " is not what was backed up"};
    if (const auto synced = sync(to / file.path); synced.has_error()) return synced.error();
  }
  const auto tip = checked_tip(to / "school.db");
  if (tip.has_error()) return tip.error();
  if (tip->sequence != backup.sequence || hexadecimal(tip->link) != backup.link)
    return Error{ErrorCode::Conflict, "the database of the backup is another one than its manifest tells of"};
  auto mark = HighWater::open(to / "school.mark");
  if (mark.has_error()) return mark.error();
  mark->write(*tip);
  return {};
}

}  // namespace

Result<Backup> back_up(const fs::path& folder, const fs::path& to, Milliseconds at_ms) {
  if (!fs::exists(folder / "school.db"))
    return Error{ErrorCode::NotFound, "there is no school in " + folder.string()};
  if (const auto made = make_empty(to); made.has_error()) return made.error();
  if (const auto made = make_empty(to / "media"); made.has_error()) return made.error();
  if (const auto copied = copy_database(folder / "school.db", to / "school.db"); copied.has_error())
    return copied.error();
  const auto tip = checked_tip(to / "school.db");
  if (tip.has_error()) return tip.error();
  Backup backup{at_ms, tip->sequence, hexadecimal(tip->link), {}};
  std::vector<std::string> paths = beside_database(folder);
  for (const auto& path : paths)
    if (const auto copied = copy(folder, to, path); copied.has_error()) return copied.error();
  paths.insert(paths.begin(), "school.db");
  for (const auto& path : paths) {
    if (const auto synced = sync(to / path); synced.has_error()) return synced.error();
    const auto file = described(to, path);
    if (file.has_error()) return file.error();
    backup.files.push_back(*file);
  }
  if (const auto synced = sync(to / "media"); synced.has_error()) return synced.error();
  std::ofstream(to / manifest, std::ios::binary) << protocol::encode_plain(backup) << '\n';
  make_private(to / manifest);
  if (const auto synced = sync(to / manifest); synced.has_error()) return synced.error();
  if (const auto synced = sync(to); synced.has_error()) return synced.error();
  return backup;
}

Result<Backup> restore(const fs::path& from, const fs::path& folder) {
  const auto backup = read_manifest(from);
  if (backup.has_error()) return backup.error();
  if (const auto empty = make_empty(folder); empty.has_error()) return empty.error();
  const fs::path beside = folder.string() + ".restoring";
  std::error_code failure;
  fs::remove_all(beside, failure);
  if (const auto made = make_empty(beside / "media"); made.has_error()) return made.error();
  make_private(beside);
  const auto copied = copy_and_compare(*backup, from, beside);
  if (copied.has_value()) fs::rename(beside, folder, failure);  // takes the place of an empty folder
  if (copied.has_value() && !failure) return backup;
  std::error_code ignored;
  fs::remove_all(beside, ignored);
  if (copied.has_error()) return copied.error();
  return cannot("put " + folder.string() + " in place", failure);
}

}  // namespace trede::store
