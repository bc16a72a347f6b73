#include "ui/wizard/log_progress.h"

#include "base/text.h"
#include "logs/log_collector.h"
#include "logs/log_cover_texts.h"
#include "logs/log_search.h"
#include "logs/log_texts.h"
#include "moment/zone_names.h"
#include "ui/look/disclosure.h"
#include "ui/look/notice.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/window_size.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/wizard/zone_choice.h"

#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

QString collectorText(const LogCollector &collector)
{
    switch (collector.state()) {
    case LogCollector::State::Asking:
        return LogProgress::tr("Asking the server for the logs…");
    case LogCollector::State::Collecting:
        return collector.parts() > 0
                   ? LogProgress::tr("The agents collect the logs: %1 of %2 parts are there.")
                         .arg(QString::number(collector.partsDone()), QString::number(collector.parts()))
                   : LogProgress::tr("The agents collect the logs…");
    default:
        return {};
    }
}

QString searchedText(const LogSearch &search)
{
    const qint64 total = search.totalBytes();
    return total > 0 ? LogProgress::tr("Searched %1 of %2.").arg(bytesText(search.readBytes()), bytesText(total))
                     : LogProgress::tr("Searched %1.").arg(bytesText(search.readBytes()));
}

/// A sentence for each, so many.
QStringList missingTexts(const QStringList &parts)
{
    constexpr qsizetype most = 8;
    QStringList texts;
    for (const QString &part : parts.mid(0, most))
        texts << LogProgress::tr("Not collected: %1.").arg(part.endsWith(QLatin1Char('.')) ? part.chopped(1) : part);
    if (parts.size() > most)
        texts << LogProgress::tr("%n more parts not collected.", nullptr, static_cast<int>(parts.size() - most));
    return texts;
}

} // namespace

LogProgress::LogProgress(const LogSearch &search, const LogCollector &collector, const std::optional<QDateTime> &moment,
                         const QTimeZone &zone, QWidget *parent)
    : QWidget(parent)
    , m_search(search)
    , m_collector(collector)
    , m_moment(moment)
    , m_state(wrappingLabel())
    , m_progress(new QProgressBar)
    , m_stop(new QPushButton(tr("&Stop")))
    , m_perHost(new Disclosure(tr("Times of each &host")))
    , m_hosts(wrappingLabel())
    , m_uncovered(new NoticePanel)
    , m_zone(new ZoneChoice)
    , m_zoneRow(new QWidget)
    , m_zoneHelp(wrappingLabel())
{
    m_state->setObjectName(QStringLiteral("searchState"));
    letNoNameWiden(*m_state);
    m_progress->setObjectName(QStringLiteral("searchProgress"));
    m_progress->setAccessibleName(tr("Progress of the search"));
    m_progress->setTextVisible(false);
    m_stop->setObjectName(QStringLiteral("stopSearch"));
    m_stop->setAutoDefault(false);
    m_perHost->setObjectName(QStringLiteral("timesPerHost"));
    m_hosts->setObjectName(QStringLiteral("hostTimes"));
    letNoNameWiden(*m_hosts);
    m_uncovered->setObjectName(QStringLiteral("logsOfAnotherTime"));
    m_zone->setObjectName(QStringLiteral("logZone"));
    m_zone->setZone(zoneName(zone) == QLatin1String("UTC") ? QString() : QString::fromLatin1(zone.id()));
    auto *zoneLine = new WrapLayout(m_zoneRow);
    zoneLine->setContentsMargins({});
    zoneLine->addWidget(besideLabel(tr("&Zone of times that name none"), m_zone));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    auto *line = new QHBoxLayout;
    line->addWidget(m_progress, 1);
    line->addWidget(m_stop);
    layout->addWidget(m_state);
    layout->addLayout(line);
    layout->addWidget(m_uncovered);
    layout->addWidget(m_perHost, 0, Qt::AlignLeading);
    layout->addWidget(m_hosts);
    layout->addWidget(m_zoneRow);
    layout->addWidget(m_zoneHelp);
    m_perHost->setContent(m_hosts); // not before it has a parent
    connect(m_stop, &QPushButton::clicked, this, &LogProgress::stopped);
    connect(m_zone, &ZoneChoice::zoneChosen, this, [this](const QString &chosen) {
        m_isZoneNew = !m_canReadAgain;
        Q_EMIT zoneChosen(chosen.isEmpty() ? QTimeZone::utc() : QTimeZone(chosen.toLatin1()));
    });
}

void LogProgress::begin()
{
    m_hasZoneless = false;
    m_isZoneNew = false;
}

void LogProgress::showPhase(LogPhase phase)
{
    const bool isRunning = phase == LogPhase::Running;
    m_progress->setVisible(isRunning);
    m_stop->setVisible(isRunning);
    const qint64 total = m_search.totalBytes();
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(std::min<qint64>(m_search.readBytes() * 1000 / total, 1000)));
    showTexts(phase);
    showHosts(phase);
    showZone(phase);
    const QString uncovered = isRunning ? QString() : uncoveredText(m_search.findings().covers, m_moment);
    if (!uncovered.isEmpty())
        m_uncovered->say(NoticeKind::Soon, tr("Logs of another time"), uncovered);
    m_uncovered->setVisible(!uncovered.isEmpty());
}

void LogProgress::showTexts(LogPhase phase)
{
    QStringList texts;
    if (m_search.isRunning())
        texts << searchedText(m_search);
    else if (phase == LogPhase::Running)
        texts << collectorText(m_collector);
    else if (phase != LogPhase::Before)
        texts << (phase == LogPhase::Stopped ? QStringList{tr("Stopped.")} : QStringList())
              << searchNotes(m_search.findings(), m_moment);
    texts << missingTexts(m_collector.partFailures());
    m_state->setText(texts.join(QLatin1Char(' ')));
    m_state->setVisible(!texts.isEmpty());
}

/// Where one line has not said it all.
void LogProgress::showHosts(LogPhase phase)
{
    const auto &covers = m_search.findings().covers;
    const QStringList lines = phase == LogPhase::Running ? QStringList() : coverLines(covers, m_moment);
    const bool isMore = lines.size() > 2; // two stand in the line itself
    m_hosts->setText(lines.join(QLatin1Char('\n')));
    m_perHost->setVisible(isMore);
    m_hosts->setVisible(isMore && m_perHost->isChecked());
}

void LogProgress::showZone(LogPhase phase)
{
    m_hasZoneless = m_hasZoneless || m_search.findings().hasZoneless;
    m_zoneRow->setVisible(m_hasZoneless);
    // What comes from the server is read once at a time.
    m_zone->setEnabled(phase != LogPhase::Running || m_canReadAgain);
    m_zoneHelp->setText(m_isZoneNew ? tr("What is shown was read in the zone before. Collect the logs again to have "
                                         "their times read in this one.")
                                    : QString());
    m_zoneHelp->setVisible(m_isZoneNew);
}

} // namespace tidemark
