// A disk under SQLite that fails when told to, and that remembers what was synced, so that a test can ask what a power
// cut would have left. A VFS over the system's own; the default one while it lives. Faults may be set from any thread;
// with remember() all of SQLite's writing must happen one after the other.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/random.hpp"

namespace trede::testing {

class FaultyDisk {
 public:
  enum class Fault { Io, Short, Full };

  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // Writes, syncs, truncations and openings are counted, the next one is 1.
  void fail_once(int operation, Fault fault);
  void fail_from(int operation, Fault fault);  // until repair()
  void repair();
  int operations() const { return counted_; }
  int failed() const { return failed_; }

  // From now on: what is synced is remembered, and nothing reaches the real disk with a sync, which is much quicker.
  void remember() { remembers_ = true; }
  // Calls cut before this operation (counted as above).
  void cut_at(int operation, std::function<void()> cut);
  void cut_at_last();  // now, unless it was
  // What a power cut would leave now, as files of the same names: what was synced, and of each write since then all,
  // nothing, or some of its sectors.
  void leave_behind(const std::filesystem::path& folder, Random& random) const;

 private:
  friend struct FaultyFile;
  struct Write {
    sqlite3_int64 offset = 0;
    std::string bytes;
    bool truncates = false;  // to offset
  };
  struct Image {
    std::string synced;
    std::vector<Write> since;
  };
  static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags);
  static int remove(sqlite3_vfs*, const char* name, int sync_folder);

  void reset_count();
  int outcome_of_next(int when_io);  // SQLITE_OK, or the error that is due; Short: −1
  void wrote(const char* name, Write write);
  void synced(const char* name);

  sqlite3_vfs vfs_;
  sqlite3_vfs* real_;
  std::atomic<int> counted_ = 0, failed_ = 0, from_ = 0, through_ = -1, cut_at_ = 0;
  std::atomic<Fault> fault_ = Fault::Io;
  std::atomic<bool> remembers_ = false;
  std::function<void()> cut_;
  std::map<std::string, Image> images_;
};

}  // namespace trede::testing
