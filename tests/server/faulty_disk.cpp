#include "tests/server/faulty_disk.hpp"

#include <fstream>
#include <limits>

namespace trede::testing {
namespace {

constexpr std::size_t sector = 512;
constexpr int half_written = -1;

FaultyDisk* living = nullptr;  // the functions of a VFS are told nothing of whom they belong to

// Some of the sectors of a write, or all, or none.
void write_torn(std::string& content, sqlite3_int64 offset, const std::string& bytes, Random& random) {
  const auto begin = static_cast<std::size_t>(offset);
  const int fate = static_cast<int>(random.below(3));  // nothing, all, torn
  if (fate == 0) return;
  if (content.size() < begin + bytes.size()) content.resize(begin + bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += sector)
    if (fate == 1 || random.uniform() < 0.5)
      content.replace(begin + at, std::min(sector, bytes.size() - at), bytes, at, sector);
}

}  // namespace

// What SQLite holds of an open file: ours, and behind it the system's own.
struct FaultyFile {
  sqlite3_file base;
  FaultyDisk* disk;
  const char* name;

  static FaultyFile& of(sqlite3_file* file) { return *reinterpret_cast<FaultyFile*>(file); }
  static sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<FaultyFile*>(file) + 1);
  }
  static const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }

  static int close(sqlite3_file* file) { return methods(file).xClose(real(file)); }
  static int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    return methods(file).xRead(real(file), to, size, offset);
  }
  static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    FaultyFile& self = of(file);
    const int due = self.disk->outcome_of_next(SQLITE_IOERR_WRITE);
    if (due == half_written) {
      methods(file).xWrite(real(file), from, size / 2, offset);
      return SQLITE_IOERR_WRITE;
    }
    if (due != SQLITE_OK) return due;
    self.disk->wrote(self.name,
                     {offset, std::string(static_cast<const char*>(from), static_cast<std::size_t>(size))});
    return methods(file).xWrite(real(file), from, size, offset);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    FaultyFile& self = of(file);
    const int due = self.disk->outcome_of_next(SQLITE_IOERR_TRUNCATE);
    if (due != SQLITE_OK) return due == half_written ? SQLITE_IOERR_TRUNCATE : due;
    self.disk->wrote(self.name, {size, {}, true});
    return methods(file).xTruncate(real(file), size);
  }
  static int sync(sqlite3_file* file, int flags) {
    FaultyFile& self = of(file);
    const int due = self.disk->outcome_of_next(SQLITE_IOERR_FSYNC);
    if (due != SQLITE_OK) return due == half_written ? SQLITE_IOERR_FSYNC : due;
    if (!self.disk->remembers_) return methods(file).xSync(real(file), flags);
    self.disk->synced(self.name);
    return SQLITE_OK;
  }
  static int size(sqlite3_file* file, sqlite3_int64* bytes) {
    return methods(file).xFileSize(real(file), bytes);
  }
  static int lock(sqlite3_file* file, int level) { return methods(file).xLock(real(file), level); }
  static int unlock(sqlite3_file* file, int level) { return methods(file).xUnlock(real(file), level); }
  static int is_reserved(sqlite3_file* file, int* out) {
    return methods(file).xCheckReservedLock(real(file), out);
  }
  static int control(sqlite3_file* file, int what, void* argument) {
    return methods(file).xFileControl(real(file), what, argument);
  }
  static int sector_size(sqlite3_file* file) { return methods(file).xSectorSize(real(file)); }
  static int characteristics(sqlite3_file* file) { return methods(file).xDeviceCharacteristics(real(file)); }
  static int map(sqlite3_file* file, int page, int bytes, int extend, void volatile** out) {
    return methods(file).xShmMap(real(file), page, bytes, extend, out);
  }
  static int shared_lock(sqlite3_file* file, int offset, int count, int flags) {
    return methods(file).xShmLock(real(file), offset, count, flags);
  }
  static void barrier(sqlite3_file* file) { methods(file).xShmBarrier(real(file)); }
  static int unmap(sqlite3_file* file, int remove) { return methods(file).xShmUnmap(real(file), remove); }
};

