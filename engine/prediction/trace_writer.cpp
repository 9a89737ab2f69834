#include "engine/prediction/trace_writer.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/parallel/parallel_for.hpp"

namespace trede::prediction {

TraceWriter::TraceWriter(const ResponseLog& log, const ItemSummary& items, const Layout& layout)
    : log_(log),
      items_(items),
      layout_(layout),
      memory_(log, items),
      slow_(static_cast<std::size_t>(log.topic_count)),
      fast_(slow_.size()),
      residual_(static_cast<std::size_t>(log.items())) {}

const Trace& TraceWriter::write(std::span<const int> pupils) {
  trace_.clear();
  known_decays_.clear();
  for (const int pupil : pupils) write_pupil(pupil);
  return trace_;
}

void TraceWriter::write_pupil(int pupil) {
  ++pupil_;
  states_ = 0;
  memory_.start();
  const auto at = static_cast<std::size_t>(pupil);
  first_row_ = log_.pupil_begins[at];
  for (std::size_t row = first_row_; row < log_.pupil_begins[at + 1]; ++row) {
    memory_.show(row);
    write_effects(row, log_.item[first_row_]);
    write_touches(row);
    trace_.touch_end.push_back(static_cast<std::uint32_t>(trace_.touches.size()));
    trace_.effect_end.push_back(static_cast<std::uint32_t>(trace_.effects.size()));
    trace_.correct.push_back(log_.correct[row]);
    memory_.answer(row);
  }
  trace_.row_end.push_back(static_cast<std::uint32_t>(trace_.rows()));
  trace_.states.push_back(static_cast<std::uint32_t>(states_));
}

void TraceWriter::write_effects(std::size_t row, std::int32_t first_item) {
  const std::int32_t item = log_.item[row];
  const auto add = [&](int parameter, double value) {
    if (parameter >= 0 && value != 0.0) trace_.effects.push_back({parameter, static_cast<float>(value)});
  };
  add(layout_.offset, 1.0);
  add(layout_.item_mean + item, 1.0);
  add(layout_.combination_mean + items_.combination[static_cast<std::size_t>(item)], 1.0);
  add(layout_.first_topics + items_.combination[static_cast<std::size_t>(first_item)], 1.0);
  const auto topics = log_.topics_of(item);
  for (const std::int32_t k : topics) add(layout_.topic_mean + k, 1.0 / static_cast<double>(topics.size()));
  const auto values = memory_.covariates_of(row);
  for (std::size_t i = 0; i < covariates; ++i) add(layout_.covariate[i], values[i]);
  add(layout_.again + item, values[Seen]);
}

void TraceWriter::write_touches(std::size_t row) {
  const std::int32_t item = log_.item[row];
  const auto at = static_cast<std::size_t>(item);
  const bool correct = log_.correct[row] != 0;
  const Encounter previous{memory_.row(), 0, memory_.row() - 1, 0.0};

  touch(General, general_, 1.0, previous, 0, correct);
  const bool own_slope = items_.answers[at] >= answers_for_own_slope;
  trace_.touches.back().slope =
      own_slope ? layout_.item_slope + item : layout_.combination_slope + items_.combination[at];
  const auto topics = log_.topics_of(item);
  for (const std::int32_t k : topics) {
    const double share = 1.0 / static_cast<double>(topics.size());
    touch(TopicSlow, slow_[static_cast<std::size_t>(k)], share, memory_.topic(k), k, correct);
    touch(TopicFast, fast_[static_cast<std::size_t>(k)], share, memory_.topic(k), k, correct);
  }
  touch(Residual, residual_[at], 1.0, memory_.item(item), item, correct);
  if (const int quick = layout_.quick[correct ? 1 : 0]; quick >= 0) {
    trace_.lifts.push_back({quick, static_cast<float>(memory_.slowness(row))});
    ++trace_.touches.back().lift_end;
  }
  touch(Recent, recent_, 1.0, previous, 0, correct);
}

void TraceWriter::touch(StateKind kind, Place& place, double loading, const Encounter& last, int deviation,
                        bool correct) {
  const StatePlaces& places = layout_.states[kind];
  Touch touch;
  touch.first = place.pupil != pupil_;
  if (touch.first) place = {pupil_, states_++};
  touch.state = place.state;
  touch.kind = static_cast<std::int16_t>(kind);
  touch.loading = static_cast<float>(loading);
  if (!touch.first) touch.decay = decay_since(kind, last);
  const std::size_t y = correct ? 1 : 0;
  trace_.lifts.push_back({places.lift[y], 1.0F});
  if (places.deviation[y] >= 0) trace_.lifts.push_back({places.deviation[y] + deviation, 1.0F});
  touch.lift_end = static_cast<std::uint32_t>(trace_.lifts.size());
  trace_.touches.push_back(touch);
}

std::int32_t TraceWriter::decay_since(StateKind kind, const Encounter& last) {
  const auto& places = layout_.states[kind].decay;
  DecayKey key{kind, {}};
  if (places[Always] >= 0) key.values[Always] = 1.0F;
  if (places[Rows] >= 0) key.values[Rows] = static_cast<float>(log1p_of(memory_.row() - last.row));
  if (places[Minutes] >= 0) {
    const double minutes = std::log1p(std::max(0.0, memory_.minutes() - last.minutes));
    key.values[Minutes] = static_cast<float>(minutes);
    if (places[MinutesPerTouch] >= 0) key.values[MinutesPerTouch] = static_cast<float>(minutes / last.times);
  }
  return key.values == DecayKey{}.values ? -1 : number_of(key);
}

std::int32_t TraceWriter::number_of(const DecayKey& key) {
  const auto [place, is_new] =
      known_decays_.try_emplace(key, static_cast<std::int32_t>(trace_.decay_end.size()));
  if (!is_new) return place->second;
  for (std::size_t i = 0; i < decays; ++i)
    if (key.values[i] > 0.0F) trace_.decays.push_back({layout_.states[key.kind].decay[i], key.values[i]});
  trace_.decay_end.push_back(static_cast<std::uint32_t>(trace_.decays.size()));
  return place->second;
}

std::size_t TraceWriter::DecayHash::operator()(const DecayKey& key) const {
  std::uint64_t hash = key.kind;
  for (const float value : key.values)
    hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 0x9E3779B97F4A7C15u;
  return hash ^ (hash >> 32);
}

std::vector<std::vector<int>> blocks_of(const ResponseLog& log, std::span<const int> pupils, int blocks) {
  const auto rows_of = [&](int pupil) {
    const auto at = static_cast<std::size_t>(pupil);
    return log.pupil_begins[at + 1] - log.pupil_begins[at];
  };
  std::size_t rows = 0, before = 0;
  for (const int pupil : pupils) rows += rows_of(pupil);
  std::vector<std::vector<int>> cut(static_cast<std::size_t>(blocks));
  for (const int pupil : pupils) {
    cut[before * cut.size() / std::max<std::size_t>(rows, 1)].push_back(pupil);
    before += rows_of(pupil);
  }
  return cut;
}

std::vector<Trace> write_traces(const ResponseLog& log, const ItemSummary& items, const Layout& layout,
                                const std::vector<std::vector<int>>& blocks, int workers) {
  std::vector<Trace> traces(blocks.size());
  parallel_for(static_cast<int>(blocks.size()), workers, [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    TraceWriter writer(log, items, layout);
    writer.write(blocks[at]);
    traces[at] = writer.take();
  });
  return traces;
}

}  // namespace trede::prediction
