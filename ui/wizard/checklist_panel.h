#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "restore/checklist.h"
#include "restore/rules.h"
#include "ui/look/panel.h"

#include <optional>

class QCheckBox;
class QGridLayout;
class QLineEdit;
class QPushButton;

namespace tidemark {

class LookLabel;
class MessageBar;
class WizardContext;

/// What is seen to before a project's cluster is erased, to be ticked; and the way to another list. Only what the house
/// has marked as required holds a restore up.
class ChecklistPanel : public Panel
{
    Q_OBJECT

public:
    explicit ChecklistPanel(WizardContext &context, QWidget *parent = nullptr);

    /// The target's; without an id nothing is erased, and nothing asked. What was ticked for another is forgotten.
    void showProject(const Project &project);
    /// Takes away what was ticked and typed, and reads the list again: another program may have changed it.
    void startAnew();
    std::vector<ChecklistTick> ticks() const;
    /// With the keyboard, what follows it is reached from here.
    QWidget *lastStop() const;
    /// Nothing that is required is missing.
    bool isDone() const;
    /// That the house's list could not be asked: what it requires is not known.
    std::vector<Finding> findings() const;

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Row
    {
        QWidget *widget = nullptr;
        QCheckBox *box = nullptr;
        QLineEdit *text = nullptr; ///< of an item that takes one
    };

    Row makeRow(const ChecklistItem &item);
    void rebuild();
    void sayTrouble();
    QString trouble() const;
    void build(const Checklist &list);
    void place();
    void changeList();
    void keep(const Checklist &list);
    void tell();

    WizardContext &m_context;
    Project m_project;
    std::optional<Error> m_unread; ///< the file of the lists, when it was last read
    Checklist m_list;
    std::vector<Row> m_rows;
    LookLabel *m_count;
    QGridLayout *m_rowsLayout;
    bool m_isWide = false;
    LookLabel *m_missing;
    QPushButton *m_change;
    MessageBar *m_message;
};

} // namespace tidemark
