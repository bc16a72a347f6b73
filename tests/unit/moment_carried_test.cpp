#include "moment_words.h"

#include "restore/carried_moment.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

/// The moment goes along when the mode changes, and what stood there comes back with it.
class MomentCarriedTest : public QObject
{
    Q_OBJECT

private:
    RestoreDraft m_draft;
    CarriedMoment m_carried;

    void arrive(RestoreMode mode)
    {
        m_draft.mode = mode;
        m_carried.arrive(m_draft, present());
    }
    QString oplog() const { return m_draft.oplogSeconds + QLatin1Char('/') + m_draft.oplogIncrement; }

private Q_SLOTS:
    void init()
    {
        m_draft = {};
        m_carried = {};
    }

    void aPointInTimeBecomesAnOplogTimestamp()
    {
        arrive(RestoreMode::PointInTime);
        m_draft.pointInTime = QStringLiteral("2026-11-27 14:03:07");
        QCOMPARE(m_carried.sentence(m_draft), QString());
        arrive(RestoreMode::OplogTimestamp);
        QCOMPARE(oplog(), QStringLiteral("1795788187/")); // no entry is guessed: the drop may be the first
        QVERIFY(m_carried.sentence(m_draft).contains(QStringLiteral("2026-11-27 14:03:07 UTC")));
        m_draft.oplogIncrement = QStringLiteral("4");
        QCOMPARE(m_carried.sentence(m_draft), QString());
    }

    void theModeThatWasLookedAtLastIsKnown()
    {
        QVERIFY(!m_draft.momentMode);
        for (const RestoreMode mode : {RestoreMode::OplogTimestamp, RestoreMode::PointInTime}) {
            arrive(mode);
            QVERIFY(m_draft.momentMode == mode);
            arrive(RestoreMode::AutomatedSnapshot); // which has no moment of its own
            QVERIFY(m_draft.momentMode == mode);
        }
    }

    void anOplogTimestampBecomesAPointInTime()
    {
        arrive(RestoreMode::OplogTimestamp);
        m_draft.oplogSeconds = QStringLiteral("1795788187");
        m_draft.oplogIncrement = QStringLiteral("4");
        m_draft.pointZone = QStringLiteral("Europe/Berlin");
        arrive(RestoreMode::PointInTime);
        QCOMPARE(m_draft.pointInTime, QStringLiteral("2026-11-27 14:03:07 UTC"));
        QCOMPARE(m_draft.pointZone, QStringLiteral("Europe/Berlin"));
        QVERIFY(m_carried.sentence(m_draft).contains(QStringLiteral("increment 4")));
        QCOMPARE(oplog(), QStringLiteral("1795788187/4"));
    }

    void goingBackRestoresWhatWasThere()
    {
        arrive(RestoreMode::OplogTimestamp);
        m_draft.oplogSeconds = QStringLiteral("1795780000");
        m_draft.oplogIncrement = QStringLiteral("2");
        arrive(RestoreMode::PointInTime);
        m_draft.pointInTime = QStringLiteral("2026-11-27 14:03:07");
        arrive(RestoreMode::OplogTimestamp);
        QCOMPARE(oplog(), QStringLiteral("1795788187/"));
        arrive(RestoreMode::PointInTime);
        QCOMPARE(m_draft.pointInTime, QStringLiteral("2026-11-27 14:03:07"));
        QCOMPARE(oplog(), QStringLiteral("1795780000/2"));
        QCOMPARE(m_carried.sentence(m_draft), QString());
        arrive(RestoreMode::OplogTimestamp);
        QCOMPARE(oplog(), QStringLiteral("1795788187/"));
        m_draft.oplogIncrement = QStringLiteral("9"); // a decision of its own
        arrive(RestoreMode::PointInTime);
        QCOMPARE(oplog(), QStringLiteral("1795788187/9"));
        QCOMPARE(m_draft.pointInTime, QStringLiteral("2026-11-27 14:03:07 UTC"));
    }

    void whatSaysNoMomentIsNotTaken_data()
    {
        QTest::addColumn<QString>("written");
        for (const char *written : {"", "14:03", "2026-11-27 14:03:07.250", "2026-11-27 14:03:07 - 5 min"})
            QTest::newRow(written) << QString::fromLatin1(written);
    }
    void whatSaysNoMomentIsNotTaken()
    {
        QFETCH(QString, written);
        arrive(RestoreMode::PointInTime);
        m_draft.pointInTime = written;
        arrive(RestoreMode::OplogTimestamp);
        QCOMPARE(oplog(), QStringLiteral("/"));
        QCOMPARE(m_carried.sentence(m_draft), QString());
    }

    /// One that was kept, or repeated from a job.
    void aDraftFromElsewhereIsLeftAlone()
    {
        arrive(RestoreMode::PointInTime);
        m_draft.pointInTime = QStringLiteral("2026-11-27 14:03:07");
        m_draft.oplogSeconds = QStringLiteral("1795780000");
        m_draft.oplogIncrement = QStringLiteral("2");
        arrive(RestoreMode::OplogTimestamp);
        QCOMPARE(oplog(), QStringLiteral("1795780000/2"));
    }

    void otherModesBetweenChangeNothing()
    {
        arrive(RestoreMode::PointInTime);
        m_draft.pointInTime = QStringLiteral("2026-11-27 14:03:07");
        arrive(RestoreMode::AutomatedSnapshot);
        QCOMPARE(oplog(), QStringLiteral("/"));
        arrive(RestoreMode::OplogTimestamp);
        QCOMPARE(oplog(), QStringLiteral("1795788187/"));
        arrive(RestoreMode::Checkpoint);
        arrive(RestoreMode::OplogTimestamp);
        QCOMPARE(oplog(), QStringLiteral("1795788187/"));
    }
};

QTEST_GUILESS_MAIN(MomentCarriedTest)
#include "moment_carried_test.moc"
