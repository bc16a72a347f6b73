#pragma once

#include "restore/restore_draft.h"

#include <QObject>

#include <optional>

namespace tidemark {

class Order;
class Session;

/// A restore that was being prepared when its window was closed. In memory alone, one for each session, and gone with
/// it.
class KeptDraft : public QObject
{
    Q_OBJECT

public:
    /// The session's own.
    static KeptDraft &of(Session &session);

    /// In place of the one before. What was typed to confirm is not kept.
    void keep(RestoreDraft draft);
    void drop() { m_draft.reset(); }
    /// Of a window that is closed while its order is under way: it is kept once that has ended and was not carried out.
    void keepUnlessSent(const RestoreDraft &draft, const Order &order);
    /// What was sent, or may have been, is not offered to be asked for again.
    void dropSent(const RestoreDraft &sent);
    const std::optional<RestoreDraft> &draft() const { return m_draft; }

private:
    explicit KeptDraft(QObject *parent)
        : QObject(parent)
    {
    }

    std::optional<RestoreDraft> m_draft;
};

/// Whether they ask for the same. What the catalogue newly says of a cluster and what was typed to confirm make no
/// difference.
bool isSameRestore(const RestoreDraft &one, const RestoreDraft &other);

/// Whether something would be lost with it: a cluster was chosen, and more than what was filled in beforehand.
bool isWorthKeeping(const RestoreDraft &draft, const RestoreDraft &filledIn);

/// What it is, in a few words: "Shop / ledger, Restore to a point in time".
QString draftText(const RestoreDraft &draft);

} // namespace tidemark
