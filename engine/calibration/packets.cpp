#include "engine/calibration/packets.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/random.hpp"

namespace trede::calibration {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
// Bundling pays when a person has an answer to most items, and as long as the patterns' rows stay in the
// fast cache and are few beside the people.
constexpr double dense = 0.6;
constexpr std::size_t patterns_of_a_bundle = 128;
constexpr std::size_t people_per_pattern = 16;

bool counts_for_something(const ResponseTable& table, int person) {
  return table.weight(person) > 0.0;
}

// One row a person and answer, in the order of the table.
void list_answers(const ResponseTable& table, const std::vector<bool>& informative, Packets& packets) {
  packets.rows.reserve(table.responses.size());
  for (int i = 0; i < table.people(); ++i) {
    if (!counts_for_something(table, i)) continue;
    for (const Response& response : table.of(i)) {
      const auto item = static_cast<std::size_t>(response.item);
      if (informative[item])
        packets.rows.push_back(packets.first_row[item] + static_cast<std::uint32_t>(response.category));
    }
    if (packets.rows.size() == packets.begins.back()) continue;
    packets.begins.push_back(packets.rows.size());
    packets.weights.push_back(table.weight(i));
    packets.groups.push_back(table.group(i));
  }
}

// The item of each single row.
std::vector<std::size_t> items_of_rows(const Packets& packets) {
  std::vector<std::size_t> items;
  for (std::size_t j = 0; j < packets.first_row.size(); ++j)
    items.resize(j + 1 < packets.first_row.size() ? packets.first_row[j + 1] : packets.single_rows, j);
  return items;
}

bool all_answered_all(const Packets& packets, std::size_t items) {
  const auto people = static_cast<std::size_t>(packets.people());
  if (packets.rows.size() != people * items) return false;
  const std::vector<std::size_t> item_of = items_of_rows(packets);
  std::vector<std::size_t> last(packets.first_row.size(), people);
  for (std::size_t i = 0; i < people; ++i)
    for (std::size_t at = packets.begins[i]; at < packets.begins[i + 1]; ++at)
      if (std::exchange(last[item_of[packets.rows[at]]], i) == i) return false;
  return packets.begins.size() > 1 &&
         std::adjacent_find(packets.begins.begin(), packets.begins.end(),
                            [&](auto one, auto next) { return next - one != items; }) == packets.begins.end();
}

// Puts the rows of several items together as long as few patterns occur.
class Bundler {
 public:
  Bundler(Packets& packets, std::size_t limit)
      : packets_(packets), limit_(limit), people_(static_cast<std::size_t>(packets.people())) {}

  void bundle() {
    if (!transpose()) return;
    states_.assign(people_, 0);
    const std::size_t items = packets_.first_row.size();
    for (std::size_t j = 0; j < items; ++j) extend(columns_.data() + j * people_, j);
    close();
    write();
  }

 private:
  // items × people: the row of each answer. False where somebody answered an item twice.
  bool transpose() {
    const std::size_t items = packets_.first_row.size();
    columns_.assign(items * people_, none);
    const std::vector<std::size_t> item_of = items_of_rows(packets_);
    categories_.assign(items, 0);
    for (const std::size_t item : item_of) ++categories_[item];
    for (std::size_t i = 0; i < people_; ++i)
      for (std::size_t at = packets_.begins[i]; at < packets_.begins[i + 1]; ++at) {
        std::uint32_t& cell = columns_[item_of[packets_.rows[at]] * people_ + i];
        if (cell != none) return false;
        cell = packets_.rows[at];
      }
    return true;
  }
  // A person's state is the pattern of answers so far in this bundle, 0 before the first.
  void extend(const std::uint32_t* answers, std::size_t item) {
    if (try_extend(answers, item)) return;
    close();
    try_extend(answers, item);
  }

  bool try_extend(const std::uint32_t* answers, std::size_t item) {
    const std::uint32_t first = packets_.first_row[item];
    const std::size_t categories = categories_[item];
    const std::size_t states = rows_.size();
    const std::size_t products = packets_.products.size();
    std::vector<std::uint32_t> next(states * categories, 0);
    next_states_ = states_;
    for (std::size_t i = 0; i < people_; ++i) {
      if (answers[i] == none) continue;
      std::uint32_t& state = next[states_[i] * categories + (answers[i] - first)];
      if (state == 0) state = add_state(states_[i], answers[i]);
      next_states_[i] = state;
    }
    if (rows_.size() - states > limit_ && states > 1) {
      rows_.resize(states);
      packets_.products.resize(products);
      return false;
    }
    std::swap(states_, next_states_);
    return true;
  }

  std::uint32_t add_state(std::uint32_t before, std::uint32_t answer) {
    if (before == 0) {
      rows_.push_back(answer);
    } else {
      rows_.push_back(static_cast<std::uint32_t>(packets_.table_rows()));
      packets_.products.push_back({rows_[before], answer});
    }
    return static_cast<std::uint32_t>(rows_.size() - 1);
  }

  void close() {
    std::vector<std::uint32_t> bundle(people_);
    for (std::size_t i = 0; i < people_; ++i) bundle[i] = rows_[states_[i]];
    bundles_.push_back(std::move(bundle));
    states_.assign(people_, 0);
    rows_.assign(1, none);
  }

