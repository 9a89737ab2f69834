// What the journal counts about itself. Written by its thread and by those who queue changes; any thread reads.
#pragma once

#include "server/figures.hpp"

namespace trede::store {

struct JournalFigures {
  Gauge waiting;          // changes in the queue
  Counter changes;        // committed
  Counter groups;         // commits
  Counter failed_groups;  // commits that failed: nothing of them is acknowledged
  Gauge failing;          // 1 while the last commit failed
  Gauge wal_pages;        // not yet checkpointed
  Durations commit;       // of a whole group, with its flush
};

}  // namespace trede::store
