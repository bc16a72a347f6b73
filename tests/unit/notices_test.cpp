#include "session/notices.h"
#include "support/fixed_clock.h"

#include <QSignalSpy>
#include <QTest>

using namespace tidemark;

namespace {

Error error(const QString &sentence, const QString &hint = {})
{
    return {.kind = ErrorKind::Network, .sentence = sentence, .hint = hint};
}

QStringList openSentences(const Notices &notices)
{
    QStringList sentences;
    for (const Notice &notice : notices.open())
        sentences << notice.sentence;
    return sentences;
}

} // namespace

/// What was said stays until it is put away or its cause is gone, and can be read again.
class NoticesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyQueue();
    void theSameIsSaidOnce();
    void aCauseTakesItsOwnAlong();
    void failedRequestsAreKept();
    void whatIsOpenIsForgottenLast();

private:
    test::FixedClock m_clock{QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC)};
};

void NoticesTest::theyQueue()
{
    Notices notices(m_clock);
    const QSignalSpy changed(&notices, &Notices::changed);
    notices.say(error(QStringLiteral("One."), QStringLiteral("Do this.")));
    notices.say(Notice::Kind::Information, QStringLiteral("Two."));
    QCOMPARE(openSentences(notices), QStringList({QStringLiteral("One."), QStringLiteral("Two.")}));
    notices.putAway({notices.open().front().number});
    QCOMPARE(openSentences(notices), QStringList(QStringLiteral("Two.")));
    QCOMPARE(notices.all().size(), size_t(2));
    QCOMPARE(notices.all().front().hint, QStringLiteral("Do this."));
    QCOMPARE(notices.all().front().first, m_clock.now());
    QCOMPARE(changed.count(), 3);
}

void NoticesTest::theSameIsSaidOnce()
{
    Notices notices(m_clock);
    const QDateTime first = m_clock.now();
    notices.say(error(QStringLiteral("One.")));
    m_clock.set(m_clock.now().addSecs(5));
    notices.say(error(QStringLiteral("Two.")));
    notices.say(error(QStringLiteral("One.")));
    QCOMPARE(openSentences(notices), QStringList({QStringLiteral("One."), QStringLiteral("Two.")}));
    QCOMPARE(notices.all().front().times, 2);
    QCOMPARE(notices.all().front().first, first);
    QCOMPARE(notices.all().front().last, first.addSecs(5));
    // What was put away and happens again is said again.
    notices.putAway({notices.all().front().number});
    notices.say(error(QStringLiteral("One.")));
    QCOMPARE(openSentences(notices), QStringList({QStringLiteral("Two."), QStringLiteral("One.")}));
}

void NoticesTest::aCauseTakesItsOwnAlong()
{
    Notices notices(m_clock);
    notices.say(Notice::Kind::Information, QStringLiteral("Close it."), {}, QStringLiteral("wizard"));
    notices.say(Notice::Kind::Information, QStringLiteral("Another."), {}, QStringLiteral("other"));
    notices.say(Notice::Kind::Information, QStringLiteral("Finish it."), {}, QStringLiteral("wizard"));
    notices.resolve(QStringLiteral("wizard"));
    QCOMPARE(openSentences(notices), QStringList(QStringLiteral("Another.")));
    const QSignalSpy changed(&notices, &Notices::changed);
    notices.resolve(QStringLiteral("wizard"));
    QCOMPARE(changed.count(), 0);
}

void NoticesTest::failedRequestsAreKept()
{
    Notices notices(m_clock);
    for (int i = 0; i < 1000; ++i) {
        notices.keep(QStringLiteral("GET /groups"), error(QStringLiteral("No answer.")));
        notices.keep(QStringLiteral("GET /clusters"), error(QStringLiteral("No answer.")));
    }
    QVERIFY(notices.open().empty());
    QCOMPARE(notices.all().size(), size_t(2));
    QCOMPARE(notices.all().front().times, 1000);
    QCOMPARE(notices.all().back().request, QStringLiteral("GET /clusters"));
}

void NoticesTest::whatIsOpenIsForgottenLast()
{
    Notices notices(m_clock);
    notices.say(error(QStringLiteral("Stays.")));
    for (size_t i = 0; i < 2 * Notices::Most; ++i)
        notices.keep(QStringLiteral("GET /%1").arg(i), error(QStringLiteral("No.")));
    QCOMPARE(notices.all().size(), Notices::Most);
    QCOMPARE(openSentences(notices), QStringList(QStringLiteral("Stays.")));
    for (size_t i = 0; i < 2 * Notices::Most; ++i)
        notices.say(error(QString::number(i)));
    QCOMPARE(notices.all().size(), Notices::Most);
    QCOMPARE(notices.all().back().sentence, QString::number(2 * Notices::Most - 1));
}

QTEST_GUILESS_MAIN(NoticesTest)
#include "notices_test.moc"
