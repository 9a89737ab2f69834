#include "engine/calibration/sx2.hpp"

#include <algorithm>
#include <cassert>

namespace trede::calibration {

namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

constexpr double least_expected = 1.0;

bool is_complete(const ResponseTable& table, int person) {
  const auto responses = table.of(person);
  if (static_cast<int>(responses.size()) != table.items()) return false;
  std::vector<bool> seen(responses.size(), false);
  for (const Response& response : responses) seen[static_cast<std::size_t>(response.item)] = true;
  return std::find(seen.begin(), seen.end(), false) == seen.end();
}

std::vector<int> complete_people(const ResponseTable& table) {
  std::vector<int> complete;
  double people = 0.0;
  double completed = 0.0;
  for (int person = 0; person < table.people(); ++person) {
    people += table.weight(person);
    if (!is_complete(table, person)) continue;
    completed += table.weight(person);
    complete.push_back(person);
  }
  if (completed < 0.5 * people) complete.clear();
  return complete;
}

// The score with one more item: f(k | θ) ← Σ_z P(z | θ) f(k − z | θ). Rows are nodes, columns scores.
ArrayXXd add_item(const ArrayXXd& scores, const ArrayXXd& probability) {
  ArrayXXd sum = ArrayXXd::Zero(scores.rows(), scores.cols() + probability.cols() - 1);
  for (Index z = 0; z < probability.cols(); ++z)
    sum.middleCols(z, scores.cols()) += scores.colwise() * probability.col(z);
  return sum;
}

// Calls visit(item, the score of all other items) for every item of [first, last), given the score of all
// items outside it. Halving keeps every step an addition of items: taking one out by division is unstable.
template <class Visit>
void for_each_left_out(const Curves& curves, std::size_t first, std::size_t last, const ArrayXXd& outside,
                       const Visit& visit) {
  if (last - first == 1) return visit(first, outside);
  const std::size_t middle = (first + last) / 2;
  ArrayXXd with_right = outside;
  for (std::size_t i = middle; i < last; ++i) with_right = add_item(with_right, curves.items[i].probability);
  for_each_left_out(curves, first, middle, with_right, visit);
  ArrayXXd with_left = outside;
  for (std::size_t i = first; i < middle; ++i) with_left = add_item(with_left, curves.items[i].probability);
  for_each_left_out(curves, middle, last, with_left, visit);
}

struct Table {
  ArrayXXd observed;  // scores × categories
  ArrayXXd expected;
};

class ScoreTables {
 public:
  ScoreTables(const ResponseTable& table, const Curves& curves, const std::vector<int>& people)
      : curves_(curves) {
    Index highest = 0;
    for (const ItemCurves& item : curves.items) highest += item.probability.cols() - 1;
    for (const ItemCurves& item : curves.items) {
      tables_.push_back({ArrayXXd::Zero(highest + 1, item.probability.cols()),
                         ArrayXXd::Zero(highest + 1, item.probability.cols())});
    }
    people_ = ArrayXXd::Zero(highest + 1, static_cast<Index>(curves.groups.size()));
    for (int person : people) count(table, person);
    const ArrayXXd nothing = ArrayXXd::Ones(curves.nodes.size(), 1);
    for_each_left_out(curves, 0, curves.items.size(), nothing,
                      [&](std::size_t item, const ArrayXXd& others) { expect(item, others); });
  }
  const Table& of(std::size_t item) const { return tables_[item]; }

 private:
  void count(const ResponseTable& table, int person) {
    Index score = 0;
    for (const Response& response : table.of(person)) score += response.category;
    people_(score, table.group(person)) += table.weight(person);
    for (const Response& response : table.of(person))
      tables_[static_cast<std::size_t>(response.item)].observed(score, response.category) +=
          table.weight(person);
  }

