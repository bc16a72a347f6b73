#include "downloads/disk_seam.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace tidemark::disk {

namespace {

std::atomic<const Seam *> s_seam{nullptr};

constexpr std::array<SyncRow, 7> Table{{
    {Sync::PartData, "part data", "bytes that the journal calls safe"},
    {Sync::Journal, "journal", "the journal's contents: what job the part is of, how far it is safe"},
    {Sync::JournalName, "journal name", "the journal itself and, at first, the part file's name"},
    {Sync::Checksum, "checksum", "the contents of NAME.sha1"},
    {Sync::FinalName, "final name", "the finished archive's name, before its journal goes"},
    {Sync::AsideName, "aside name", "the corrupt archive's name, before its journal goes"},
    {Sync::MovedData, "moved data", "a part's bytes in the other folder, before they go from the first"},
}};

} // namespace

std::span<const SyncRow> syncTable()
{
    return Table;
}

const char *syncName(Sync sync)
{
    const auto row = std::ranges::find(Table, sync, &SyncRow::sync);
    return row == Table.end() ? "" : row->name;
}

void setSeam(const Seam *seam)
{
    s_seam.store(seam);
}

int askSeam(const Step &step)
{
    const Seam *seam = s_seam.load();
    return seam && seam->before ? seam->before(step) : 0;
}

long typeThroughSeam(const char *folder, long real)
{
    const Seam *seam = s_seam.load();
    return seam && seam->fileSystemType ? seam->fileSystemType(folder, real) : real;
}

const char *bootIdThroughSeam()
{
    const Seam *seam = s_seam.load();
    return seam && seam->bootId ? seam->bootId() : nullptr;
}

} // namespace tidemark::disk
