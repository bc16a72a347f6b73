#include "support/rule_rows.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestTimeRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condition_data();
    void condition();
};

void TestTimeRules::condition_data()
{
    addColumns();
    const auto oplog = RestoreMode::OplogTimestamp;
    const auto add = [&](const char *name, const Edit &edit, Expect expect, const QString &words = {},
                         Field field = Field::OplogSeconds) { row(name, oplog, Single, edit, expect, field, words); };
    const auto typed = [](const char *typedSeconds, const char *typedIncrement) {
        return [=](RestoreDraft &draft, RestoreFacts &) {
            draft.oplogSeconds = QLatin1String(typedSeconds);
            draft.oplogIncrement = QLatin1String(typedIncrement);
        };
    };
    add("oplog: neither", typed("", ""), Expect::Blocking);
    add("oplog: neither, increment", typed("", ""), Expect::Blocking, {}, Field::OplogIncrement);
    add("oplog: seconds alone", typed("1795528987", ""), Expect::Blocking, QStringLiteral("too"),
        Field::OplogIncrement);
    add("oplog: increment alone", typed("", "1"), Expect::Blocking, QStringLiteral("both"));
    add("oplog: letters", typed("2026-11-24", "1"), Expect::Blocking, QStringLiteral("digits only"));
    add("oplog: negative", typed("-1795528987", "1"), Expect::Blocking, QStringLiteral("digits only"));
    add("oplog: hexadecimal", typed("0x6b05", "1"), Expect::Blocking, QStringLiteral("digits only"));
    add("oplog: milliseconds", typed("1536610288000", "1"), Expect::Blocking,
        QStringLiteral("1536610288, which is 2018-09-10 20:11:28 UTC"));
    add("oplog: far too large", typed("99999999999999999999", "1"), Expect::Blocking, QStringLiteral("too large"));
    add("oplog: in the future", seconds(QStringLiteral("2026-11-24T14:30:01Z")), Expect::Blocking,
        QStringLiteral("future"));
    add("oplog: spaces around", typed(" 1795528987 ", " 1 "), Expect::Nothing);
    const auto increment = Field::OplogIncrement;
    add("increment: 0", typed("1795528987", "0"), Expect::Blocking, QStringLiteral("1 or more"), increment);
    add("increment: letters", typed("1795528987", "one"), Expect::Blocking, QStringLiteral("1 or more"), increment);
    add("increment: 33 bits", typed("1795528987", "4294967296"), Expect::Blocking, QStringLiteral("32-bit"), increment);
    add("increment: 32 bits", typed("1795528987", "4294967295"), Expect::Nothing, {}, increment);
    add(
        "oplog: ranges not read yet", [](RestoreDraft &, RestoreFacts &facts) { facts.ranges.reset(); },
        Expect::Blocking, QStringLiteral("not been read"));
    add("oplog: first entry of the first range", seconds(QStringLiteral("2026-11-23T06:00:03Z"), 2), Expect::Warning,
        QStringLiteral("the window of the cluster's schedule is 24 hours"));
    add("oplog: in a range, 24 hours ago", seconds(QStringLiteral("2026-11-23T14:30:00Z")), Expect::Nothing);
    add("oplog: in a range, a second more", seconds(QStringLiteral("2026-11-23T14:29:59Z")), Expect::Warning,
        QStringLiteral("the window of the cluster's schedule is 24 hours"));
    add("oplog: one entry before it", seconds(QStringLiteral("2026-11-23T06:00:03Z"), 1), Expect::Blocking,
        QStringLiteral("oldest restorable moment is 2026-11-23 06:00:03 UTC"));
    add("oplog: last entry of the first range", seconds(QStringLiteral("2026-11-24T09:00:10Z"), 7), Expect::Nothing);
    add("oplog: one entry into the gap", seconds(QStringLiteral("2026-11-24T09:00:10Z"), 8), Expect::Blocking,
        QStringLiteral("gap"));
    add("oplog: one entry before the second range", seconds(QStringLiteral("2026-11-24T10:00:00Z"), 2),
        Expect::Blocking, QStringLiteral("gap"));
    add("oplog: first entry of the second range", seconds(QStringLiteral("2026-11-24T10:00:00Z"), 3), Expect::Nothing);
    add("oplog: last entry of all", seconds(QStringLiteral("2026-11-24T14:28:00Z"), 9), Expect::Nothing);
    add("oplog: after the last entry", seconds(QStringLiteral("2026-11-24T14:28:00Z"), 10), Expect::Blocking,
        QStringLiteral("later than the newest restorable moment, 2026-11-24 14:28:00 UTC"));
    add("oplog: window, now", window(24, seconds(QStringLiteral("2026-11-24T14:30:00Z"))), Expect::Warning,
        QStringLiteral("does not say which ranges"));
    add("oplog: window, its beginning", window(24, seconds(QStringLiteral("2026-11-23T14:30:00Z"))), Expect::Warning);
    add("oplog: window, before it", window(24, seconds(QStringLiteral("2026-11-23T14:29:59Z"))), Expect::Blocking,
        QStringLiteral("window reaches back to 2026-11-23 14:30:00 UTC"));

    const auto time = RestoreMode::PointInTime;
    const auto point = [&](const char *name, const Edit &edit, Expect expect, const QString &words = {}) {
        row(name, time, Single, edit, expect, Field::PointInTime, words);
    };
    point("time: nothing", moment(QString()), Expect::Blocking, QStringLiteral("Choose"));
    point("time: words", moment(QStringLiteral("yesterday")), Expect::Blocking, QStringLiteral("no time"));
    point("time: a date alone", moment(QStringLiteral("2026-11-24")), Expect::Blocking,
          QStringLiteral("without a time"));
    point("time: a fraction", moment(QStringLiteral("2026-11-24 14:03:07.250")), Expect::Blocking,
          QStringLiteral("whole seconds"));
    point("time: a tiny fraction", moment(QStringLiteral("2026-11-24 14:03:07.0001")), Expect::Blocking,
          QStringLiteral("whole seconds"));
    point("time: a fraction of nothing", moment(QStringLiteral("2026-11-24 14:03:07.000")), Expect::Nothing);
    point("time: in the future", moment(QStringLiteral("2026-11-24 14:30:01")), Expect::Blocking,
          QStringLiteral("future"));
    point("time: with an offset", moment(QStringLiteral("2026-11-24T15:03:07+01:00")), Expect::Nothing);
    point(
        "time: ranges not read yet", [](RestoreDraft &, RestoreFacts &facts) { facts.ranges.reset(); },
        Expect::Blocking, QStringLiteral("not been read"));
    point("time: the second in which the first range begins", moment(QStringLiteral("2026-11-23 06:00:03")),
          Expect::Blocking, QStringLiteral("the oldest restorable moment is 2026-11-23 06:00:04 UTC"));
    point("time: the second after it", moment(QStringLiteral("2026-11-23 06:00:04")), Expect::Warning,
          QStringLiteral("the window of the cluster's schedule is 24 hours"));
    point(
        "time: the second after it, the schedule not known",
        [=](RestoreDraft &draft, RestoreFacts &facts) {
            facts.schedule.reset();
            moment(QStringLiteral("2026-11-23 06:00:04"))(draft, facts);
        },
        Expect::Warning, QStringLiteral("documentation allows only the last 24 hours"));
    point(
        "time: older than the schedule's window",
        [=](RestoreDraft &draft, RestoreFacts &facts) {
            facts.schedule = SnapshotSchedule{6, 4};
            moment(QStringLiteral("2026-11-24 10:29:59"))(draft, facts);
        },
        Expect::Warning, QStringLiteral("the window of the cluster's schedule is 4 hours"));
    point("time: ranges that could not be read",
          window(4,
                 [=](RestoreDraft &draft, RestoreFacts &facts) {
                     facts.rangesError = Error{.sentence = QStringLiteral("No right.")};
                     moment(QStringLiteral("2026-11-24 10:30:00"))(draft, facts);
                 }),
          Expect::Warning, QStringLiteral("could not be read, the window of 4 hours applies"));
    point(
        "time: ranges and schedule that could not be read",
        [=](RestoreDraft &draft, RestoreFacts &facts) {
            facts.ranges = std::optional<std::vector<RestorableRange>>();
            facts.rangesError = Error{.sentence = QStringLiteral("No right.")};
            moment(QStringLiteral("2026-11-24 10:30:00"))(draft, facts);
        },
        Expect::Warning, QStringLiteral("could not be read, the window of 24 hours applies"));
    point("time: a second before the window of ranges that could not be read",
          window(4,
                 [=](RestoreDraft &draft, RestoreFacts &facts) {
                     facts.rangesError = Error{.sentence = QStringLiteral("No right.")};
                     moment(QStringLiteral("2026-11-24 10:29:59"))(draft, facts);
                 }),
          Expect::Blocking, QStringLiteral("window reaches back to 2026-11-24 10:30:00 UTC"));
    point("time: in a range, 24 hours ago", moment(QStringLiteral("2026-11-23 14:30:00")), Expect::Nothing);
    point("time: a second before", moment(QStringLiteral("2026-11-23 06:00:02")), Expect::Blocking,
          QStringLiteral("too long ago"));
    point("time: the first range's last second", moment(QStringLiteral("2026-11-24 09:00:10")), Expect::Nothing);
    point("time: in the gap", moment(QStringLiteral("2026-11-24 09:00:11")), Expect::Blocking,
          QStringLiteral("one restorable range ends at 2026-11-24 09:00:10 UTC and the next begins at 2026-11-24 "
                         "10:00:01 UTC"));
    point("time: the gap's last second", moment(QStringLiteral("2026-11-24 09:59:59")), Expect::Blocking,
          QStringLiteral("gap"));
    point("time: the second in which the second range begins", moment(QStringLiteral("2026-11-24 10:00:00")),
          Expect::Blocking, QStringLiteral("gap"));
    point("time: the second range's first second", moment(QStringLiteral("2026-11-24 10:00:01")), Expect::Nothing);
    point("time: last second of all", moment(QStringLiteral("2026-11-24 14:28:00")), Expect::Nothing);
    point("time: a second after", moment(QStringLiteral("2026-11-24 14:28:01")), Expect::Blocking,
          QStringLiteral("newest"));
    point("time: window, now", window(24, moment(QStringLiteral("2026-11-24 14:30:00"))), Expect::Warning);
    point("time: window, its beginning", window(24, moment(QStringLiteral("2026-11-23 14:30:00"))), Expect::Warning);
    point("time: window, before it", window(24, moment(QStringLiteral("2026-11-23 14:29:59"))), Expect::Blocking,
          QStringLiteral("too long ago"));
    point("time: wider window", window(48, moment(QStringLiteral("2026-11-22 14:30:00"))), Expect::Warning);
    point("time: window without a schedule",
          window(24,
                 [](RestoreDraft &draft, RestoreFacts &facts) {
                     facts.schedule.reset();
                     draft.pointInTime = QStringLiteral("2026-11-23 14:29:59");
                 }),
          Expect::Blocking, QStringLiteral("too long ago"));
    row("time: window of nothing", time, Single, window(0, moment(QStringLiteral("2026-11-24 14:30:00"))),
        Expect::Blocking, Field::Mode, QStringLiteral("0 hours"));
}

void TestTimeRules::condition()
{
    verifyRow();
}

QTEST_GUILESS_MAIN(TestTimeRules)
#include "rules_time_test.moc"
