#include "restore/way_back.h"

#include <QTest>

using namespace tidemark;

namespace {

const ClusterId Drill(QStringLiteral("60aa00000000000000000009"));
constexpr qint64 Noon = 1'795'780'800; // 2026-11-27 12:00:00 UTC

Cluster cluster(std::optional<bool> backupRunning)
{
    Cluster target;
    target.id = Drill;
    target.backupRunning = backupRunning;
    return target;
}

Snapshot snapshot(qint64 seconds, bool complete = true)
{
    Snapshot one;
    one.created = {seconds, 1};
    one.complete = complete;
    return one;
}

Snapshot expiring(qint64 seconds, qint64 expires)
{
    Snapshot one = snapshot(seconds);
    one.expires = QDateTime::fromSecsSinceEpoch(expires, Qt::UTC);
    return one;
}

Error refused()
{
    Error error;
    error.sentence = QStringLiteral("This key may not do that.");
    return error;
}

using Ranges = Result<std::optional<std::vector<RestorableRange>>>;
using Snapshots = Result<std::vector<Snapshot>>;

std::optional<TargetFacts> facts(std::optional<Ranges> ranges, std::optional<Snapshots> snapshots)
{
    TargetFacts known;
    known.target = Drill;
    known.ranges = std::move(ranges);
    known.snapshots = std::move(snapshots);
    return known;
}

Ranges ranges(std::initializer_list<qint64> ends)
{
    std::vector<RestorableRange> all;
    for (const qint64 end : ends)
        all.push_back({{end - 3600, 1}, {end, 1}, {}});
    return std::optional(all);
}

} // namespace

/// Whether what is erased can be brought back, as it is said before.
class WayBackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSaid_data()
    {
        QTest::addColumn<std::optional<bool>>("backup");
        QTest::addColumn<std::optional<TargetFacts>>("known");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, std::optional<bool> backup, const std::optional<TargetFacts> &known,
                            const char *said) { QTest::newRow(name) << backup << known << QString::fromLatin1(said); };
        const char *reading = "is being read";
        const char *end = "what is in it now can be brought back to 2026-11-27 12:00:00 UTC";
        const char *newest = "its newest snapshot, of 2026-11-27 12:00:00 UTC; what was written later cannot be "
                             "brought back";
        const char *open = "its newest snapshot, of 2026-11-27 12:00:00 UTC; whether what was written later can be "
                           "brought back could not be checked";
        const char *nothing = "none: there is no complete snapshot of it, what is in it now cannot be brought back";
        row("no backup", false, facts({}, {}),
            "none: its backup does not run, what is in it now cannot be brought back");
        row("nothing read", true, std::nullopt, reading);
        row("the ranges read alone", true, facts(ranges({Noon}), {}), reading);
        row("the snapshots read alone", true, facts({}, Snapshots{}), reading);
        row(
            "of another target", true,
            [] {
                auto known = facts(ranges({Noon}), Snapshots{});
                known->target = ClusterId(QStringLiteral("another"));
                return known;
            }(),
            reading);
        row("to a moment", true, facts(ranges({Noon - 9000, Noon}), Snapshots{{snapshot(Noon - 7200)}}), end);
        row("to a moment, backup not told", {}, facts(ranges({Noon}), failure(refused())), end);
        row("a snapshot behind the last range", true, facts(ranges({Noon - 60}), Snapshots{{snapshot(Noon)}}), newest);
        row("no ranges", true, facts(ranges({}), Snapshots{{snapshot(Noon - 60), snapshot(Noon)}}), newest);
        row("the server has no ranges", true, facts(Ranges{std::nullopt}, Snapshots{{snapshot(Noon)}}), open);
        row("ranges refused", true, facts(failure(refused()), Snapshots{{snapshot(Noon)}}), open);
        row("incomplete ones do not count", true, facts(ranges({}), Snapshots{{snapshot(Noon, false)}}), nothing);
        row("one that has expired may be gone", true, facts(ranges({}), Snapshots{{expiring(Noon - 60, Noon)}}),
            nothing);
        row("one that expires later", true, facts(ranges({}), Snapshots{{expiring(Noon, Noon + 1)}}), newest);
        row("none at all", true, facts(ranges({}), Snapshots{}), nothing);
        row("all refused", true, facts(failure(refused()), failure(refused())),
            "could not be checked: This key may not do that.");
    }
    void isSaid()
    {
        QFETCH(std::optional<bool>, backup);
        QFETCH(std::optional<TargetFacts>, known);
        QTEST(wayBackText(cluster(backup), known, QDateTime::fromSecsSinceEpoch(Noon, Qt::UTC)), "said");
    }
};

QTEST_GUILESS_MAIN(WayBackTest)
#include "way_back_test.moc"
