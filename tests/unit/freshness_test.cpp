#include "session/freshness.h"

#include <QtTest>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

QDateTime at(const char *time)
{
    QDateTime moment = QDateTime::fromString(QString::fromLatin1(time), Qt::ISODate);
    moment.setTimeSpec(Qt::UTC);
    return moment;
}

const char *const Now = "2026-11-26T14:20:20";

} // namespace

Q_DECLARE_METATYPE(tidemark::ListAge)

/// How old what is shown is, and from when on that is worth a warning.
class FreshnessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ages_data()
    {
        QTest::addColumn<std::vector<ListAge>>("lists");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isLate");
        using Lists = std::vector<ListAge>;
        const auto row = [](const char *name, const Lists &lists, const char *text, bool isLate) {
            QTest::newRow(name) << lists << QString::fromLatin1(text) << isLate;
        };
        row("nothing is read", {}, "", false);
        row("just read", {{at("2026-11-26T14:20:20"), 5s}}, "as of 14:20:20 UTC", false);
        row("three intervals", {{at("2026-11-26T14:20:05"), 5s}}, "as of 14:20:05 UTC", false);
        row("a second more", {{at("2026-11-26T14:20:04"), 5s}}, "as of 14:20:04 UTC", true);
        row("a quiet list may be older", {{at("2026-11-26T14:17:20"), 60s}}, "as of 14:17:20 UTC", false);
        row("not for ever", {{at("2026-11-26T14:17:19"), 60s}}, "as of 14:17:19 UTC", true);
        row("the oldest is named, each by its own interval",
            {{at("2026-11-26T14:20:19"), 5s}, {at("2026-11-26T14:19:00"), 60s}}, "as of 14:19:00 UTC", false);
        row("a young list that is late beside an old one that is not",
            {{at("2026-11-26T14:20:00"), 5s}, {at("2026-11-26T14:19:00"), 60s}}, "as of 14:19:00 UTC", true);
        row("read when it is asked for: its time, no warning", {{at("2026-11-26T09:00:00"), 0s}}, "as of 09:00:00 UTC",
            false);
        row("of another day", {{at("2026-11-25T23:59:59"), 0s}}, "as of 2026-11-25 23:59:59 UTC", false);
        row("never read says nothing of its age", {{QDateTime(), 5s}}, "", false);
        row("beside one that was", {{QDateTime(), 5s}, {at("2026-11-26T14:20:19"), 5s}}, "as of 14:20:19 UTC", false);
        row("a clock that was set back", {{at("2026-11-26T14:20:25"), 5s}}, "as of 14:20:25 UTC", false);
    }
    void ages()
    {
        QFETCH(std::vector<ListAge>, lists);
        QFETCH(bool, isLate);
        const Freshness freshness = freshnessOf(lists, at(Now));
        QCOMPARE(freshness.isLate, isLate);
        QTEST(freshnessText(freshness, at(Now)), "text");
    }
};

QTEST_GUILESS_MAIN(FreshnessTest)
#include "freshness_test.moc"
