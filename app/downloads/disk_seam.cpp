#include "downloads/disk_seam.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace tidemark::disk {

namespace {

std::atomic<const Seam *> s_seam{nullptr};

constexpr std::array<SyncRow, 8> Table{{
    {Sync::PartData, "part data", "bytes that the journal calls safe"},
    {Sync::PartName, "part name", "the part file's and the journal's names"},
    {Sync::Journal, "journal", "the journal's contents: what job the part is of, how far it is safe"},
    {Sync::FinalName, "final name", "the finished archive's name, before its journal goes"},
    {Sync::AsideName, "aside name", "the corrupt archive's name, before its journal goes"},
    {Sync::MovedData, "moved data", "a part's bytes in the other folder, before they go from the first"},
    {Sync::MovedName, "moved name", "a part's name in the other folder, before it goes from the first"},
    {Sync::FolderOfList, "folder of the list", "the list of downloads"},
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

} // namespace tidemark::disk
