/// Answers to a request for the rest of a file, right and wrong, and bodies that name no length.
#include "e2e/download_rows.h"

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::vector<Row> rows()
{
    using enum DownloadState;
    using Framing = Reply::Framing;
    const QString name = DownloadFixture::fileName();
    const qint64 size = RowArchive.size();
    std::vector<Row> all;

    // Ranges
    all.push_back({"range ignored",
                   {cut(ranged(), Middle), whole(Framing::Length)},
                   Verified,
                   Files::Final,
                   {"-", from(Middle)},
                   published});
    {
        Reply shifted = ranged();
        shifted.rangeShift = 1;
        all.push_back({"range one byte too late",
                       {cut(ranged(), Middle), shifted, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        Reply early = ranged();
        early.rangeShift = -1;
        all.push_back({"range one byte too early",
                       {cut(ranged(), Middle), early, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        Reply otherTotal = ranged();
        otherTotal.contentRange = "bytes 100000-" + QByteArray::number(size - 1) + '/' + QByteArray::number(size + 7);
        all.push_back({"another total",
                       {cut(ranged(), Middle), otherTotal, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        Reply unnamed = whole(Framing::Length);
        unnamed.status = 206;
        all.push_back({"206 that names no range",
                       {cut(ranged(), Middle), unnamed, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        Reply lying = ranged(); // says the right range and sends the file's beginning
        lying.rangeShift = -Middle;
        lying.contentRange = "bytes 100000-" + QByteArray::number(size - 1) + '/' + QByteArray::number(size);
        all.push_back({"right range named, wrong bytes and length",
                       {cut(ranged(), Middle), lying, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
        lying.framing = Framing::Chunked;
        all.push_back({"right range named, more bytes than that",
                       {cut(ranged(), Middle), lying, ranged()},
                       Verified,
                       Files::Final,
                       {"-", from(Middle), "-"},
                       published});
    }
    {
        Reply changed = ranged();
        changed.body = OtherArchive;
        changed.etag = "\"b\"";
        all.push_back({"changed file, If-Range honoured",
                       {cut(ranged(), Middle), changed},
                       Verified,
                       Files::OtherFinal,
                       {"-", from(Middle)},
                       publish(name, sha1Of(OtherArchive))});
        changed.ignoreIfRange = true;
        all.push_back({"changed file, If-Range ignored, ETag tells",
                       {cut(ranged(), Middle), changed},
                       Verified,
                       Files::OtherFinal,
                       {"-", from(Middle), "-"},
                       publish(name, sha1Of(OtherArchive))});
        changed.etag = {};
        changed.body = RowArchive;
        changed.flipAt = size - 1000;
        all.push_back({"changed file, nothing tells: only the hash does",
                       {cut(ranged(), Middle), changed},
                       Corrupt,
                       Files::CorruptAside,
                       {"-", from(Middle)},
                       published});
    }
    all.push_back({"416, no total, bytes are all here",
                   {cut(ranged(Framing::Chunked), size), status(416)},
                   Verified,
                   Files::Final,
                   {"-", from(size)},
                   published});
    all.push_back({"416, no total, bytes are not all here",
                   {cut(ranged(Framing::Chunked), Middle), status(416), whole()},
                   Verified,
                   Files::Final,
                   {"-", from(Middle), "-"},
                   published});
    all.push_back({"416, a shorter file",
                   {cut(ranged(), Middle), status(416, {"Content-Range: bytes */5000"}), whole()},
                   Verified,
                   Files::Final,
                   {"-", from(Middle), "-"},
                   published});

    // No length
    all.push_back({"no length, complete", {whole(Framing::UntilClose)}, Verified, Files::Final, {"-"}, published});
    all.push_back(
        {"no length, complete, no hash", {whole(Framing::UntilClose)}, IntactNotVerified, Files::Final, {"-"}});
    for (const qint64 at : {qint64(600), Middle, size - 8, size - 1}) {
        all.push_back({"no length, cut",
                       {cut(whole(Framing::UntilClose), at), whole()},
                       Verified,
                       Files::Final,
                       {"-", from(at)},
                       published});
        all.push_back({"no length, reset",
                       {cut(whole(Framing::UntilClose), at, true), whole()},
                       Verified,
                       Files::Final,
                       {"-", "*"},
                       published});
        all.push_back({"no length, cut, no hash",
                       {cut(whole(Framing::UntilClose), at), whole()},
                       IntactNotVerified,
                       Files::Final,
                       {"-", from(at)}});
        all.push_back({"no length, cut, limit 1",
                       {cut(whole(Framing::UntilClose), at), whole()},
                       Paused,
                       Files::PartKept,
                       {"-"},
                       limit(1),
                       asksAboutRestart});
    }
    return all;
}

class DownloadRanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsItShould_data() { addRows(m_rows); }
    void endsAsItShould();

private:
    const std::vector<Row> m_rows = rows();
};

void DownloadRanges::endsAsItShould()
{
    runRow(thisRow(m_rows));
}

} // namespace

QTEST_GUILESS_MAIN(DownloadRanges)
#include "download_ranges_test.moc"
