// A file that is there whole or not at all: sections of bytes and a hash over all of them, written beside and put in
// place when it is on disk. For what can be made again (snapshots). One thread.
#pragma once

#include <sodium.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "content/result.hpp"

namespace trede::store {

class WholeFile {
 public:
  explicit WholeFile(std::filesystem::path file);  // nothing is there before put_in_place()
  ~WholeFile();                                    // takes away what was not put in place
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  void add(std::string_view section);
  Result<void> put_in_place();  // Unavailable: it could not be written

 private:
  void write(const void* bytes, std::size_t size);

  std::filesystem::path file_, beside_;
  int descriptor_ = -1;
  bool failed_ = false;
  std::string waiting_;  // to be written, some megabytes at most
  crypto_generichash_state hash_;
};

// Calls visit for each section, after the hash of all was found right. NotFound: there is no such file; Invalid: it is
// not whole. Holds one section at a time.
Result<void> read_whole(const std::filesystem::path& file,
                        const std::function<Result<void>(const std::string& section)>& visit);

}  // namespace trede::store
