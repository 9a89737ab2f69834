// BLAKE2b-256 of files, a megabyte at a time. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <string>

#include "content/result.hpp"

namespace trede::store {

// Of the next bytes of the stream, as 32 bytes. Empty when there are fewer.
std::string hash_of(std::istream& stream, std::uint64_t bytes);

// Hexadecimal, of the whole file. Unavailable when it cannot be read.
Result<std::string> hash_of_file(const std::filesystem::path& file);

}  // namespace trede::store
