// A copy of a school's folder while the school is in use, and the way back. The copy is what one moment of the journal
// says: SQLite writes it in one read transaction of a read-only connection (VACUUM INTO), so that the journal stays the
// only one who writes and checkpoints. Media follow; they are named by their content and never change. The manifest,
// written last, names every file with its hash: without it a backup is not finished. Slow; on a thread or in a
// process that serves nobody.
#pragma once

#include <boost/describe.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "server/ids.hpp"

namespace trede::store {

struct BackupFile {
  std::string path;  // in the folder
  std::int64_t bytes = 0;
  std::string hash;  // hexadecimal BLAKE2b-256
};
BOOST_DESCRIBE_STRUCT(BackupFile, (), (path, bytes, hash))

struct Backup {
  Milliseconds at_ms = 0;
  Sequence sequence = 0;  // the last event in it …
  std::string link;       // … and its hash in the chain (chain.hpp), hexadecimal
  std::vector<BackupFile> files;
};
BOOST_DESCRIBE_STRUCT(Backup, (), (at_ms, sequence, link, files))

// Conflict: `to` holds something already; NotFound: there is no school; Unavailable: it cannot be written.
Result<Backup> back_up(const std::filesystem::path& folder, const std::filesystem::path& to,
                       Milliseconds at_ms);

// Makes `folder` from the backup, whole or not at all, with the mark that fits. Everything is copied, compared with
// the manifest and its chain recomputed before it is put in place. Conflict: the folder holds something already, or
// the backup is not what was written, in words.
Result<Backup> restore(const std::filesystem::path& from, const std::filesystem::path& folder);

}  // namespace trede::store
