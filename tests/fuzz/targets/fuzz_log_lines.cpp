/// Whatever is dropped as a log: it ends, keeps its bounds, and however it is cut into pieces the same is found in it.
#include "check.h"
#include "logs/log_walk.h"

#include <algorithm>

using namespace tidemark;

namespace {

class Pieces final : public ByteSource
{
public:
    Pieces(const unsigned char *bytes, size_t length, size_t piece)
        : m_all(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length))
        , m_piece(static_cast<qsizetype>(piece))
    {
    }
    Result<QByteArrayView> next() override
    {
        const QByteArrayView piece = m_all.first(std::min(m_piece, m_all.size()));
        m_all = m_all.sliced(piece.size());
        return piece;
    }

private:
    QByteArrayView m_all;
    qsizetype m_piece;
};

LogFindings found(const unsigned char *bytes, size_t length, size_t piece)
{
    const LogReading reading{QTimeZone("Europe/Berlin"), QDateTime::fromSecsSinceEpoch(1795789205, Qt::UTC)};
    const auto signs = std::make_shared<LogSearchSignals>();
    LogWalk walk(reading, signs);
    Pieces source(bytes, length, piece);
    walk.readStream(QStringLiteral("given"), source);
    return walk.findings();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length)
{
    const LogFindings whole = found(bytes, length, 1 << 20);
    const LogFindings cut = found(bytes, length, 7);
    CHECK(whole.list == cut.list);
    CHECK(whole.lines == cut.lines && whole.files == cut.files && whole.longLines == cut.longLines);
    CHECK(whole.list.size() <= LogFinder::MostFindings);
    for (const LogFinding &finding : whole.list) {
        CHECK(finding.text.size() <= LogFinder::LongestText);
        CHECK(finding.place.line > 0 && finding.place.line <= whole.lines);
        CHECK(!finding.hosts.isEmpty() && finding.lines > 0);
    }
    return 0;
}