  void write() {
    packets_.rows.clear();
    for (std::size_t i = 0; i < people_; ++i) {
      for (const auto& bundle : bundles_)
        if (bundle[i] != none) packets_.rows.push_back(bundle[i]);
      packets_.begins[i + 1] = packets_.rows.size();
    }
    packets_.rows.shrink_to_fit();
  }

  Packets& packets_;
  std::size_t limit_;
  std::size_t people_;
  std::vector<std::size_t> categories_;
  std::vector<std::uint32_t> columns_;
  std::vector<std::uint32_t> states_;  // of each person
  std::vector<std::uint32_t> next_states_;
  std::vector<std::uint32_t> rows_ = {none};  // of each state
  std::vector<std::vector<std::uint32_t>> bundles_;
};

// The order of the answers does not matter.
struct Fingerprint {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  auto operator<=>(const Fingerprint&) const = default;
};

Fingerprint fingerprint(const Packets& packets, std::size_t person) {
  Fingerprint print{scramble(static_cast<std::uint64_t>(packets.groups[person])), 0};
  for (std::size_t at = packets.begins[person]; at < packets.begins[person + 1]; ++at) {
    const std::uint64_t bits = scramble(packets.rows[at]);
    print.first += bits;
    print.second += bits * (bits | 1);
  }
  return print;
}

// 128 bits tell people apart more surely than memory keeps them.
void collapse(Packets& packets) {
  std::vector<Fingerprint> prints(packets.weights.size());
  for (std::size_t i = 0; i < prints.size(); ++i) prints[i] = fingerprint(packets, i);
  std::vector<std::uint32_t> order(prints.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](auto one, auto other) {
    return prints[one] != prints[other] ? prints[one] < prints[other] : one < other;
  });
  std::vector<bool> kept(prints.size(), true);
  for (std::size_t at = 1, first = 0; at < order.size(); ++at) {
    if (prints[order[at]] != prints[order[first]]) {
      first = at;
      continue;
    }
    packets.weights[order[first]] += packets.weights[order[at]];
    kept[order[at]] = false;
  }
  std::size_t people = 0;
  std::size_t rows = 0;
  for (std::size_t i = 0; i < prints.size(); ++i) {
    const std::size_t begin = packets.begins[i];
    const std::size_t end = packets.begins[i + 1];
    if (!kept[i]) continue;
    std::copy(packets.rows.begin() + static_cast<std::ptrdiff_t>(begin),
              packets.rows.begin() + static_cast<std::ptrdiff_t>(end),
              packets.rows.begin() + static_cast<std::ptrdiff_t>(rows));
    packets.weights[people] = packets.weights[i];
    packets.groups[people] = packets.groups[i];
    packets.begins[people] = rows;
    rows += end - begin;
    ++people;
  }
  packets.rows.resize(rows);
  packets.weights.resize(people);
  packets.groups.resize(people);
  packets.begins.resize(people + 1);
  packets.begins[people] = rows;
}

}  // namespace

void Packets::multiply(kernels::Rows& table, int width) const {
  kernels::Eight* out = table.data() + static_cast<std::size_t>(single_rows) * width;
  for (const Product& product : products) {
    const kernels::Eight* one = table.data() + static_cast<std::size_t>(product.pattern) * width;
    const kernels::Eight* other = table.data() + static_cast<std::size_t>(product.answer) * width;
    for (int l = 0; l < width; ++l, ++out)
      for (int lane = 0; lane < kernels::lanes; ++lane)
        out->values[lane] = one[l].values[lane] * other[l].values[lane];
  }
}

void Packets::scatter(kernels::Rows& counts, int width) const {
  for (std::size_t i = products.size(); i-- > 0;) {
    const kernels::Eight* from = counts.data() + (single_rows + i) * static_cast<std::size_t>(width);
    kernels::Eight* one = counts.data() + static_cast<std::size_t>(products[i].pattern) * width;
    kernels::Eight* other = counts.data() + static_cast<std::size_t>(products[i].answer) * width;
    for (int l = 0; l < width; ++l)
      for (int lane = 0; lane < kernels::lanes; ++lane) {
        one[l].values[lane] += from[l].values[lane];
        other[l].values[lane] += from[l].values[lane];
      }
  }
}

void Packets::expand(std::uint32_t row, std::vector<std::uint32_t>& singles) const {
  while (row >= single_rows) {
    const Product& product = products[row - single_rows];
    singles.push_back(product.answer);
    row = product.pattern;
  }
  singles.push_back(row);
}

Packets packets_of(const ResponseTable& table, const std::vector<bool>& informative) {
  Packets packets;
  std::size_t items = 0;
  for (std::size_t j = 0; j < table.categories.size(); ++j) {
    packets.first_row.push_back(packets.single_rows);
    packets.single_rows += static_cast<std::uint32_t>(table.categories[j]);
    items += informative[j] ? 1 : 0;
  }
  list_answers(table, informative, packets);
  collapse(packets);
  packets.complete = all_answered_all(packets, items);
  const auto people = static_cast<std::size_t>(packets.people());
  const std::size_t limit = std::min(patterns_of_a_bundle, people / people_per_pattern);
  const bool pays = limit >= 4 && static_cast<double>(packets.rows.size()) >=
                                      dense * static_cast<double>(people) * static_cast<double>(items);
  if (pays) Bundler(packets, limit).bundle();
  return packets;
}

}  // namespace trede::calibration
