#pragma once

#include "restore/restore_draft.h"

#include <QObject>

#include <optional>

namespace tidemark {

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
    const std::optional<RestoreDraft> &draft() const { return m_draft; }

private:
    explicit KeptDraft(QObject *parent)
        : QObject(parent)
    {
    }

    std::optional<RestoreDraft> m_draft;
};

/// Whether something would be lost with it: a cluster was chosen, and more than what was filled in beforehand.
bool isWorthKeeping(const RestoreDraft &draft, const RestoreDraft &filledIn);

/// What it is, in a few words: "Shop / ledger, Restore to a point in time".
QString draftText(const RestoreDraft &draft);

} // namespace tidemark
