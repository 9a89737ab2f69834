#include "engine/calibration/kernels.hpp"

#include <xmmintrin.h>

#include <cmath>

// Passed between functions that are all inlined, so that the calling convention does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace trede::calibration::kernels {
namespace {

#define TREDE_INLINE [[gnu::always_inline]] inline

using Lanes = double __attribute__((vector_size(64), may_alias));

// Products far from a person's ability fall below the smallest normal number, where the processor is slow;
// there they count as zero.
class FlushToZero {
 public:
  FlushToZero() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040); }
  ~FlushToZero() { _mm_setcsr(before_); }
  FlushToZero(const FlushToZero&) = delete;
  FlushToZero& operator=(const FlushToZero&) = delete;

 private:
  unsigned before_;
};

TREDE_INLINE double sum_of(const Lanes& x) {
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

TREDE_INLINE const Lanes* lanes_of(const Eight* row) {
  return reinterpret_cast<const Lanes*>(row);
}
TREDE_INLINE Lanes* lanes_of(Eight* row) {
  return reinterpret_cast<Lanes*>(row);
}

// A few vectors at a time stay in registers while the answers pass by.
template <int Tile>
TREDE_INLINE void multiply_tile(const People& p, const std::uint32_t* rows, std::size_t count, int at,
                                Lanes* product) {
  Lanes local[Tile];
#pragma GCC unroll 8
  for (int l = 0; l < Tile; ++l) local[l] = product[at + l];
  for (std::size_t k = 0; k < count; ++k) {
    const Lanes* row = lanes_of(p.likelihoods + static_cast<std::size_t>(rows[k]) * p.width + at);
#pragma GCC unroll 8
    for (int l = 0; l < Tile; ++l) local[l] *= row[l];
  }
#pragma GCC unroll 8
  for (int l = 0; l < Tile; ++l) product[at + l] = local[l];
}

template <int Tile>
TREDE_INLINE void add_tile(const People& p, const std::uint32_t* rows, std::size_t count, int at,
                           const Lanes* posterior, Eight* counts) {
  Lanes local[Tile];
#pragma GCC unroll 8
  for (int l = 0; l < Tile; ++l) local[l] = posterior[at + l];
  for (std::size_t k = 0; k < count; ++k) {
    Lanes* row = lanes_of(counts + static_cast<std::size_t>(rows[k]) * p.width + at);
#pragma GCC unroll 8
    for (int l = 0; l < Tile; ++l) row[l] += local[l];
  }
}

// Thousands of answers: one row at a time, kept near one. Returns the logarithm taken out.
TREDE_INLINE double multiply_scaled(const People& p, const std::uint32_t* rows, std::size_t count,
                                    Lanes* product) {
  double logarithm = 0.0;
  for (std::size_t k = 0; k < count; ++k) {
    const Lanes* row = lanes_of(p.likelihoods + static_cast<std::size_t>(rows[k]) * p.width);
    double total = 0.0;
    for (int l = 0; l < p.width; ++l) {
      product[l] *= row[l];
      total += sum_of(product[l]);
    }
    for (int l = 0; l < p.width; ++l) product[l] /= total;
    logarithm += std::log(total);
  }
  return logarithm;
}

TREDE_INLINE double total_of(const Lanes* product, int width) {
  Lanes total = product[0];
  for (int l = 1; l < width; ++l) total += product[l];
  return sum_of(total);
}

// The part of a row that matters, in eights.
struct Range {
  int begin;
  int end;
};

// Calls f.operator()<tile>(at) with tiles of up to eight that cover the range.
template <class F>
TREDE_INLINE void cover(Range range, const F& f) {
  int at = range.begin;
  for (; at + 8 <= range.end; at += 8) f.template operator()<8>(at);
  switch (range.end - at) {
    case 7:
      return f.template operator()<7>(at);
    case 6:
      return f.template operator()<6>(at);
    case 5:
      return f.template operator()<5>(at);
    case 4:
      return f.template operator()<4>(at);
    case 3:
      return f.template operator()<3>(at);
    case 2:
      return f.template operator()<2>(at);
    case 1:
      return f.template operator()<1>(at);
    default:
      return;
  }
}

TREDE_INLINE Range outline(const People& p, int person) {
  if (p.likelihood_outlines == nullptr) return {0, p.width};
  Lanes product = *lanes_of(p.prior_outlines + p.groups[person]);
  for (std::size_t at = p.begins[person]; at < p.begins[person + 1]; ++at)
    product *= *lanes_of(p.likelihood_outlines + p.rows[at]);
  int peak = 0;
  for (int l = 1; l < lanes; ++l) peak = product[l] > product[peak] ? l : peak;
  if (product[peak] < 1e-250) return {0, p.width};
  const double least = 1e-16 * product[peak];
  Range range{peak > 0 ? peak - 1 : 0, peak + 1};
  while (range.begin > 0 && product[range.begin] > least) --range.begin;
  while (range.end < lanes && product[range.end] > least) ++range.end;
  if (range.end == lanes) range.end = p.width;
  return range;
}

// One person's posterior, up to the factor 1 / total, over a range.
struct Marginal {
  Range range;
  double total;
  double logarithm;  // ln Σ_q prior Π likelihood
};

TREDE_INLINE double total_of(const Lanes* product, Range range) {
  Lanes total = product[range.begin];
  for (int l = range.begin + 1; l < range.end; ++l) total += product[l];
  return sum_of(total);
}

TREDE_INLINE Marginal marginal(const People& p, int person, Lanes* product) {
  const std::uint32_t* rows = p.rows + p.begins[person];
  const std::size_t count = p.begins[person + 1] - p.begins[person];
  const Lanes* prior = lanes_of(p.priors + static_cast<std::size_t>(p.groups[person]) * p.width);
  const Range range = outline(p, person);
  for (int l = range.begin; l < range.end; ++l) product[l] = prior[l];
  const auto multiply = [&]<int Tile>(int at) __attribute__((always_inline)) {
    multiply_tile<Tile>(p, rows, count, at, product);
  };
  cover(range, multiply);
  const double total = total_of(product, range);
  if (total > 1e-250) return {range, total, std::log(total)};
  for (int l = 0; l < p.width; ++l) product[l] = prior[l];
  const double logarithm = multiply_scaled(p, rows, count, product);
  const Range all{0, p.width};
  const double rest = total_of(product, all);
  return {all, rest, logarithm + std::log(rest)};
}

TREDE_INLINE void add_to_rows(const People& p, int person, Range range, const Lanes* posterior,
                              Eight* counts) {
  const std::uint32_t* rows = p.rows + p.begins[person];
  const std::size_t count = p.begins[person + 1] - p.begins[person];
  const auto add = [&]<int Tile>(int at) __attribute__((always_inline)) {
    add_tile<Tile>(p, rows, count, at, posterior, counts);
  };
  cover(range, add);
}

TREDE_INLINE double expect_people(const People& p, Eight* counts, Eight* group_counts) {
  const FlushToZero flush;
  Rows buffer(static_cast<std::size_t>(p.width));
  Lanes* product = lanes_of(buffer.data());
  double log_likelihood = 0.0;
  for (int person = p.first; person < p.last; ++person) {
    const Marginal found = marginal(p, person, product);
    log_likelihood += p.weights[person] * found.logarithm;
    const double scale = p.weights[person] / found.total;
    Lanes* group = lanes_of(group_counts + static_cast<std::size_t>(p.groups[person]) * p.width);
    for (int l = found.range.begin; l < found.range.end; ++l) {
      product[l] *= scale;
      group[l] += product[l];
    }
    add_to_rows(p, person, found.range, product, counts);
  }
  return log_likelihood;
}

TREDE_INLINE void covary_people(const People& p, const Spread& spread) {
  const FlushToZero flush;
  Rows buffer(static_cast<std::size_t>(p.width));
  Lanes* w = lanes_of(buffer.data());
  const double* weights = buffer.front().values;
  const Lanes* nodes = lanes_of(spread.nodes);
  for (int person = p.first; person < p.last; ++person) {
    const auto [range, total, logarithm] = marginal(p, person, w);
    Lanes mean = {};
    Lanes square = {};
    for (int l = range.begin; l < range.end; ++l) {
      w[l] /= total;
      mean += w[l] * nodes[l];
      square += w[l] * nodes[l] * nodes[l];
    }
    const double m = sum_of(mean);
    spread.variances[person] = p.weights[person] * (sum_of(square) - m * m);
    for (int q = range.begin * lanes; q < range.end * lanes; ++q) {
      Lanes* row = lanes_of(spread.between + static_cast<std::size_t>(q) * p.width);
      const double factor = p.weights[person] * weights[q];
      for (int l = range.begin; l < range.end; ++l) row[l] += factor * w[l];
    }
    for (int l = range.begin; l < range.end; ++l) w[l] *= p.weights[person] * (nodes[l] - m);
    add_to_rows(p, person, range, w, spread.with_ability);
  }
}

#define TREDE_COMPILED_FOR(set, attribute)                                       \
  attribute double expect_##set(const People& p, Eight* counts, Eight* groups) { \
    return expect_people(p, counts, groups);                                     \
  }                                                                              \
  attribute void covary_##set(const People& p, const Spread& s) {                \
    covary_people(p, s);                                                         \
  }

