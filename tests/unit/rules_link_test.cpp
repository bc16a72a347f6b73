#include "support/rule_rows.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestLinkRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condition_data();
    void condition();
};

void TestLinkRules::condition_data()
{
    addColumns();
    const auto mode = RestoreMode::DownloadSnapshot;
    const auto add = [&](const char *name, const Edit &edit, Expect expect, Field field, const QString &words = {}) {
        row(name, mode, Single, edit, expect, field, words);
    };
    const auto field = Field::ExpirationHours;
    add("hours: nothing", hours(QString()), Expect::Blocking, field, QStringLiteral("Enter"));
    add("hours: 0", hours(QStringLiteral("0")), Expect::Blocking, field, QStringLiteral("1 or more"));
    add("hours: 1", hours(QStringLiteral("1")), Expect::Nothing, field);
    add("hours: negative", hours(QStringLiteral("-4")), Expect::Blocking, field, QStringLiteral("1 or more"));
    add("hours: a fraction", hours(QStringLiteral("1.5")), Expect::Blocking, field, QStringLiteral("whole number"));
    add("hours: letters", hours(QStringLiteral("four")), Expect::Blocking, field);
    add("hours: too many for a number", hours(QStringLiteral("2147483648")), Expect::Blocking, field,
        QStringLiteral("too large"));
    // 2026-11-24 14:30:00 to 2026-11-26 06:00:03 is 39.5 hours.
    add("hours: up to the snapshot's end", hours(QStringLiteral("39")), Expect::Nothing, field);
    add("hours: past the snapshot's end", hours(QStringLiteral("40")), Expect::Blocking, field,
        QStringLiteral("at most 39 hours"));
    add(
        "hours: exactly the snapshot's end",
        [](RestoreDraft &draft, RestoreFacts &facts) {
            draft.expirationHours = QStringLiteral("2");
            snapshotOf(facts).expires = now().addSecs(7200);
        },
        Expect::Nothing, field);
    add(
        "hours: a second past it",
        [](RestoreDraft &draft, RestoreFacts &facts) {
            draft.expirationHours = QStringLiteral("2");
            snapshotOf(facts).expires = now().addSecs(7199);
        },
        Expect::Blocking, field, QStringLiteral("at most 1 hours"));
    add("hours: the snapshot ends too soon", onSnapshot([](Snapshot &s) { s.expires = now().addSecs(3599); }),
        Expect::Blocking, field, QStringLiteral("less than an hour"));
    add(
        "hours: a snapshot kept for ever",
        [](RestoreDraft &draft, RestoreFacts &facts) {
            draft.expirationHours = QStringLiteral("9999");
            snapshotOf(facts).expires = {};
        },
        Expect::Nothing, field);

    const auto at = Field::ExpiresAt;
    add("until: nothing", until(QString()), Expect::Blocking, at, QStringLiteral("Enter"));
    add("until: words", until(QStringLiteral("tomorrow")), Expect::Blocking, at, QStringLiteral("no time"));
    add("until: a fraction", until(QStringLiteral("2026-11-25T14:00:00.5Z")), Expect::Blocking, at,
        QStringLiteral("whole seconds"));
    add("until: now", until(QStringLiteral("2026-11-24T14:30:00Z")), Expect::Blocking, at, QStringLiteral("over"));
    add("until: a second from now", until(QStringLiteral("2026-11-24T14:30:01Z")), Expect::Nothing, at);
    add("until: the snapshot's end", until(QStringLiteral("2026-11-26 06:00:03")), Expect::Nothing, at);
    add("until: a second past it", until(QStringLiteral("2026-11-26 06:00:04")), Expect::Blocking, at,
        QStringLiteral("2026-11-26 06:00:03 UTC"));
    add(
        "until: hours are not read",
        [](RestoreDraft &draft, RestoreFacts &facts) {
            until(QStringLiteral("2026-11-25 14:00:00"))(draft, facts);
            draft.expirationHours = QStringLiteral("rubbish");
        },
        Expect::Nothing, field);
    add(
        "hours: until is not read",
        [](RestoreDraft &draft, RestoreFacts &) { draft.expiresAt = QStringLiteral("rubbish"); }, Expect::Nothing, at);

    const auto most = Field::MaxDownloads;
    add("downloads: nothing", downloads(QString()), Expect::Blocking, most, QStringLiteral("Enter"));
    add("downloads: 0", downloads(QStringLiteral("0")), Expect::Blocking, most, QStringLiteral("1 or more"));
    add("downloads: negative", downloads(QStringLiteral("-1")), Expect::Blocking, most, QStringLiteral("1 or more"));
    add("downloads: letters", downloads(QStringLiteral("all")), Expect::Blocking, most);
    add("downloads: 1", downloads(QStringLiteral("1")), Expect::Note, most, QStringLiteral("uses the link up"));
    add("downloads: 2", downloads(QStringLiteral("2")), Expect::Nothing, most);
    add("downloads: 2147483647", downloads(QStringLiteral("2147483647")), Expect::Nothing, most);
    add("downloads: 2147483648", downloads(QStringLiteral("2147483648")), Expect::Blocking, most,
        QStringLiteral("2147483647"));
    add(
        "downloads: unlimited, number not read",
        [](RestoreDraft &draft, RestoreFacts &) {
            draft.unlimitedDownloads = true;
            draft.maxDownloads = QStringLiteral("rubbish");
        },
        Expect::Nothing, most);
}

void TestLinkRules::condition()
{
    verifyRow();
}

QTEST_GUILESS_MAIN(TestLinkRules)
#include "rules_link_test.moc"
