// How far the journal came, in a small file beside the database: SQLite opens a database whose write-ahead log was
// damaged without a word, only with less in it, and this file knows that there was more. Written after every
// commit, synced to disk once a second and at the end. Used by the journal's thread only.
#pragma once

#include <filesystem>
#include <optional>

#include "server/store/chain.hpp"

namespace trede::store {

class HighWater {
 public:
  // Opens or creates the file. Unavailable: it cannot be written.
  static Result<HighWater> open(const std::filesystem::path& file);

  HighWater(HighWater&& other) noexcept;
  HighWater& operator=(HighWater&&) = delete;
  ~HighWater();  // syncs

  // What the file says; empty when it is new or was damaged itself.
  std::optional<Tip> read() const;

  // Errors are left: the next write tries again, and a mark that lags behind only sees less.
  void write(const Tip& tip);
  void sync();
  bool synced() const { return synced_; }

 private:
  explicit HighWater(int file) : file_(file) {}

  int file_ = -1;  // descriptor
  bool synced_ = true;
};

// Compares the journal with the mark. Empty: nothing is missing. Conflict: the journal is another one than the mark
// was made for.
struct Loss {
  Sequence found = 0;     // the journal's last event
  Sequence expected = 0;  // the last that was acknowledged
};
Result<std::optional<Loss>> compare(Database& database, const std::optional<Tip>& mark);

}  // namespace trede::store
