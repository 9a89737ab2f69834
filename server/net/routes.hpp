// What each address of the server answers. From any loop; the caller is a session that owns its request.
#pragma once

#include <atomic>
#include <optional>

#include "server/accounts/account_service.hpp"
#include "server/accounts/rights.hpp"
#include "server/net/config.hpp"
#include "server/net/http.hpp"
#include "server/net/media.hpp"
#include "server/net/school_sign_in.hpp"

namespace trede::net {

class Routes {
 public:
  // figures: what /metrics tells.
  Routes(ServerConfig config, accounts::AccountService& accounts, const NetFigures& figures);

  // Why this request gets nothing at all: a foreign host or page, no such address, another method, no right to it.
  // Told before its body is read.
  std::optional<Reply> objection(const Request& request) const;

  // The reply to a request without objection that is neither an upload nor a WebSocket.
  awaitable<Reply> answer(Request request);

  // POST /api/media streams its body into the upload that it begins.
  static bool is_upload(const Request& request);
  Result<std::shared_ptr<Upload>> begin_upload();
  awaitable<Reply> finish_upload(std::shared_ptr<Upload> upload);

  // /ws: whose conversation it is; nothing without a session or from a page that is not ours.
  static bool is_conversation(const Request& request);
  std::optional<accounts::Account> conversation_partner(const Request& request) const;

 private:
  template <class Message, class Answer>
  using OwnAction = awaitable<Result<Answer>> (accounts::AccountService::*)(accounts::AccountService::Asking,
                                                                            Message);

  std::optional<Reply> without_right(const Request& request, const accounts::Right& right) const;
  awaitable<Reply> set_up(Request request);
  awaitable<Reply> sign_in(Request request);
  awaitable<Reply> sign_out(Request request);
  // The cookie of a session that was begun, and whose it is.
  Reply signed_in(const Request& request, const Result<accounts::SignedInSession>& begun) const;
  // Who signs in at a computer takes the place of who was there.
  awaitable<void> replace_session(Request request);
  Reply who_am_i(const Request& request) const;
  awaitable<Reply> own_account(Request request);
  template <class Message, class Answer>
  awaitable<Reply> own(Request request, OwnAction<Message, Answer> action);
  Reply second_step(const Request& request) const;
  // routes_school.cpp
  Reply school_accounts() const;
  Reply own_school_account(const Request& request) const;
  awaitable<Reply> begin_school_sign_in(Request request);
  awaitable<Reply> begin_school_link(Request request);
  awaitable<Reply> unlink_school_account(Request request);
  awaitable<Reply> go_to_school(Request request, SchoolVisit visit);
  awaitable<Reply> finish_school_sign_in(Request request);
  awaitable<Reply> signed_in_by_school(Request request, SchoolVisit visit, std::string link);
  awaitable<Reply> linked_with_school(Request request, AccountId account, std::string link);
  Reply metrics(const Request& request) const;

  ServerConfig config_;
  std::vector<std::filesystem::path> media_folders_;
  accounts::AccountService& accounts_;
  const NetFigures& figures_;
  std::unique_ptr<SchoolSignIn> school_;  // null: staff sign in with passwords alone
  std::atomic<int> uploads_{0};
  boost::asio::thread_pool disk_{1};  // waits for fsync; last member: joins before the rest goes
};

}  // namespace trede::net
