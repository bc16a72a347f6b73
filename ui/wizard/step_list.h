#pragma once

#include "ui/wizard/step_page.h"

#include <QWidget>

class QLabel;

namespace tidemark {

/// The steps of the wizard beside its pages: which are done, which one is seen, which are to come.
class StepList : public QWidget
{
    Q_OBJECT

public:
    explicit StepList(QWidget *parent = nullptr);

    void setCurrent(int page);
    /// A download has no target.
    void setTargetNeeded(bool needed);

private:
    void showSteps();

    std::vector<QLabel *> m_labels;
    QStringList m_titles;
    int m_current = 0;
    bool m_targetNeeded = true;
};

} // namespace tidemark
