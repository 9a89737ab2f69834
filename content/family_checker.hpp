// The checks of one family, draw by draw. Private to the content library (see checker.hpp).
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "content/item.hpp"
#include "content/problem.hpp"

namespace trede::content {

class FamilyChecker {
 public:
  FamilyChecker(const Item& item, int draws);

  Problems run();

 private:
  struct PlacedHole {
    std::string field;
    Hole hole;
  };

  void collect_holes();
  void collect(const Text& text, const std::string& field);
  void collect(const FigureSpec& figure, const std::string& field);
  bool check_draw(std::uint64_t seed);
  void check_key();
  void check_key_form(const Rational& key);
  void check_solve();
  void check_candidates(const Expression& solve, const Rational& key,
                        const std::vector<Rational>& candidates);
  void check_options();
  void check_option_flags();
  void check_order_values();
  void check_holes();
  void check_figures();
  void check_figure(const FigureSpec& figure, const std::string& field);
  void check_whole(const std::optional<Expression>& number, int least, int most, const std::string& field);
  void count_mistakes();
  void count_hints();
  void check_counts();
  std::optional<Rational> value(const std::optional<Expression>& expression) const;
  std::string drawn() const;  // "(draw 12: a = 3, b = 8)"
  void tell(const std::string& field, const std::string& kind, const std::string& message,
            bool warning = false);

  const Item& item_;
  int draws_;
  Problems problems_;
  std::set<std::string> told_;
  std::vector<PlacedHole> holes_;
  Instance instance_;  // of the draw being checked
  std::set<std::vector<Rational>> distinct_;
  std::vector<int> mistake_is_key_;
  std::vector<int> hint_is_key_;
  int hint_draws_ = 0;
};

}  // namespace trede::content
