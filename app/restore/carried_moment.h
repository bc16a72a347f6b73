#pragma once

#include "moment/moment.h"
#include "restore/restore_draft.h"

namespace tidemark {

/// Takes the moment along when the mode changes between a point in time, whose second is left out, and an oplog
/// timestamp, whose entry is restored too. What stood in the other mode is kept for who goes back, and a draft that
/// came from elsewhere is left alone.
class CarriedMoment
{
public:
    /// The page of the draft's mode comes up.
    void arrive(RestoreDraft &draft, const QDateTime &now);
    /// What is another thing now about the moment that was taken along; empty once it is no longer the one that stands
    /// there.
    QString sentence(const RestoreDraft &draft) const;

private:
    /// What a mode has of the draft: text, or seconds and increment.
    struct Fields
    {
        QString first;
        QString second;
        bool operator==(const Fields &) const = default;
        bool isEmpty() const { return first.isEmpty() && second.isEmpty(); }
    };
    struct Taken
    {
        RestoreMode into = RestoreMode::PointInTime;
        Fields fields;
        Fields before; ///< what stood there
        Moment moment;
    };

    static Fields fieldsOf(RestoreMode mode, const RestoreDraft &draft);
    static void setFields(RestoreMode mode, const Fields &fields, RestoreDraft &draft);
    static std::optional<Moment> momentOf(RestoreMode mode, const RestoreDraft &draft, const QDateTime &now);

    std::optional<RestoreMode> m_shown; ///< the mode of the two that was shown last
    std::optional<Fields> m_leftPoint;  ///< what stood there when it was left
    std::optional<Fields> m_leftOplog;
    std::optional<Taken> m_taken;
};

} // namespace tidemark
