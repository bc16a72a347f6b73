#pragma once

#include "restore/rules.h"
#include "safety/safety_taker.h"

#include <QWidget>

class QPushButton;

namespace tidemark {

class CountBox;
class FieldHint;
class LookLabel;
class MessageBar;
class WizardContext;

/// Beside what would be erased: asks for a safety snapshot of the target, and says in one line how far it is. Where the
/// server takes none it says so. Empty for a download.
class SafetyBar : public QWidget
{
    Q_OBJECT

public:
    explicit SafetyBar(WizardContext &context, QWidget *parent = nullptr);

    /// Brings it in line with the draft, the facts and what has been seen of the snapshot; all of them tell of a change
    /// through the context.
    void refresh();
    /// What has to be ticked because of it.
    std::vector<Finding> findings() const;
    /// Of the one that is told of; empty while there is none.
    QString key() const;
    /// There is one, complete with all its parts.
    bool isWhole() const;

private:
    void ask();
    void take(const Project &project, const Cluster &target);
    void showDays();
    void endQuestion();
    bool hasTarget() const;
    std::optional<SafetyTaker::Known> known() const;

    WizardContext &m_context;
    LookLabel *m_line;
    LookLabel *m_trouble;
    QPushButton *m_button;
    MessageBar *m_bar;
    QWidget *m_retention; ///< with its label, while it is asked for
    CountBox *m_days;
    FieldHint *m_daysHint;
    QString m_typedDays; ///< as it was typed, right or wrong
};

} // namespace tidemark
