#pragma once

#include "ui/wizard/loss_empty.h"

#include <QTimeZone>
#include <QWidget>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace tidemark {

class LogCollector;
class LogSearch;
class Disclosure;
class NoticePanel;
class ZoneChoice;

/// How far a search is, what it read and what it could not; whether that is the time that is looked for; and in which
/// zone times are read that name none, where there are such.
class LogProgress : public QWidget
{
    Q_OBJECT

public:
    /// Both outlive it. `moment`: the one that is looked for. `zone`: in which times are read at first.
    LogProgress(const LogSearch &search, const LogCollector &collector, const std::optional<QDateTime> &moment,
                const QTimeZone &zone, QWidget *parent = nullptr);

    void showPhase(LogPhase phase);
    /// Whether what was read can be read again in another zone, at once. Where not, choosing one says what to do.
    void setCanReadAgain(bool can) { m_canReadAgain = can; }
    /// Another search: whether there are times without a zone is not known.
    void begin();

Q_SIGNALS:
    void stopped();
    void zoneChosen(const QTimeZone &zone);

private:
    void showTexts(LogPhase phase);
    void showHosts(LogPhase phase);
    void showZone(LogPhase phase);

    const LogSearch &m_search;
    const LogCollector &m_collector;
    std::optional<QDateTime> m_moment;
    QLabel *m_state;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    Disclosure *m_perHost;
    QLabel *m_hosts; ///< which times each of them has
    NoticePanel *m_uncovered;
    ZoneChoice *m_zone;
    QWidget *m_zoneRow;
    QLabel *m_zoneHelp;
    bool m_hasZoneless = false;
    bool m_canReadAgain = false;
    bool m_isZoneNew = false; ///< chosen after what is shown was read
};

} // namespace tidemark
