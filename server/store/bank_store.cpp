#include "server/store/bank_store.hpp"

#include <sodium.h>

#include "server/store/sql.hpp"

namespace trede::store {

std::string content_hash(std::string_view bytes) {
  unsigned char hash[32];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                     nullptr, 0);
  char text[2 * sizeof hash + 1];
  sodium_bin2hex(text, sizeof text, hash, sizeof hash);
  return text;
}

Change save_bank(content::Source source, std::int64_t expected, std::optional<AccountId> author,
                 Milliseconds at_ms) {
  return [=, source = std::move(source)](Database& database) -> Result<std::int64_t> {
    const auto newest = newest_bank(database);
    if (newest.has_error()) return newest.error();
    if (*newest != expected) return Error{ErrorCode::Conflict, "the bank has a newer version"};
    const std::int64_t version = expected + 1;
    auto& bank = database.statement(sql::add_bank);
    bank.bind(1, version);
    bank.bind(2, at_ms);
    if (author) bank.bind(3, author->value);
    bank.exec();
    for (const auto& [path, body] : source) {
      const std::string hash = content_hash(body);
      auto& document = database.statement(sql::add_document);
      document.bind(1, hash);
      document.bind(2, body);
      document.exec();
      auto& file = database.statement(sql::add_bank_file);
      file.bind(1, version);
      file.bind(2, path);
      file.bind(3, hash);
      file.exec();
    }
    return version;
  };
}

Result<std::int64_t> newest_bank(Database& database) {
  return guarded([&]() -> Result<std::int64_t> {
    auto& row = database.statement(sql::newest_bank);
    row.executeStep();
    const std::int64_t version = row.getColumn(0).getInt64();
    row.reset();  // an open SELECT on the journal's connection would keep it from checkpointing
    return version;
  });
}

Result<content::Source> read_bank(Database& database, std::int64_t version) {
  content::Source source;
  const auto read = guarded([&]() -> Result<std::int64_t> {
    auto& rows = database.statement(sql::bank_files);
    rows.bind(1, version);
    while (rows.executeStep()) source[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
    return 0;
  });
  if (read.has_error()) return read.error();
  if (source.empty())
    return Error{ErrorCode::NotFound, "bank version " + std::to_string(version) + " is not there"};
  return source;
}

}  // namespace trede::store
