/// However a tar stream is cut into pieces, the same is found in it.
#include "archive/tar_walker.h"
#include "check.h"

#include <algorithm>

using namespace tidemark;

namespace {

struct Found
{
    TarWalker::State state;
    bool sawHeader;
    qint64 entries;
    QString topDirectory;
    QString problem;

    bool operator==(const Found &) const = default;
};

Found walk(const char *data, qint64 size, qint64 piece)
{
    TarWalker walker;
    for (qint64 at = 0; at < size; at += piece) {
        if (!walker.add(data + at, std::min(piece, size - at)))
            break;
    }
    return {walker.state(), walker.sawHeader(), walker.entries(), walker.topDirectory(), walker.problem()};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length)
{
    const char *data = reinterpret_cast<const char *>(bytes);
    const auto size = static_cast<qint64>(length);
    const Found whole = walk(data, size, std::max<qint64>(size, 1));
    CHECK(whole == walk(data, size, 1));
    CHECK(whole == walk(data, size, 512));
    CHECK(whole == walk(data, size, 700));
    CHECK((whole.state == TarWalker::State::Damaged) == !whole.problem.isEmpty());
    CHECK(whole.entries == 0 || whole.sawHeader);
    return 0;
}