TREDE_COMPILED_FOR(plain, )
TREDE_COMPILED_FOR(avx2, [[gnu::target("avx2")]])
TREDE_COMPILED_FOR(avx512, [[gnu::target("avx512f")]])

}  // namespace

Rows outlines_of(const Rows& rows, int width) {
  const auto across = static_cast<std::size_t>(width);
  Rows outlines(rows.size() / across);
  for (std::size_t row = 0; row < outlines.size(); ++row)
    for (std::size_t l = 0; l < lanes; ++l) outlines[row].values[l] = rows[row * across + l].values[0];
  return outlines;
}

void add(const Rows& from, Rows& into) {
  for (std::size_t i = 0; i < from.size(); ++i) *lanes_of(&into[i]) += *lanes_of(&from[i]);
}

std::vector<InstructionSet> available() {
  std::vector<InstructionSet> sets = {{"sse2", expect_plain, covary_plain}};
  if (__builtin_cpu_supports("avx2")) sets.push_back({"avx2", expect_avx2, covary_avx2});
  if (__builtin_cpu_supports("avx512f")) sets.push_back({"avx512", expect_avx512, covary_avx512});
  return sets;
}

const InstructionSet& best() {
  static const InstructionSet set = available().back();
  return set;
}

}  // namespace trede::calibration::kernels
