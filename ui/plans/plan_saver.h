#pragma once

#include <QWidget>

#include <optional>

class QPushButton;

namespace tidemark {

class MessageBar;
class SavedFileBar;
class WizardContext;
struct PlanFile;
struct RestorePlan;

/// **Save plan…**: asks for a note, writes the restore that is being prepared into a file, for later or for somebody
/// else, and says what came of it. Orders nothing, and loses nothing where it fails.
class PlanSaver : public QWidget
{
    Q_OBJECT

public:
    explicit PlanSaver(WizardContext &context, QWidget *parent = nullptr);

    /// Stands where its owner puts it.
    QPushButton *button() const { return m_button; }

private:
    void askForNote();
    void choose(const QString &note);
    std::optional<RestorePlan> plan(const QString &note);
    void save(const PlanFile &file, const QString &path);

    WizardContext &m_context;
    QPushButton *m_button;
    MessageBar *m_message;
    SavedFileBar *m_saved;
};

} // namespace tidemark
