#include "server/conversation/membership.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "server/accounts/rights.hpp"

namespace trede::conversation {
namespace {

// A class is on average half a year of growth away from the end of its school year, which is where the bank's
// means stand.
constexpr double half_a_year = 0.35;

// A pupil whose classes change is told to come back within a second (websocket_session.cpp); then nobody writes.
constexpr std::chrono::milliseconds between_tries{50};
constexpr int tries = 100;

net::awaitable<bool> has(practice::Shard& shard, PupilId id) {
  co_return shard.pupil(id) != nullptr;
}

net::awaitable<bool> is_in(practice::Shard& shard, PupilId id, ClassId class_id) {
  co_return shard.is_in(id, class_id);
}

net::awaitable<bool> make_room(practice::Shard& shard, practice::ClassMembers members) {
  shard.add(members);
  co_return true;
}

net::awaitable<bool> show(School& school, practice::Shard& shard, practice::ClassMembers members) {
  shard.add(members);
  for (const auto& [id, name] : members.pupils)
    if (const auto* pupil = shard.pupil(id)) shard.publish(*pupil, 0, school.practice.now());
  co_return true;
}

net::awaitable<bool> hide(practice::Shard& shard, PupilId id) {
  shard.leave_class(id);
  co_return true;
}

net::awaitable<std::optional<practice::PupilState>> release(practice::Shard& shard, PupilId id) {
  co_return shard.release(id);
}

net::awaitable<bool> receive(School& school, practice::Shard& shard, practice::PupilState state,
                             practice::ClassMembers members) {
  const PupilId id = state.id;
  shard.receive(std::move(state), members);
  shard.publish(*shard.pupil(id), 0, school.practice.now());
  co_return true;
}

net::awaitable<void> pause() {
  using Timer =
      boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                        boost::asio::wait_traits<std::chrono::steady_clock>, net::Executor>;
  Timer timer(co_await boost::asio::this_coro::executor);
  timer.expires_after(between_tries);
  co_await timer.async_wait(net::use_awaitable);
}

net::awaitable<practice::Shard*> shard_with(School& school, PupilId id) {
  for (practice::Shard* shard : school.shards) {
    const bool found = co_await net::on_loop(shard->loop(), has(*shard, id));
    if (found) co_return shard;
  }
  co_return nullptr;
}

// The class as practice must know it, with this pupil alone.
practice::ClassMembers place_for(School& school, const accounts::Class& home,
                                 const accounts::Account& pupil) {
  practice::ClassMembers members = room_of(home, *school.shards.front()->bank());
  members.pupils.emplace_back(pupil.id, pupil.name);
  return members;
}

net::awaitable<Result<void>> move(School& school, practice::Shard& from, PupilId id,
                                  practice::ClassMembers place) {
  for (int i = 0; i < tries; ++i) {
    auto state = co_await net::on_loop(from.loop(), release(from, id));
    if (state) {
      practice::Shard& to = school.shard_of(place.id);
      co_await net::on_loop(to.loop(), receive(school, to, std::move(*state), std::move(place)));
      co_return Result<void>{};
    }
    co_await pause();
  }
  co_return Error{ErrorCode::Unavailable, "the pupil is still practising; try again in a moment"};
}

}  // namespace

practice::ClassMembers room_of(const accounts::Class& school_class, const content::ItemBank& bank) {
  practice::ClassMembers room;
  room.id = school_class.id;
  if (const auto year = bank.find_school_year(school_class.school_year))
    room.school_year_mean = bank.school_years[static_cast<std::size_t>(*year)].mean - half_a_year;
  return room;
}

net::awaitable<Result<void>> settle_class(School& school, ClassId id) {
  const auto people = school.accounts.directory();
  const auto* found = people->find_class(id);
  if (!found) co_return accounts::no_right();
  practice::Shard& shard = school.shard_of(id);
  practice::ClassMembers room = room_of(*found, *shard.bank());
  co_await net::on_loop(shard.loop(), make_room(shard, std::move(room)));
  for (const auto* pupil : people->pupils_of(id)) {
    const auto settled = co_await settle_pupil(school, pupil->id);
    if (settled.has_error()) co_return settled;
  }
  co_return Result<void>{};
}

net::awaitable<Result<void>> settle_pupil(School& school, PupilId id) {
  const auto people = school.accounts.directory();
  const auto* pupil = people->account(id);
  const auto* home = pupil && !pupil->closed ? people->class_of(id) : nullptr;
  practice::Shard* from = co_await shard_with(school, id);
  if (!home) {
    if (from) co_await net::on_loop(from->loop(), hide(*from, id));
    co_return Result<void>{};
  }
  practice::ClassMembers place = place_for(school, *home, *pupil);
  practice::Shard& to = school.shard_of(home->id);
  if (from) {
    const bool stays = co_await net::on_loop(from->loop(), is_in(*from, id, home->id));
    if (!stays) co_return co_await move(school, *from, id, std::move(place));
  }
  co_await net::on_loop(to.loop(), show(school, to, std::move(place)));
  co_return Result<void>{};
}

}  // namespace trede::conversation
