#pragma once

#include "restore/restore_draft.h"

#include <QObject>

#include <optional>

namespace tidemark {

class Order;
class Session;

/// The restores that were being prepared when their windows were closed. In memory alone; those of a session, of which
/// the one that was left last is offered first. None takes the place of another: each was typed by somebody.
class KeptDraft : public QObject
{
    Q_OBJECT

public:
    /// The session's own.
    static KeptDraft &of(Session &session);

    /// Offered from now on. What was typed to confirm is not kept.
    void keep(RestoreDraft draft);
    /// This one is not offered any longer; the others are.
    void drop(const RestoreDraft &draft);
    /// Of a window that is closed while its order is under way: it is kept once that has ended and was not carried out.
    void keepUnlessSent(const RestoreDraft &draft, const Order &order);
    /// What was sent, or may have been, is not offered to be asked for again.
    void dropSent(const RestoreDraft &sent);
    /// The one that is offered.
    std::optional<RestoreDraft> draft() const;

    /// All of them, for the next session of the same connection.
    const std::vector<RestoreDraft> &all() const { return m_drafts; }
    void putBack(std::vector<RestoreDraft> drafts) { m_drafts = std::move(drafts); }

private:
    explicit KeptDraft(QObject *parent)
        : QObject(parent)
    {
    }

    std::vector<RestoreDraft> m_drafts; ///< the one that was left last at the end
};

/// Whether they ask for the same. What the catalogue newly says of a cluster, what was typed to confirm and what their
/// mode does not read make no difference.
bool isSameRestore(const RestoreDraft &one, const RestoreDraft &other);

/// Whether something would be lost with it: more was chosen or typed than a project and what was filled in beforehand.
bool isWorthKeeping(const RestoreDraft &draft, const RestoreDraft &filledIn);

/// What it is, in a few words: "Shop / ledger, Restore to a point in time, 2026-11-27 14:03:07, to drill".
QString draftText(const RestoreDraft &draft);

} // namespace tidemark
