#include "ui/wizard/timeline_tools.h"

#include "series/series_texts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/wrap_layout.h"

#include <QComboBox>
#include <QPushButton>

#include <algorithm>

namespace tidemark {

namespace {

QPushButton *toolButton(const QString &text, const QString &key, const QString &objectName)
{
    auto *button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    button->setToolTip(TimelineTools::tr("In the timeline: %1", "a key").arg(key));
    return button;
}

} // namespace

TimelineTools::TimelineTools(TimelineWidget *timeline, QWidget *parent)
    : QWidget(parent)
    , m_timeline(timeline)
    , m_curves(new QComboBox)
    , m_zoomOut(toolButton(tr("Zoom out"), QStringLiteral("-"), QStringLiteral("timelineZoomOut")))
    , m_showAll(toolButton(tr("Show all"), QStringLiteral("0"), QStringLiteral("timelineShowAll")))
    , m_earlier(toolButton(tr("Earlier view"), tr("Backspace"), QStringLiteral("timelineEarlierView")))
    , m_incident(toolButton(tr("Mark incident"), QStringLiteral("I"), QStringLiteral("timelineIncident")))
{
    m_curves->setObjectName(QStringLiteral("timelineCurve"));
    m_chooser = besideLabel(tr("Curve"), m_curves);
    auto *zoomIn = toolButton(tr("Zoom in"), QStringLiteral("+"), QStringLiteral("timelineZoomIn"));
    auto *layout = new WrapLayout(this);
    layout->setContentsMargins({});
    for (QWidget *one :
         {m_chooser, static_cast<QWidget *>(m_incident), static_cast<QWidget *>(zoomIn),
          static_cast<QWidget *>(m_zoomOut), static_cast<QWidget *>(m_showAll), static_cast<QWidget *>(m_earlier)})
        layout->addWidget(one);
    m_chooser->hide();
    connect(m_curves, &QComboBox::activated, this, &TimelineTools::curveChosen);
    connect(m_incident, &QPushButton::clicked, timeline, &TimelineWidget::toggleIncident);
    connect(zoomIn, &QPushButton::clicked, timeline, &TimelineWidget::zoomIn);
    connect(m_zoomOut, &QPushButton::clicked, timeline, &TimelineWidget::zoomOut);
    connect(m_showAll, &QPushButton::clicked, timeline, &TimelineWidget::showAll);
    connect(m_earlier, &QPushButton::clicked, timeline, &TimelineWidget::showEarlierView);
    connect(timeline, &TimelineWidget::viewChanged, this, &TimelineTools::showState);
    showState();
}

void TimelineTools::setCurves(const std::vector<CurveKind> &kinds)
{
    const auto isSame = [&] {
        if (m_curves->count() != int(kinds.size()))
            return false;
        for (int i = 0; i < m_curves->count(); ++i) {
            if (CurveKind(m_curves->itemData(i).toInt()) != kinds[size_t(i)])
                return false;
        }
        return true;
    };
    if (isSame())
        return;
    const CurveKind before = curve();
    m_curves->clear();
    for (const CurveKind kind : kinds)
        m_curves->addItem(curveName(kind), int(kind));
    m_curves->setCurrentIndex(std::max(0, m_curves->findData(int(before))));
    m_chooser->setVisible(!kinds.empty());
}

CurveKind TimelineTools::curve() const
{
    return CurveKind(m_curves->currentData().toInt());
}

void TimelineTools::showState()
{
    const bool showsAll = m_timeline->scale().showsAll();
    m_zoomOut->setEnabled(!showsAll);
    m_showAll->setEnabled(!showsAll);
    m_earlier->setEnabled(m_timeline->hasEarlierView());
    m_incident->setEnabled(m_timeline->value().has_value());
}

} // namespace tidemark
