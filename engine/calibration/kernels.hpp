// The loops in which calibration spends its time, eight quadrature nodes at a time, each compiled for several
// instruction sets in one place (kernels.cpp); `best()` picks one when first asked. They only multiply, add
// and divide lane by lane in a fixed order, without contraction, so every set gives the same to the last
// bit. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace trede::calibration::kernels {

constexpr int lanes = 8;

// Eight neighbouring nodes; a row of a table is `width` of them, the last ones padded with zeros.
struct alignas(64) Eight {
  double values[lanes] = {};
};
using Rows = std::vector<Eight>;

// Every eighth node of the first 64 of each row. For rows of eight or nine eights: what lies further out goes with the
// last of them.
Rows outlines_of(const Rows& rows, int width);
inline bool has_outlines(int width) {
  return width == lanes || width == lanes + 1;
}

// Some people, their answers as rows of the table, and what is known beforehand.
struct People {
  const Eight* likelihoods;  // rows × width: P(answer | θ_q), below 1e-100 taken as that
  const Eight* priors;       // groups × width: A_g(θ_q), sum one
  int width;
  // outlines_of() both, or null. Where a person's have fallen to 1e-16 of their largest, the nodes beyond are left
  // out: exact for densities with one peak.
  const Eight* likelihood_outlines;
  const Eight* prior_outlines;
  const std::uint32_t* rows;  // person i: rows[begins[i]] … rows[begins[i + 1] − 1]
  const std::size_t* begins;
  const double* weights;
  const int* groups;
  int first;  // people first … last − 1
  int last;
};

// Adds each person's posterior, times weight, to `counts` (rows × width) for each of their answers and to
// `group_counts` (groups × width). Returns Σ weight ln Σ_q prior Π likelihood.
using Expect = double (*)(const People& people, Eight* counts, Eight* group_counts);

// What the people's posteriors w_i (mean m_i) leave open about θ, for standard errors.
struct Spread {
  const Eight* nodes;   // θ_q, one row
  Eight* between;       // nodes × width: adds Σ_i weight_i w_i(θ_q) w_i(θ_r)
  Eight* with_ability;  // rows × width: adds weight_i w_i(θ_q) (θ_q − m_i) for each answer
  double* variances;    // of each person: weight_i Var_i(θ)
};
using Covary = void (*)(const People& people, const Spread& spread);

// into += from, rows of the same number.
void add(const Rows& from, Rows& into);

struct InstructionSet {
  const char* name;
  Expect expect;
  Covary covary;
};

// Those this processor has, the plainest first.
std::vector<InstructionSet> available();
const InstructionSet& best();

}  // namespace trede::calibration::kernels
