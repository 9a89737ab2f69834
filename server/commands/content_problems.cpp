#include "server/commands/content_problems.hpp"

#include <iostream>
#include <map>

#include "server/commands/analysis.hpp"

namespace trede::commands {
namespace {

void print(const content::Problem& problem) {
  std::cout << "  " << (problem.warning ? "(worth a look) " : "");
  if (!problem.field.empty()) std::cout << problem.field << ": ";
  std::cout << problem.message << "\n";
}

}  // namespace

std::string print_by_file(const content::Problems& problems) {
  std::map<std::string, content::Problems> by_file;
  for (const content::Problem& problem : problems) by_file[problem.file].push_back(problem);
  for (const auto& [file, found] : by_file) {
    std::cout << file << "\n";
    for (const content::Problem& problem : found) print(problem);
  }
  return counted(problems.size(), "finding", "findings") + " in " + counted(by_file.size(), "file", "files");
}

}  // namespace trede::commands