  void expect(std::size_t item, const ArrayXXd& others) {
    const ArrayXXd& probability = curves_.items[item].probability;
    ArrayXXd& expected = tables_[item].expected;
    for (std::size_t g = 0; g < curves_.groups.size(); ++g) {
      ArrayXXd joint = ArrayXXd::Zero(expected.rows(), expected.cols());
      for (Index z = 0; z < probability.cols(); ++z) {
        const ArrayXd weights = curves_.groups[g] * probability.col(z);
        joint.col(z).segment(z, others.cols()) = (others.matrix().transpose() * weights.matrix()).array();
      }
      const ArrayXd people = people_.col(static_cast<Index>(g));
      const ArrayXd share = (people > 0.0).select(people / joint.rowwise().sum(), 0.0);
      expected += joint.colwise() * share;
    }
  }

  const Curves& curves_;
  std::vector<Table> tables_;
  ArrayXXd people_;  // scores × groups
};

struct Cell {
  double observed = 0.0;
  double expected = 0.0;
};
using Row = std::vector<Cell>;

// Neighbour categories together until every cell is expected often enough or two are left.
Row pooled(Row row) {
  const auto rarer = [](const Cell& a, const Cell& b) { return a.expected < b.expected; };
  while (row.size() > 2) {
    const auto least = std::min_element(row.begin(), row.end(), rarer);
    if (least->expected >= least_expected) break;
    auto into = least == row.begin() ? least + 1 : least - 1;
    if (least != row.begin() && least + 1 != row.end() && rarer(*(least + 1), *into)) into = least + 1;
    into->observed += least->observed;
    into->expected += least->expected;
    row.erase(least);
  }
  return row;
}

bool is_sparse(const Row& row) {
  const Row cells = pooled(row);
  return std::any_of(cells.begin(), cells.end(), [](const Cell& c) { return c.expected < least_expected; });
}

double observed_in(const Row& row) {
  double sum = 0.0;
  for (const Cell& cell : row) sum += cell.observed;
  return sum;
}

std::vector<Row> rows_of(const Table& table) {
  std::vector<Row> rows;
  for (Index k = 1; k + 1 < table.observed.rows(); ++k) {
    Row row;
    for (Index z = 0; z < table.observed.cols(); ++z)
      row.push_back({table.observed(k, z), table.expected(k, z)});
    if (observed_in(row) > 0.0) rows.push_back(row);
  }
  return rows;
}

// Sparse scores join the neighbour with fewer people, from the lowest score on.
std::vector<Row> pooled(std::vector<Row> rows) {
  std::size_t row = 0;
  while (row < rows.size() && rows.size() > 1) {
    if (!is_sparse(rows[row])) {
      ++row;
      continue;
    }
    const bool first = row == 0;
    const bool last = row + 1 == rows.size();
    const bool up = first || (!last && observed_in(rows[row + 1]) < observed_in(rows[row - 1]));
    Row& into = rows[up ? row + 1 : row - 1];
    for (std::size_t z = 0; z < into.size(); ++z) {
      into[z].observed += rows[row][z].observed;
      into[z].expected += rows[row][z].expected;
    }
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(row));
    // What lies lower was not sparse and has only grown.
    if (row > 0 && !up) --row;
  }
  return rows;
}

std::optional<ChiSquare> test(const Table& table, int free_parameters) {
  const std::vector<Row> rows = pooled(rows_of(table));
  double statistic = 0.0;
  int df = -free_parameters;
  for (const Row& row : rows) {
    const Row cells = pooled(row);
    df += static_cast<int>(cells.size()) - 1;
    for (const Cell& cell : cells) {
      if (cell.expected <= 0.0) return std::nullopt;
      statistic += (cell.observed - cell.expected) * (cell.observed - cell.expected) / cell.expected;
    }
  }
  if (df < 1) return std::nullopt;
  return chi_square(statistic, df);
}

}  // namespace

std::vector<std::optional<ChiSquare>> s_x2(const ResponseTable& table, const Curves& curves,
                                           const std::vector<int>& free_parameters) {
  std::vector<std::optional<ChiSquare>> result(curves.items.size());
  const std::vector<int> people = complete_people(table);
  if (people.empty() || curves.items.size() < 2) return result;
  const ScoreTables tables(table, curves, people);
  for (std::size_t item = 0; item < result.size(); ++item)
    result[item] = test(tables.of(item), free_parameters.empty() ? 0 : free_parameters[item]);
  return result;
}

}  // namespace trede::calibration
