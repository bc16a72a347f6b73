#include "ui/wizard/ranges_view.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/load_view.h"
#include "ui/widgets/reading_line.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/timeline.h"

#include <QVBoxLayout>

namespace tidemark {

RangesView::RangesView(WizardContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_timeline(new TimelineWidget)
    , m_words(wrappingLabel())
{
    m_timeline->setObjectName(QStringLiteral("timeline"));
    m_words->setObjectName(QStringLiteral("restorableRanges"));
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    m_reading = new ReadingLine;
    inner->addWidget(m_timeline);
    inner->addWidget(m_words);
    inner->addWidget(m_reading);
    inner->addStretch(1);
    m_load = new LoadView(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_load);
    connect(m_timeline, &TimelineWidget::chosen, this, &RangesView::chosen);
    const auto readAgain = [this] { m_context.loader().need(*m_context.draft().mode); };
    connect(m_load, &LoadView::retry, this, readAgain);
    connect(m_reading, &ReadingLine::tryAgain, this, readAgain);
}

QString RangesView::words() const
{
    const auto &ranges = m_timeline->ranges();
    const QString from = utcAndLocalText(ranges.front().start.time());
    const QString to = utcAndLocalText(ranges.back().end.time());
    if (m_context.facts().rangesError)
        return tr("Which times can be restored could not be read. The window of the backups is from %1 to %2; a gap in "
                  "it "
                  "would be noticed only when the restore is asked for.")
            .arg(from, to);
    if (!m_context.facts().ranges->has_value())
        return tr("This server does not tell which times can be restored. The window of its schedule is from %1 to %2; "
                  "a gap in it would be noticed only when the restore is asked for.")
            .arg(from, to);
    if (ranges.size() == 1)
        return tr("Restorable from %1 to %2, without a gap.").arg(from, to);
    constexpr size_t Shown = 3; // there may be thousands
    QStringList gaps;
    for (size_t i = ranges.size() > Shown ? ranges.size() - Shown : 1; i < ranges.size(); ++i)
        gaps << tr("%1 to %2").arg(utcAndLocalText(ranges[i - 1].end.time()), utcAndLocalText(ranges[i].start.time()));
    if (ranges.size() - 1 > Shown)
        gaps << tr("and %n earlier", nullptr, int(ranges.size() - 1 - Shown));
    return tr("Restorable from %1 to %2, except in the gaps: %3.").arg(from, to, gaps.join(QStringLiteral("; ")));
}

/// There may be thousands, and while the pointer is dragged they stay the same.
void RangesView::showSnapshots()
{
    std::vector<QDateTime> moments;
    if (const auto &snapshots = m_context.facts().snapshots) {
        for (const Snapshot &snapshot : *snapshots) {
            if (snapshot.complete)
                moments.push_back(snapshot.created.time());
        }
    }
    m_timeline->setSnapshots(std::move(moments));
}

/// Words and band alike are made once for each reading, not with each step of a pointer that is dragged.
void RangesView::showRanges()
{
    if (!m_ranges.update(m_context.facts(), m_context.loader().revision(), m_context.now()))
        return;
    m_timeline->setRanges(m_ranges.ranges());
    m_words->setText(m_ranges.ranges().empty() ? QString() : words());
}

void RangesView::showFacts(const std::optional<QDateTime> &chosen)
{
    const RestoreFacts &facts = m_context.facts();
    const FactsLoader &loader = m_context.loader();
    if (m_shownRevision != loader.revision())
        showSnapshots();
    m_shownRevision = loader.revision();
    m_timeline->setNow(m_context.now());
    showRanges();
    m_timeline->setValue(chosen);
    const QString reason = facts.rangesError ? facts.rangesError->sentence : QString();
    m_reading->say({reason}, loader.state(FactsLoader::Fact::Ranges) == FactsLoader::State::Failed);

    if (!m_timeline->ranges().empty()) {
        m_load->showContent();
    } else if (facts.ranges) {
        m_load->showEmpty(
            tr("At present no moment of this cluster can be restored: its oplog is not being backed up or "
               "has only gaps. Go back and restore a snapshot in its place."));
    } else if (loader.state(FactsLoader::Fact::Ranges) == FactsLoader::State::Failed) {
        m_load->showError(loader.error(FactsLoader::Fact::Ranges));
    } else {
        m_load->showLoading(tr("Reading which times can be restored…"));
    }
}

} // namespace tidemark
