// The author's loop: open, try, publish. One owner thread (a pool of one) does the work, because checking a
// family over many draws takes tenths of a second; the conversation waits for it without holding its loop. A
// publication is a new version of the bank: recorded history keeps the version it was made with.
#pragma once

#include <boost/asio/thread_pool.hpp>

#include <functional>

#include "content/loader.hpp"
#include "server/async.hpp"
#include "server/clock.hpp"
#include "server/protocol/messages.hpp"
#include "server/store/journal.hpp"

namespace trede::authoring {

using BankPointer = std::shared_ptr<const content::ItemBank>;

class AuthoringService {
 public:
  // source: the files of `bank`. adopt: told of every new version, on the owner thread. media: the folder of
  // uploads.
  AuthoringService(store::Journal& journal, Clock clock, content::Source source, BankPointer bank,
                   std::filesystem::path media, std::function<void(BankPointer)> adopt);
  ~AuthoringService();  // finishes what runs

  net::awaitable<Result<protocol::ContentShown>> list(protocol::ListContent asked);
  net::awaitable<Result<protocol::DocumentShown>> open(protocol::OpenDocument asked);
  net::awaitable<Result<protocol::ItemTried>> try_item(protocol::TryItem tried);
  net::awaitable<Result<protocol::DocumentPublished>> publish(protocol::PublishDocument published,
                                                              AccountId author);

 private:
  Result<protocol::ContentShown> list_now(const protocol::ListContent& asked) const;
  Result<protocol::DocumentShown> open_now(const protocol::OpenDocument& asked) const;
  Result<protocol::ItemTried> try_now(const protocol::TryItem& tried) const;
  Result<protocol::DocumentPublished> publish_now(const protocol::PublishDocument& published,
                                                  AccountId author);
  content::Formulas formulas_with(const std::vector<protocol::Formula>& added) const;

  store::Journal& journal_;
  Clock clock_;
  std::filesystem::path media_;
  std::function<void(BankPointer)> adopt_;
  content::Source source_;  // source_ and bank_ are touched on pool_ only
  BankPointer bank_;
  boost::asio::thread_pool pool_{1};  // last member: joins before the rest goes
};

}  // namespace trede::authoring
