// What a school's bank becomes when a folder of content comes into it: an edition of the whole bank, or just some new
// topics. What the folder has and the school lacks is added, what both have in the same words is left alone, and
// what the school has beyond the folder stays. Whether the result is a bank is for content::load to say. Pure; any
// thread.
#pragma once

#include <string>
#include <vector>

#include "content/loader.hpp"
#include "content/problem.hpp"

namespace trede::content {

// Detail: a member of bank.json that is no list. Left: the folder has another one, the school's stays.
enum class Part { Domain, SchoolYear, Reference, Detail, Topic, Exercise, Video, Formula };
enum class Fate { Added, Changed, Left };

struct Difference {
  Part part = Part::Exercise;
  std::string id;
  Fate fate = Fate::Added;
  friend bool operator==(const Difference&, const Difference&) = default;
};

struct Merged {
  Source source;
  std::vector<Difference> differences;  // what is the same is not told
  Problems problems;                    // documents of the folder that cannot be merged
};

enum class Differing { StaysTheSchools, BecomesTheFolders };

// Exercises are known by their id, not by their place: one that moved to another topic is one exercise. A video is its
// document, its captions and the names of its media; whether two media of one name are alike cannot be seen here.
// In lists the school's order stays, what is new comes after it in the folder's order. A folder may hold a part of
// a bank only: a missing bank.json, topics.json or formulas.json adds nothing.
Merged merge(const Source& school, const Source& folder, Differing differing);

}  // namespace trede::content
