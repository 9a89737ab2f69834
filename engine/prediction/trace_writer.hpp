// Writes the trace of pupils: from their rows in the log to touches and terms of the layout. One owner, one thread;
// any number of writers may work on one log.
#pragma once

#include <array>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/prediction/item_summary.hpp"
#include "engine/prediction/layout.hpp"
#include "engine/prediction/pupil_memory.hpp"
#include "engine/prediction/response_log.hpp"
#include "engine/prediction/trace.hpp"

namespace trede::prediction {

class TraceWriter {
 public:
  TraceWriter(const ResponseLog& log, const ItemSummary& items, const Layout& layout);

  // Good until the next call.
  const Trace& write(std::span<const int> pupils);
  Trace take() { return std::move(trace_); }

 private:
  // The states of the current pupil, in order of first touch.
  struct Place {
    int pupil = 0;
    std::int32_t state = 0;
  };

  // Touches of one kind with the same values decay alike.
  struct DecayKey {
    std::size_t kind = 0;
    std::array<float, decays> values = {};
    bool operator==(const DecayKey&) const = default;
  };
  struct DecayHash {
    std::size_t operator()(const DecayKey& key) const;
  };

  void write_pupil(int pupil);
  void write_row(std::size_t row);
  void write_effects(std::size_t row, std::int32_t first_item);
  void write_touches(std::size_t row);
  void touch(StateKind kind, Place& place, double loading, const Encounter& last, int deviation,
             bool correct);
  std::int32_t decay_since(StateKind kind, const Encounter& last);
  std::int32_t number_of(const DecayKey& key);

  const ResponseLog& log_;
  const ItemSummary& items_;
  const Layout& layout_;
  PupilMemory memory_;
  std::vector<Place> slow_, fast_, residual_;
  Place general_, recent_;
  int pupil_ = 0;
  std::int32_t states_ = 0;
  std::size_t first_row_ = 0;
  std::unordered_map<DecayKey, std::int32_t, DecayHash> known_decays_;  // of the trace being written
  Trace trace_;
};

// The pupils cut into blocks of about equal numbers of rows, in order; the same for every number of workers.
std::vector<std::vector<int>> blocks_of(const ResponseLog& log, std::span<const int> pupils, int blocks);

// One trace a block.
std::vector<Trace> write_traces(const ResponseLog& log, const ItemSummary& items, const Layout& layout,
                                const std::vector<std::vector<int>>& blocks, int workers);

}  // namespace trede::prediction
