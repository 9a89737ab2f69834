// A school with one pupil whose name and words are found nowhere else, so that a search of the disk tells whether they
// are still there. One thread.
#pragma once

#include <string>

#include "server/store/database.hpp"
#include "tests/server/practice_support.hpp"

namespace trede::practice {

inline const std::string canary_name = "Kwispelientje";
inline const std::string canary_question = "waarom kwaakt een zilvervosje hier";

class PrivacySchool : public PracticeSchool {
 public:
  // The canary is the last of `pupils`, in the class of Noor.
  PrivacySchool();

  std::size_t canary() const { return pupils.size() - 1; }
  PupilId canary_id() const { return pupils.back(); }
  // The canary and Noor practise; the canary types answers and asks a question.
  void live(int steps);
  void ask(const std::string& text);
  std::filesystem::path folder() const { return database().parent_path(); }
  std::unique_ptr<store::Database> opened(store::Database::Mode mode) const;
};

// The files below the folder that hold these bytes.
std::vector<std::string> files_with(const std::filesystem::path& folder, const std::string& bytes);

}  // namespace trede::practice
