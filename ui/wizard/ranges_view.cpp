#include "ui/wizard/ranges_view.h"

#include "preparation/wizard_context.h"
#include "series/gap_cause.h"
#include "series/losses.h"
#include "series/series_texts.h"
#include "session/session.h"
#include "ui/look/keep.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/load_view.h"
#include "ui/widgets/reading_line.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/timeline.h"
#include "ui/wizard/timeline_tools.h"

#include <QVBoxLayout>

namespace tidemark {

/// Those that can be looked at; the others are for what would be lost.
static constexpr std::array ShownCurves{CurveKind::Deletes, CurveKind::Commands, CurveKind::Inserts,
                                        CurveKind::DataSize};

static QLabel *line(const QString &objectName, TypeRole role)
{
    QLabel *label = wrappingLabel();
    label->setObjectName(objectName);
    keepFont(label, role);
    label->hide();
    return label;
}

static void say(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

RangesView::RangesView(WizardContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_timeline(new TimelineWidget)
    , m_tools(new TimelineTools(m_timeline))
    , m_edge(line(QStringLiteral("curveEdge"), TypeRole::Strong))
    , m_losses(line(QStringLiteral("curveLosses"), TypeRole::Body))
    , m_note(line(QStringLiteral("curveNote"), TypeRole::Caption))
    , m_words(wrappingLabel())
    , m_series(context.session().client())
    , m_detail(context.session().client())
{
    m_timeline->setObjectName(QStringLiteral("timeline"));
    m_words->setObjectName(QStringLiteral("restorableRanges"));
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(0, 0, 0, 0);
    m_reading = new ReadingLine;
    inner->addWidget(m_timeline, 1);
    for (QWidget *below : std::initializer_list<QWidget *>{m_tools, m_edge, m_losses, m_note, m_words, m_reading})
        inner->addWidget(below);
    inner->addStretch(0);
    m_load = new LoadView(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_load);
    connect(m_timeline, &TimelineWidget::chosen, this, &RangesView::chosen);
    connect(m_timeline, &TimelineWidget::incidentsChanged, this, [this](const std::vector<qint64> &marks) {
        m_context.changeDraft([&marks](RestoreDraft &draft) { draft.incidents = marks; });
    });
    connect(m_tools, &TimelineTools::curveChosen, this, &RangesView::showCurve);
    connect(&m_series, &SeriesReader::changed, this, &RangesView::showSeries);
    connect(&m_detail, &SeriesDetail::changed, this, &RangesView::showCurve);
    connect(m_timeline, &TimelineWidget::viewChanged, this, &RangesView::lookCloser);
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
    const std::vector<TimelineGap> all = gapsOf(ranges);
    if (all.empty())
        return tr("Restorable from %1 to %2, without a gap.").arg(from, to);
    constexpr size_t Shown = 3; // there may be thousands
    QStringList gaps;
    for (size_t i = all.size() > Shown ? all.size() - Shown : 0; i < all.size(); ++i)
        gaps << gapWords(all[i].from, all[i].to);
    if (all.size() > Shown)
        gaps << tr("and %n earlier", nullptr, int(all.size() - Shown));
    return tr("Restorable from %1 to %2, except in the gaps: %3.").arg(from, to, gaps.join(QStringLiteral("; ")));
}

QString RangesView::gapWords(qint64 from, qint64 to) const
{
    const auto text = [](qint64 seconds) { return utcAndLocalText(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)); };
    const auto &causes = m_timeline->content().gapCauses;
    const auto cause = causes.find(from);
    if (cause == causes.end())
        return tr("%1 to %2").arg(text(from), text(to));
    return tr("%1 to %2, %3", "times, likely cause").arg(text(from), text(to), cause->second);
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
    showSeries(); // gaps have causes
}

void RangesView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    needSeries();
}

/// Nobody looks at it: what is under way would only keep the server busy.
void RangesView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_series.cancel();
    m_detail.cancel();
}

