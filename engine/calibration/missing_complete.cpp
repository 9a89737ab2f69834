#include "engine/calibration/missing_complete.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/parallel/parallel_for.hpp"

namespace trede::calibration {
namespace {

using Eigen::ArrayXd;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int people_at_a_time = 256;

using Rows = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

Rows rows_of(const kernels::Rows& rows, int width) {
  return {rows.front().values, static_cast<Eigen::Index>(rows.size()) / width, width * kernels::lanes};
}

// What one block of people adds.
struct Part {
  kernels::Rows between;
  kernels::Rows with_ability;
  MatrixXd slopes;  // V
};

// Category of each informative item, of each single row its column and category.
struct Column {
  Eigen::Index item;
  double category;
};

std::vector<Column> columns_of(const Marginal& marginal) {
  std::vector<Column> columns;
  Eigen::Index item = 0;
  for (const ItemPlan& plan : marginal.plan().items) {
    for (int k = 0; k < plan.start.categories(); ++k) columns.push_back({item, static_cast<double>(k)});
    item += plan.informative ? 1 : 0;
  }
  return columns;
}

// Σ variance_i k_i k_i' over people first … last − 1.
MatrixXd slopes_part(const Packets& packets, const std::vector<Column>& columns, Eigen::Index items,
                     int first, int last, const std::vector<double>& variances) {
  MatrixXd sum = MatrixXd::Zero(items, items);
  MatrixXd categories = MatrixXd::Zero(items, people_at_a_time);
  std::vector<std::uint32_t> singles;
  for (int begin = first; begin < last; begin += people_at_a_time) {
    const int end = std::min(last, begin + people_at_a_time);
    for (int i = begin; i < end; ++i) {
      const auto person = static_cast<std::size_t>(i);
      const double root = std::sqrt(std::max(0.0, variances[person]));
      singles.clear();
      for (std::size_t at = packets.begins[person]; at < packets.begins[person + 1]; ++at)
        packets.expand(packets.rows[at], singles);
      for (const std::uint32_t row : singles)
        categories(columns[row].item, i - begin) = root * columns[row].category;
    }
    sum.selfadjointView<Eigen::Lower>().rankUpdate(categories.leftCols(end - begin));
  }
  return sum;
}

Part part_of(const Marginal& marginal, const kernels::People& people, const kernels::Eight* nodes,
             const std::vector<Column>& columns, Eigen::Index items) {
  const auto width = static_cast<std::size_t>(people.width);
  Part part{kernels::Rows(width * kernels::lanes * width),
            kernels::Rows(marginal.packets().table_rows() * width),
            {}};
  std::vector<double> variances(marginal.packets().weights.size());
  kernels::best().covary(people, {nodes, part.between.data(), part.with_ability.data(), variances.data()});
  part.slopes = slopes_part(marginal.packets(), columns, items, people.first, people.last, variances);
  return part;
}

Part whole(const Marginal& marginal, const Marginal::Tables& tables, const std::vector<Column>& columns,
           Eigen::Index items) {
  kernels::Rows nodes(static_cast<std::size_t>(marginal.width()));
  std::copy(marginal.nodes().begin(), marginal.nodes().end(), nodes.front().values);
  std::vector<Part> parts(static_cast<std::size_t>(marginal.blocks()));
  parallel_for(marginal.blocks(), marginal.workers(), [&](int block) {
    parts[static_cast<std::size_t>(block)] =
        part_of(marginal, marginal.block(tables, block), nodes.data(), columns, items);
  });
  for (std::size_t block = 1; block < parts.size(); ++block) {
    kernels::add(parts[block].between, parts.front().between);
    kernels::add(parts[block].with_ability, parts.front().with_ability);
    parts.front().slopes += parts[block].slopes;
  }
  marginal.packets().scatter(parts.front().with_ability, marginal.width());
  parts.front().slopes = parts.front().slopes.selfadjointView<Eigen::Lower>().toDenseMatrix();
  return std::move(parts.front());
}

// The people at each node: what each row of `between` adds up to.
MatrixXd covariance_of_nodes(const kernels::Rows& between, int width, Eigen::Index nodes) {
  const MatrixXd products = rows_of(between, width).topLeftCorner(nodes, nodes);
  const VectorXd people = products.rowwise().sum();
  return MatrixXd(people.asDiagonal()) - products;
}

// Φ, t, and what they belong to: a number of the model for each column of Φ, −1 where it is fixed.
struct Features {
  MatrixXd phi;
  MatrixXd with_ability;             // nodes × items: t_j
  std::vector<int> places;           // of each column of Φ
  std::vector<Eigen::Index> slopes;  // column of each item's slope
};

Features features_of(const Marginal& marginal, const VectorXd& values, const kernels::Rows& with_ability) {
  const Plan& plan = marginal.plan();
  const Eigen::Index nodes = marginal.nodes().size();
  const Rows rows = rows_of(with_ability, marginal.width());
  Features f;
  Eigen::Index columns = 0;
  for (const ItemPlan& item : plan.items)
    if (item.informative) columns += item.start.categories();
  f.phi = MatrixXd::Zero(nodes, columns);
  f.with_ability = MatrixXd::Zero(nodes, columns);
  Eigen::Index items = 0;
  for (std::size_t j = 0; j < plan.items.size(); ++j) {
    const ItemPlan& item = plan.items[j];
    if (!item.informative) continue;
    const Eigen::ArrayXXd p = probabilities(plan.curve(static_cast<int>(j), values), marginal.nodes());
    const auto slope = static_cast<Eigen::Index>(f.places.size());
    f.slopes.push_back(slope);
    for (Eigen::Index k = 0; k < p.rows(); ++k) {
      const auto row = static_cast<Eigen::Index>(marginal.packets().first_row[j]) + k;
      const auto k_double = static_cast<double>(k);
      f.phi.col(slope) += k_double * (marginal.nodes() * p.row(k).transpose()).matrix();
      f.with_ability.col(items) += k_double * rows.row(row).head(nodes).transpose();
      if (k > 0) f.phi.col(slope + k) = p.row(k).transpose().matrix();
      f.places.push_back(item.places[static_cast<std::size_t>(k)]);
    }
    ++items;
  }
  f.with_ability.conservativeResize(Eigen::NoChange, items);
  return f;
}

}  // namespace

bool has_complete_form(const Marginal& marginal) {
  const Plan& plan = marginal.plan();
  return marginal.packets().complete && plan.first_free_group >= plan.groups &&
         std::none_of(plan.items.begin(), plan.items.end(),
                      [](const ItemPlan& item) { return item.informative && item.start.guesses; });
}

MatrixXd missing_in_complete_data(const Marginal& marginal, const VectorXd& values) {
  const std::vector<Column> columns = columns_of(marginal);
  const Plan& plan = marginal.plan();
  const Eigen::Index items = std::count_if(plan.items.begin(), plan.items.end(),
                                           [](const ItemPlan& item) { return item.informative; });
  const Part sums = whole(marginal, marginal.tables(values), columns, items);
  const Features f = features_of(marginal, values, sums.with_ability);
  const MatrixXd k = covariance_of_nodes(sums.between, marginal.width(), marginal.nodes().size());
  MatrixXd covariance = f.phi.transpose() * (k * f.phi);
  const MatrixXd cross = f.with_ability.transpose() * f.phi;
  for (Eigen::Index item = 0; item < items; ++item) {
    const Eigen::Index slope = f.slopes[static_cast<std::size_t>(item)];
    covariance.row(slope) -= cross.row(item);
    covariance.col(slope) -= cross.row(item).transpose();
    for (Eigen::Index other = 0; other < items; ++other)
      covariance(slope, f.slopes[static_cast<std::size_t>(other)]) += sums.slopes(item, other);
  }
  MatrixXd missing = MatrixXd::Zero(plan.size(), plan.size());
  for (std::size_t one = 0; one < f.places.size(); ++one)
    for (std::size_t other = 0; other < f.places.size(); ++other)
      if (f.places[one] >= 0 && f.places[other] >= 0)
        missing(f.places[one], f.places[other]) +=
            covariance(static_cast<Eigen::Index>(one), static_cast<Eigen::Index>(other));
  return missing;
}

}  // namespace trede::calibration
