#include "preparation/review_state.h"
#include "support/restore_cases.h"

#include <QtTest>

using namespace tidemark;
using Kind = OrderOutcome::Kind;

namespace {

enum class Is { Deciding, Ordering, NotKnown, Ordered };

const QString First = QStringLiteral("first");
const QString Second = QStringLiteral("second");

/// That of the restore that the order was begun for.
RestoreDraft draftOf(const QString &key)
{
    RestoreDraft draft = test::goodDraft(RestoreMode::DownloadSnapshot);
    draft.pointZone = key;
    return draft;
}

ReviewState stateOf(Is is)
{
    switch (is) {
    case Is::Deciding:
        break;
    case Is::Ordering:
        return Ordering{nullptr, draftOf(First)};
    case Is::NotKnown:
        return NotKnown{First, draftOf(First)};
    case Is::Ordered:
        return Ordered{draftOf(First)};
    }
    return Deciding{};
}

QString sentOf(const ReviewState &state)
{
    const RestoreDraft *sent = sentDraft(state);
    return sent != nullptr ? sent->pointZone : QString();
}

} // namespace

Q_DECLARE_METATYPE(Is)
Q_DECLARE_METATYPE(ReviewEvent)

/// Every state with every event.
class ReviewStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void transitions_data()
    {
        QTest::addColumn<Is>("before");
        QTest::addColumn<ReviewEvent>("event");
        QTest::addColumn<Is>("after");
        QTest::addColumn<QString>("sent"); ///< whose draft; empty: none
        const auto row = [](const char *name, Is before, const ReviewEvent &event, Is after, const QString &sent) {
            QTest::newRow(name) << before << event << after << sent;
        };
        const ReviewEvent begun = OrderBegun{nullptr, draftOf(Second)};
        row("begun", Is::Deciding, begun, Is::Ordering, {});
        row("begun, one is under way", Is::Ordering, begun, Is::Ordering, {});
        row("decided again", Is::NotKnown, begun, Is::Ordering, {});
        row("begun, ordered already", Is::Ordered, begun, Is::Ordered, First);

        row("ordered", Is::Ordering, OrderEnded{Kind::Ordered, First}, Is::Ordered, First);
        row("not known yet", Is::Ordering, OrderEnded{Kind::NotKnownYet, First}, Is::NotKnown, First);
        row("refused", Is::Ordering, OrderEnded{Kind::NotOrdered, First}, Is::Deciding, {});
        row("cancelled", Is::Ordering, OrderEnded{Kind::Cancelled, {}}, Is::Deciding, {});
        row("changed", Is::Ordering, OrderEnded{Kind::Changed, {}}, Is::Deciding, {});
        row("conflicting", Is::Ordering, OrderEnded{Kind::Conflicting, {}}, Is::Deciding, {});
        row("not sent", Is::Ordering, OrderEnded{Kind::NotSent, {}}, Is::Deciding, {});
        for (const Is other : {Is::Deciding, Is::NotKnown, Is::Ordered})
            row(qPrintable(QStringLiteral("ended, none is under way %1").arg(int(other))), other,
                OrderEnded{Kind::Ordered, Second}, other, other == Is::Deciding ? QString() : First);

        row("settled, it", Is::NotKnown, OrderSettled{First}, Is::Ordered, First);
        row("settled, another one", Is::NotKnown, OrderSettled{Second}, Is::NotKnown, First);
        row("settled, the one before", Is::Ordering, OrderSettled{First}, Is::Ordering, {});
        row("settled, of no matter", Is::Deciding, OrderSettled{First}, Is::Deciding, {});
        row("settled, ordered already", Is::Ordered, OrderSettled{First}, Is::Ordered, First);

        row("opened", Is::Deciding, PageOpened{}, Is::Deciding, {});
        row("opened while it is under way", Is::Ordering, PageOpened{}, Is::Ordering, {});
        row("opened after one not known yet", Is::NotKnown, PageOpened{}, Is::Deciding, {});
        row("opened after one ordered", Is::Ordered, PageOpened{}, Is::Deciding, {});
    }
    void transitions()
    {
        QFETCH(Is, before);
        QFETCH(ReviewEvent, event);
        QFETCH(QString, sent);
        const ReviewState after = next(stateOf(before), event);
        QTEST(Is(after.index()), "after");
        QCOMPARE(sentOf(after), sent);
        QCOMPARE(hasLeft(after), !sent.isEmpty());
        const auto *ordering = std::get_if<Ordering>(&after);
        const bool isNew = std::holds_alternative<OrderBegun>(event) && before != Is::Ordering;
        QVERIFY(ordering == nullptr || ordering->draft.pointZone == (isNew ? Second : First));
    }
};

QTEST_APPLESS_MAIN(ReviewStateTest)
#include "review_state_test.moc"
