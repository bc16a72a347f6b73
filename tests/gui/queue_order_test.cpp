#include "ui/downloads/downloads_filter.h"
#include "ui/downloads/downloads_model.h"
#include "ui/downloads/hash_pair.h"
#include "ui/downloads/overall_line.h"
#include "ui/downloads/queue_order.h"

#include <QAccessible>
#include <QLabel>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;

namespace {

using Rows = std::vector<int>;

std::vector<bool> chosen(const char *marks)
{
    std::vector<bool> rows;
    for (const char *at = marks; *at; ++at)
        rows.push_back(*at == 'x');
    return rows;
}

} // namespace

/// The order of the queue, as it is changed by keys and by drawing rows, and what is seen of it.
class QueueOrderTest : public QObject
{
    Q_OBJECT

private:
    void addMissing(const QString &job, const BatchId &batch = {})
    {
        DownloadSource source;
        source.connection = ConnectionId(QStringLiteral("c"));
        source.job = JobId(job);
        source.batch = batch;
        source.fileName = job + QStringLiteral(".tar.gz");
        Error why;
        why.sentence = QStringLiteral("Its link has expired.");
        m_queue->addMissing(source, m_dir->path(), source.fileName, DownloadState::LinkExpired, why);
    }
    QString order() const
    {
        QStringList jobs;
        for (const Download &download : m_queue->downloads())
            jobs << download.source.job.value;
        return jobs.join(QLatin1Char(' '));
    }
    QString rows(const QAbstractItemModel &model) const
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names << model.index(row, 0).data().toString().section(QLatin1Char('.'), 0, 0);
        return names.join(QLatin1Char(' '));
    }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<DownloadsModel> m_model;
    std::unique_ptr<DownloadsFilter> m_filter;

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_queue = std::make_unique<DownloadQueue>(
            [](const DownloadSource &) { return QtFuture::makeReadyFuture(Result<RestoreJob>(RestoreJob())); }, m_clock,
            m_dir->filePath(QStringLiteral("state")), DownloadOptions());
        for (const char *job : {"a", "b", "c", "d"})
            addMissing(QString::fromLatin1(job));
        m_model = std::make_unique<DownloadsModel>(*m_queue, m_clock);
        m_filter = std::make_unique<DownloadsFilter>();
        m_filter->setSourceModel(m_model.get());
        m_filter->sort(DownloadsModel::PlaceColumn);
    }
    void cleanup()
    {
        m_filter.reset();
        m_model.reset();
        m_queue.reset();
    }

    void moves_data()
    {
        QTest::addColumn<Rows>("moved");
        QTest::addColumn<Rows>("expected");
        const auto row = [](const char *name, const Rows &moved, const Rows &expected) {
            QTest::newRow(name) << moved << expected;
        };
        row("up", movedByOne(chosen("..x."), -1), {0, 2, 1, 3});
        row("up at the top", movedByOne(chosen("x..."), -1), {0, 1, 2, 3});
        row("two beside each other, up", movedByOne(chosen(".xx."), -1), {1, 2, 0, 3});
        row("two at the top do not change places", movedByOne(chosen("xx.."), -1), {0, 1, 2, 3});
        row("two apart, up", movedByOne(chosen(".x.x"), -1), {1, 0, 3, 2});
        row("down", movedByOne(chosen(".x.."), 1), {0, 2, 1, 3});
        row("two beside each other, down", movedByOne(chosen(".xx."), 1), {0, 3, 1, 2});
        row("down at the end", movedByOne(chosen("...x"), 1), {0, 1, 2, 3});
        row("none", movedByOne({}, 1), {});
        row("drawn to the top", movedBefore(chosen("..x."), 0), {2, 0, 1, 3});
        row("drawn to the end", movedBefore(chosen("x..."), 4), {1, 2, 3, 0});
        row("drawn where it is", movedBefore(chosen(".x.."), 1), {0, 1, 2, 3});
        row("drawn behind itself", movedBefore(chosen(".x.."), 2), {0, 1, 2, 3});
        row("two apart, together", movedBefore(chosen("x..x"), 2), {1, 0, 3, 2});
    }
    void moves()
    {
        QFETCH(Rows, moved);
        QTEST(moved, "expected");
    }

    void theQueueFollows()
    {
        m_model->move({m_queue->downloads()[2].id}, -1);
        QCOMPARE(order(), QStringLiteral("a c b d"));
        QCOMPARE(rows(*m_filter), QStringLiteral("a c b d"));
        const std::unique_ptr<QMimeData> drawn(m_model->mimeData({m_model->index(3, 0), m_model->index(3, 1)}));
        QVERIFY(m_filter->canDropMimeData(drawn.get(), Qt::MoveAction, 0, 0, {}));
        QVERIFY(m_filter->dropMimeData(drawn.get(), Qt::MoveAction, 0, 0, {}));
        QCOMPARE(order(), QStringLiteral("d a c b"));
        QCOMPARE(rows(*m_filter), QStringLiteral("d a c b"));
    }

    /// Where the rows do not stand as they are fetched, a row cannot be put at a place.
    void onlyTheQueuesOrderIsChanged()
    {
        const std::unique_ptr<QMimeData> drawn(m_model->mimeData({m_model->index(3, 0)}));
        m_filter->sort(DownloadsModel::NameColumn, Qt::DescendingOrder);
        QCOMPARE(rows(*m_filter), QStringLiteral("d c b a"));
        QVERIFY(!m_filter->canDropMimeData(drawn.get(), Qt::MoveAction, 0, 0, {}));
        m_filter->sort(DownloadsModel::PlaceColumn);
        m_filter->setText(QStringLiteral("c.tar"));
        QCOMPARE(rows(*m_filter), QStringLiteral("c"));
        QVERIFY(!m_filter->canDropMimeData(drawn.get(), Qt::MoveAction, 0, 0, {}));
        m_filter->setText({});
        QVERIFY(m_filter->canDropMimeData(drawn.get(), Qt::MoveAction, 0, 0, {}));
    }

    /// An archive of a batch is found with its heading, and the heading with its archives.
    void theFilterFindsArchives()
    {
        addMissing(QStringLiteral("part_1"), BatchId(QStringLiteral("batch")));
        addMissing(QStringLiteral("part_2"), BatchId(QStringLiteral("batch")));
        m_filter->setText(QStringLiteral("PART_2"));
        QCOMPARE(m_filter->rowCount(), 1);
        QCOMPARE(m_filter->rowCount(m_filter->index(0, 0)), 1);
        m_filter->setText(QStringLiteral("expired"));
        QCOMPARE(m_filter->rowCount(), 5);
    }

    void hashesAreCompared()
    {
        HashPair pair;
        const auto said = [&pair] {
            QStringList words;
            for (const QLabel *label : pair.findChildren<QLabel *>()) {
                if (label->isVisibleTo(&pair))
                    words << label->text();
            }
            return words.join(QLatin1Char(' '));
        };
        pair.show(QStringLiteral("ab12"), QStringLiteral("AB12"));
        QVERIFY2(said().contains(QStringLiteral("the same")) && !said().contains(QStringLiteral("differs")),
                 qPrintable(said()));
        pair.show(QStringLiteral("ab12"), QStringLiteral("ab13"));
        QVERIFY2(said().contains(QStringLiteral("differs")) && !said().contains(QStringLiteral("the same")),
                 qPrintable(said()));
        pair.show(QStringLiteral("ab12"), {});
        QVERIFY2(!said().contains(QStringLiteral("differs")) && !said().contains(QStringLiteral("the same")),
                 qPrintable(said()));
        pair.show({}, {});
        QVERIFY(pair.isHidden());
    }

    /// The curve speaks too.
    void theCurveHasWords()
    {
        SpeedHistory history;
        history.add(2e6);
        history.add(1e6);
        SpeedCurve curve;
        curve.show(history);
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&curve);
        QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("Speed of the last 5 minutes"));
        QCOMPARE(interface->text(QAccessible::Description),
                 QStringLiteral("Speed of the last 5 minutes: now 1.00 MB/s, at most 2.00 MB/s"));
    }
};

QTEST_MAIN(QueueOrderTest)
#include "queue_order_test.moc"
