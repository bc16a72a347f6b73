#pragma once

#include "preparation/shown_ranges.h"
#include "ui/look/panel.h"

#include <QTimer>

namespace tidemark {

class LookIcon;
class LookLabel;
class RangesStrip;
class WizardContext;

/// Below the clusters: what the chosen one can be restored to, as far as that is known. Asks for it once the choice
/// rests: an arrow key that is held down passes many clusters.
class RestorablePanel : public Panel
{
    Q_OBJECT

public:
    explicit RestorablePanel(WizardContext &context, QWidget *parent = nullptr);

    void showFacts();

private:
    void ask();

    WizardContext &m_context;
    ShownRanges m_ranges;
    ClusterId m_shown;
    QTimer m_rest;
    LookIcon *m_icon;
    LookLabel *m_title;
    LookLabel *m_oplog;
    LookLabel *m_snapshot;
    LookLabel *m_problem;
    RangesStrip *m_strip;
};

} // namespace tidemark
