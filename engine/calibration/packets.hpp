// The answers of a table as what the E-step runs over: for each distinct person a short list of rows of one table of
// likelihoods. A row is one category of one item, or, where nearly everybody answered nearly everything, one
// pattern of answers to several items (a product of two earlier rows), so that a person with 50 answers takes
// eight multiplications instead of 50. Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/calibration/kernels.hpp"
#include "engine/calibration/responses.hpp"

namespace trede::calibration {

struct Packets {
  struct Product {
    std::uint32_t pattern;  // a row before this one
    std::uint32_t answer;   // a row of one item
  };

  std::vector<std::uint32_t> first_row;  // of each item; category k of it is row first_row + k
  std::uint32_t single_rows = 0;         // rows of one item; the products follow
  std::vector<Product> products;

  bool complete = false;  // everybody answered each informative item once

  std::vector<std::uint32_t> rows;
  std::vector<std::size_t> begins = {0};
  std::vector<double> weights;
  std::vector<int> groups;

  int people() const { return static_cast<int>(weights.size()); }
  std::size_t table_rows() const { return single_rows + products.size(); }

  // Fills the products' rows from the single ones.
  void multiply(kernels::Rows& table, int width) const;
  // Adds the products' counts to the single ones; returns nothing of use in the products' rows.
  void scatter(kernels::Rows& counts, int width) const;
  // The single rows of one row.
  void expand(std::uint32_t row, std::vector<std::uint32_t>& singles) const;
};

// Leaves out items that are not informative, people without answers and those of weight 0; people alike in answers
// and group become one with their weights added.
Packets packets_of(const ResponseTable& table, const std::vector<bool>& informative);

}  // namespace trede::calibration
