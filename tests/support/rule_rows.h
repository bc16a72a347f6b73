#pragma once

#include "support/restore_cases.h"

#include <QRegularExpression>
#include <QtTest>

#include <functional>

/// The form of the rules' tables: a good draft, one edit, and what is then found at one field.
namespace tidemark::test {

using Edit = std::function<void(RestoreDraft &, RestoreFacts &)>;

/// What a row expects of the finding at its field.
enum class Expect { Nothing, Note, Warning, Blocking };

inline Snapshot &snapshotOf(RestoreFacts &facts)
{
    return facts.snapshots->front();
}

inline Edit seconds(const QString &iso, int increment = 1)
{
    return [=](RestoreDraft &draft, RestoreFacts &) {
        draft.oplogSeconds = QString::number(stamp(iso, 1).seconds);
        draft.oplogIncrement = QString::number(increment);
    };
}

inline Edit moment(const QString &text)
{
    return [=](RestoreDraft &draft, RestoreFacts &) { draft.pointInTime = text; };
}

inline Edit hours(const QString &text)
{
    return [=](RestoreDraft &draft, RestoreFacts &) { draft.expirationHours = text; };
}

inline Edit until(const QString &text)
{
    return [=](RestoreDraft &draft, RestoreFacts &) {
        draft.linkLife = RestoreDraft::LinkLife::Until;
        draft.expiresAt = text;
    };
}

inline Edit downloads(const QString &text)
{
    return [=](RestoreDraft &draft, RestoreFacts &) { draft.maxDownloads = text; };
}

inline Edit onSnapshot(const std::function<void(Snapshot &)> &edit)
{
    return [=](RestoreDraft &, RestoreFacts &facts) { edit(snapshotOf(facts)); };
}

inline Edit onSource(const std::function<void(Cluster &)> &edit)
{
    return [=](RestoreDraft &draft, RestoreFacts &) { edit(*draft.cluster); };
}

inline Edit onTarget(const std::function<void(Cluster &)> &edit)
{
    return [=](RestoreDraft &draft, RestoreFacts &) {
        edit(*draft.targetCluster);
        draft.typedTargetName = confirmationName(*draft.targetCluster);
    };
}

/// Source FCV, target FCV and the target's MongoDB.
inline Edit versions(const QString &data, const QString &targetFcv, const QString &targetMongod)
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        draft.cluster->featureCompatibilityVersion = data;
        for (SnapshotPart &part : snapshotOf(facts).parts) {
            part.featureCompatibilityVersion = data;
            part.mongodVersion.clear();
        }
        draft.targetCluster->featureCompatibilityVersion = targetFcv;
        draft.targetCluster->versions = targetMongod.isEmpty() ? QStringList() : QStringList{targetMongod};
    };
}

/// The server does not know the ranges: the window of the schedule counts.
inline Edit window(int windowHours, const Edit &then)
{
    return [=](RestoreDraft &draft, RestoreFacts &facts) {
        facts.ranges = std::optional<std::vector<RestorableRange>>();
        facts.schedule = SnapshotSchedule{6, windowHours};
        then(draft, facts);
    };
}

inline QString describe(const std::vector<Finding> &findings)
{
    QStringList lines;
    for (const Finding &finding : findings)
        lines.append(QStringLiteral("[%1 %2] %3")
                         .arg(static_cast<int>(finding.severity))
                         .arg(static_cast<int>(finding.field))
                         .arg(finding.sentence));
    return lines.join(QLatin1Char('\n'));
}

inline void row(const char *name, RestoreMode mode, bool sharded, const Edit &edit, Expect expect, Field field,
                const QString &words = {})
{
    QTest::newRow(name) << mode << sharded << edit << expect << field << words;
}

inline constexpr bool Sharded = true;
inline constexpr bool Single = false;

inline void addColumns()
{
    QTest::addColumn<RestoreMode>("mode");
    QTest::addColumn<bool>("sharded");
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<Expect>("expect");
    QTest::addColumn<Field>("field");
    QTest::addColumn<QString>("words");
}

inline void verifyRow()
{
    QFETCH(RestoreMode, mode);
    QFETCH(bool, sharded);
    QFETCH(Edit, edit);
    QFETCH(Expect, expect);
    QFETCH(Field, field);
    QFETCH(QString, words);

    RestoreDraft draft = goodDraft(mode, sharded);
    RestoreFacts facts = goodFacts(draft);
    edit(draft, facts);
    const std::vector<Finding> findings = check(draft, facts, now());
    const QByteArray all = describe(findings).toUtf8();
    const auto request = buildRequest(draft, facts, now());

    std::vector<Finding> here;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(here),
                 [&](const Finding &finding) { return finding.field == field; });
    if (expect == Expect::Nothing) {
        QVERIFY2(here.empty(), all.constData());
        QVERIFY2(isComplete(findings), all.constData());
        QVERIFY(request.has_value());
        return;
    }
    const Severity severity = expect == Expect::Blocking  ? Severity::Blocking
                              : expect == Expect::Warning ? Severity::Warning
                                                          : Severity::Note;
    const bool found = std::any_of(here.begin(), here.end(), [&](const Finding &finding) {
        return finding.severity == severity && finding.sentence.contains(words);
    });
    QVERIFY2(found, all.constData());
    // What could not be looked at is told from what was found.
    static const QRegularExpression open(
        QStringLiteral("could not be checked|cannot be checked|is not known|be seen beforehand|does not say whether"));
    for (const Finding &finding : findings) {
        const bool isOpen = finding.severity == Severity::Warning && finding.sentence.contains(open);
        QVERIFY2(finding.isUnchecked == isOpen, qPrintable(finding.sentence));
    }
    QCOMPARE(request.has_value(), expect != Expect::Blocking);
    if (request)
        return;
    for (const Finding &finding : request.error())
        QCOMPARE(finding.severity, Severity::Blocking);
}

} // namespace tidemark::test
