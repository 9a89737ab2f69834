#include "server/accounts/own_changes.hpp"

#include "server/store/sql.hpp"

namespace trede::accounts {

store::Change set_own_secret(AccountId person, std::string old_secret, std::string secret,
                             std::string kept_token_hash) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    auto& replace = database.statement(store::sql::replace_secret);
    replace.bind(1, person.value);
    replace.bind(2, old_secret);
    replace.bind(3, secret);
    if (replace.exec() == 0) return Error{ErrorCode::Conflict, "the password was changed a moment ago"};
    auto& link = database.statement(store::sql::remove_school_link);
    link.bind(1, person.value);
    link.exec();
    auto& others = database.statement(store::sql::end_other_sessions);
    others.bind(1, person.value);
    others.bind(2, kept_token_hash);
    return others.exec();
  };
}

store::Change add_second_step(AccountId person, std::string sealed, std::int64_t used) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    auto& add = database.statement(store::sql::add_second_step);
    add.bind(1, person.value);
    add.bind(2, sealed.data(), static_cast<int>(sealed.size()));
    add.bind(3, used);
    return add.exec();
  };
}

store::Change use_second_step(AccountId person, std::int64_t step) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    auto& use = database.statement(store::sql::use_second_step);
    use.bind(1, person.value);
    use.bind(2, step);
    if (use.exec() == 0) return Error{ErrorCode::Forbidden, "name or secret is not right"};
    return person.value;
  };
}

store::Change remove_second_step(AccountId person) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    auto& remove = database.statement(store::sql::remove_second_step);
    remove.bind(1, person.value);
    if (remove.exec() == 0) return Error{ErrorCode::NotFound, "there is no second step"};
    return person.value;
  };
}

store::Change add_school_link(AccountId person, std::string link, std::string token_hash) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    auto& add = database.statement(store::sql::add_school_link);
    add.bind(1, person.value);
    add.bind(2, link);
    add.bind(3, token_hash);
    if (add.exec() == 0) return Error{ErrorCode::NotFound, "the session has ended meanwhile"};
    return person.value;
  };
}

store::Change remove_school_link(AccountId person, std::string kept_token_hash) {
  return [=](store::Database& database) -> Result<std::int64_t> {
    auto& remove = database.statement(store::sql::remove_school_link);
    remove.bind(1, person.value);
    if (remove.exec() == 0) return Error{ErrorCode::NotFound, "no school account is linked"};
    auto& others = database.statement(store::sql::end_other_sessions);
    others.bind(1, person.value);
    others.bind(2, kept_token_hash);
    others.exec();
    return person.value;
  };
}

}  // namespace trede::accounts
