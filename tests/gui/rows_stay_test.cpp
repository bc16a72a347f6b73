#include "downloads_bench.h"

#include <QCryptographicHash>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// Rows stay where the pointer is while downloads begin and end.
class RowsStayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whenTheLastDownloadEnds()
    {
        DownloadsBench bench;
        QVERIFY(bench.show());
        for (const char *name : {"x", "y", "z"}) {
            const DownloadSource source = DownloadsBench::source(QLatin1String(name));
            Error error;
            error.sentence = QStringLiteral("Its link has expired.");
            bench.queue->addMissing(source, bench.folder.path(), source.fileName, DownloadState::LinkExpired, error);
        }
        const auto place = [&bench] {
            QTest::qWait(50);
            const QRect row = bench.view()->visualRect(bench.view()->model()->index(0, 0));
            return bench.view()->viewport()->mapTo(bench.tab.get(), row.center()).y();
        };
        const int idle = place();
        const QByteArray hash = QCryptographicHash::hash(bench.archive, QCryptographicHash::Sha1).toHex();
        bench.serve(QStringLiteral("a"), Reply{.body = bench.archive, .chunkPauseMs = 30, .pieceSize = 8192},
                    QString::fromLatin1(hash));
        const DownloadId id = bench.add(DownloadsBench::source(QStringLiteral("a")));
        QTRY_VERIFY(bench.download(id).bytesReceived > 0);
        QCOMPARE(place(), idle);
        QVERIFY(!isEnd(bench.download(id).state));
        QVERIFY(bench.waitFor(id, DownloadState::Verified));
        QCOMPARE(place(), idle);
    }
};

QTEST_MAIN(RowsStayTest)
#include "rows_stay_test.moc"