void RangesView::needSeries()
{
    const auto &ranges = m_timeline->ranges();
    const RestoreDraft &draft = m_context.draft();
    if (!isVisible() || ranges.empty() || !draft.cluster)
        return;
    m_series.need({draft.project.id, *draft.cluster, ranges.front().start.seconds, m_context.now().toSecsSinceEpoch()});
}

/// Where the samples of the whole are coarser than those of the part in view would be.
void RangesView::lookCloser()
{
    const TimelineScale &scale = m_timeline->scale();
    const RestoreDraft &draft = m_context.draft();
    const Curve *curve = m_series.facts().curve(m_tools->curve());
    if (!isVisible() || !draft.cluster || !curve)
        return;
    const qint64 from = qint64(scale.from());
    const qint64 to = std::min(qint64(scale.to()) + 1, m_context.now().toSecsSinceEpoch());
    m_detail.look({draft.project.id, *draft.cluster, from, to, false}, scale.showsAll() ? 0 : curve->step);
}

void RangesView::showSeries()
{
    const SeriesFacts &facts = m_series.facts();
    std::vector<TimelineEvent> events;
    for (auto event = facts.events.rbegin(); event != facts.events.rend(); ++event)
        events.push_back({event->created.toSecsSinceEpoch(), eventText(*event)});
    m_timeline->setEvents(std::move(events));
    std::map<qint64, QString> causes;
    const GapCauses known(facts.events);
    for (const TimelineGap &gap : gapsOf(m_timeline->ranges())) {
        if (const ProjectEvent *cause = known.of(gap.from, gap.to))
            causes[gap.from] = causeText(*cause);
    }
    m_timeline->setGapCauses(std::move(causes));
    m_words->setText(m_timeline->ranges().empty() ? QString() : words());
    std::vector<CurveKind> kinds;
    std::copy_if(ShownCurves.begin(), ShownCurves.end(), std::back_inserter(kinds),
                 [&facts](CurveKind kind) { return facts.curve(kind) != nullptr; });
    m_tools->setCurves(kinds);
    lookCloser();
    showCurve();
}

void RangesView::showCurve()
{
    const CurveKind kind = m_tools->curve();
    const SeriesFacts *closer = m_detail.facts();
    const SeriesFacts &facts = closer && closer->curve(kind) ? *closer : m_series.facts();
    const Curve *curve = facts.curve(kind);
    if (!curve) {
        m_timeline->setCurve(std::nullopt);
        say(m_note, facts.problem);
    } else {
        const QString title = curveTitle(kind, facts.allPrimaries);
        m_timeline->setCurve(TimelineCurve{*curve, facts.edgesOf(kind),
                                           facts.missingSets.isEmpty()
                                               ? title
                                               : tr("%1, without %2", "title of a curve, replica sets")
                                                     .arg(title, facts.missingSets.join(QStringLiteral(", ")))});
        say(m_note, QStringList{curveNote(kind), facts.problem}.join(QLatin1Char(' ')).trimmed());
    }
    showEdgeAndLosses();
}

void RangesView::showEdgeAndLosses()
{
    const std::optional<Edge> edge = m_timeline->chosenEdge();
    say(m_edge,
        edge && m_timeline->content().curve ? edgeText(m_timeline->content().curve->curve.kind, *edge) : QString());
    const auto &value = m_timeline->value();
    const std::optional<Losses> losses = value ? lossesOf(m_series.facts().curves, m_series.facts().missingSets,
                                                          value->toSecsSinceEpoch(), m_context.now().toSecsSinceEpoch())
                                               : std::nullopt;
    say(m_losses, losses ? lossText(*losses) : QString());
    m_tools->showState();
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
    m_timeline->setIncidents(m_context.draft().incidents);
    const FactsLoader::State state = loader.state(FactsLoader::Fact::Ranges);
    if (std::exchange(m_shownState, state) != state && state == FactsLoader::State::Loading) {
        m_series.expire(); // with the ranges
        m_detail.forget();
    }
    needSeries();
    lookCloser();
    showEdgeAndLosses();
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
