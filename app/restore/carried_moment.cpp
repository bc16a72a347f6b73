#include "restore/carried_moment.h"

#include "base/text.h"
#include "restore/rules.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::CarriedMoment)
};

} // namespace

CarriedMoment::Fields CarriedMoment::fieldsOf(RestoreMode mode, const RestoreDraft &draft)
{
    if (mode == RestoreMode::OplogTimestamp)
        return {draft.oplogSeconds, draft.oplogIncrement};
    return {draft.pointInTime, draft.pointInTime.isEmpty() ? QString() : draft.pointZone};
}

void CarriedMoment::setFields(RestoreMode mode, const Fields &fields, RestoreDraft &draft)
{
    (mode == RestoreMode::OplogTimestamp ? draft.oplogSeconds : draft.pointInTime) = fields.first;
    (mode == RestoreMode::OplogTimestamp ? draft.oplogIncrement : draft.pointZone) = fields.second;
}

std::optional<Moment> CarriedMoment::momentOf(RestoreMode mode, const RestoreDraft &draft, const QDateTime &now)
{
    if (mode == RestoreMode::PointInTime) {
        const MomentAnswer answer = readPoint(draft, now);
        const auto *moment = std::get_if<Moment>(&answer);
        return moment && moment->isWholeSecond() ? std::optional(*moment) : std::nullopt;
    }
    bool isNumber = false;
    const quint32 seconds = draft.oplogSeconds.trimmed().toUInt(&isNumber);
    if (!isNumber)
        return std::nullopt;
    Moment moment;
    moment.milliseconds = qint64{seconds} * 1000;
    const quint32 increment = draft.oplogIncrement.trimmed().toUInt(&isNumber);
    if (isNumber)
        moment.increment = increment;
    return moment;
}

void CarriedMoment::arrive(RestoreDraft &draft, const QDateTime &now)
{
    const RestoreMode mode = draft.mode.value_or(RestoreMode::DownloadSnapshot);
    const bool isOfTime = mode == RestoreMode::PointInTime || mode == RestoreMode::OplogTimestamp;
    if (isOfTime)
        draft.momentMode = mode;
    if (!isOfTime || m_shown == mode)
        return;
    const std::optional<RestoreMode> from = std::exchange(m_shown, mode);
    if (!from)
        return;
    const auto leave = [this, &draft](RestoreMode left) {
        (left == RestoreMode::OplogTimestamp ? m_leftOplog : m_leftPoint) = fieldsOf(left, draft);
    };
    // Who has changed nothing there goes back to what was here and there.
    if (m_taken && m_taken->into == *from && m_taken->fields == fieldsOf(*from, draft)) {
        setFields(*from, m_taken->before, draft);
        m_taken.reset();
        leave(*from);
        return;
    }
    const Fields here = fieldsOf(mode, draft);
    const std::optional<Fields> &left = mode == RestoreMode::OplogTimestamp ? m_leftOplog : m_leftPoint;
    const bool isFromElsewhere = left ? *left != here : !here.isEmpty();
    const std::optional<Moment> moment = momentOf(*from, draft, now);
    leave(*from);
    if (isFromElsewhere || !moment)
        return;
    // Which entry of the second is the last one to keep is not known: nothing is put there.
    const Fields fields = mode == RestoreMode::OplogTimestamp ? Fields{QString::number(moment->seconds()), QString()}
                                                              : Fields{utcText(moment->time()), draft.pointZone};
    m_taken = {mode, fields, here, *moment};
    setFields(mode, fields, draft);
}

QString CarriedMoment::sentence(const RestoreDraft &draft) const
{
    if (!m_taken || draft.mode != m_taken->into || fieldsOf(m_taken->into, draft) != m_taken->fields)
        return {};
    const QString time = utcText(m_taken->moment.time());
    if (m_taken->into == RestoreMode::OplogTimestamp)
        return Text::tr("Taken over from the point in time %1. That left out the whole second; here everything up to "
                        "the entry with this increment is restored, and that entry too. Enter the increment of the "
                        "last entry to keep.")
            .arg(time);
    if (!m_taken->moment.increment)
        return Text::tr("Taken over from the oplog timestamp %1. A point in time leaves out its whole second.")
            .arg(time);
    return Text::tr("Taken over from the oplog timestamp %1, increment %2. There that entry was restored too; a point "
                    "in time leaves out its whole second.")
        .arg(time)
        .arg(*m_taken->moment.increment);
}

} // namespace tidemark