namespace {

const sqlite3_io_methods faulty_methods = {
    2,
    FaultyFile::close,
    FaultyFile::read,
    FaultyFile::write,
    FaultyFile::truncate,
    FaultyFile::sync,
    FaultyFile::size,
    FaultyFile::lock,
    FaultyFile::unlock,
    FaultyFile::is_reserved,
    FaultyFile::control,
    FaultyFile::sector_size,
    FaultyFile::characteristics,
    FaultyFile::map,
    FaultyFile::shared_lock,
    FaultyFile::barrier,
    FaultyFile::unmap,
    nullptr,
    nullptr,
};

}  // namespace

FaultyDisk::FaultyDisk() : real_(sqlite3_vfs_find(nullptr)) {
  vfs_ = *real_;
  vfs_.zName = "faulty";
  vfs_.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_->szOsFile;
  vfs_.pNext = nullptr;
  vfs_.xOpen = &FaultyDisk::open;
  vfs_.xDelete = &FaultyDisk::remove;
  living = this;
  sqlite3_vfs_register(&vfs_, 1);
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&vfs_);
  sqlite3_vfs_register(real_, 1);
}

int FaultyDisk::open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto& opened = FaultyFile::of(file);
  opened = {{nullptr}, living, name};
  const int due = living->outcome_of_next(SQLITE_CANTOPEN);
  if (due != SQLITE_OK) return due == half_written ? SQLITE_CANTOPEN : due;
  const int outcome = living->real_->xOpen(living->real_, name, FaultyFile::real(file), flags, out_flags);
  if (FaultyFile::real(file)->pMethods) opened.base.pMethods = &faulty_methods;
  return outcome;
}

int FaultyDisk::remove(sqlite3_vfs*, const char* name, int sync_folder) {
  if (living->remembers_) living->images_.erase(name);
  return living->real_->xDelete(living->real_, name, sync_folder);
}

void FaultyDisk::reset_count() {
  counted_ = 0;
}

void FaultyDisk::fail_once(int operation, Fault fault) {
  reset_count();
  fault_ = fault;
  from_ = through_ = operation;
}

void FaultyDisk::fail_from(int operation, Fault fault) {
  reset_count();
  fault_ = fault;
  from_ = operation;
  through_ = std::numeric_limits<int>::max();
}

void FaultyDisk::repair() {
  through_ = -1;
}

void FaultyDisk::cut_at(int operation, std::function<void()> cut) {
  reset_count();
  cut_ = std::move(cut);
  cut_at_ = operation;
}

void FaultyDisk::cut_at_last() {
  if (cut_) std::exchange(cut_, nullptr)();
}

int FaultyDisk::outcome_of_next(int when_io) {
  const int operation = ++counted_;
  if (operation == cut_at_) cut_at_last();
  if (operation < from_ || operation > through_) return SQLITE_OK;
  ++failed_;
  switch (fault_.load()) {
    case Fault::Io:
      return when_io;
    case Fault::Short:
      return half_written;
    case Fault::Full:
      return SQLITE_FULL;
  }
  return when_io;
}

void FaultyDisk::wrote(const char* name, Write write) {
  if (remembers_ && name) images_[name].since.push_back(std::move(write));
}

void FaultyDisk::synced(const char* name) {
  if (!name) return;
  Image& image = images_[name];
  for (const Write& write : image.since) {
    const auto end = static_cast<std::size_t>(write.offset) + write.bytes.size();
    if (write.truncates || image.synced.size() < end) image.synced.resize(end);
    if (!write.truncates) image.synced.replace(end - write.bytes.size(), write.bytes.size(), write.bytes);
  }
  image.since.clear();
}

void FaultyDisk::leave_behind(const std::filesystem::path& folder, Random& random) const {
  for (const auto& [name, image] : images_) {
    const std::filesystem::path file(name);
    std::string content = image.synced;
    for (const Write& write : image.since) {
      if (write.truncates && random.uniform() < 0.5) content.resize(static_cast<std::size_t>(write.offset));
      if (!write.truncates) write_torn(content, write.offset, write.bytes, random);
    }
    std::ofstream(folder / file.filename(), std::ios::binary) << content;
  }
}

}  // namespace trede::testing
