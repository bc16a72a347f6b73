#pragma once

#include <QMessageBox>

#include <functional>

namespace tidemark {

/// Asks before something is done that would cut off what runs: says what that is, as it is at each moment, and goes by
/// itself when nothing is left to ask about.
class RunningQuestion : public QMessageBox
{
    Q_OBJECT

public:
    /// `running` says what runs, in sentences.
    RunningQuestion(const QString &title, std::function<QStringList()> running, const QString &anyway, QWidget *parent);

    /// What `running` says has changed.
    void refresh();

Q_SIGNALS:
    void goesOn(); ///< it is to be done anyway

private:
    std::function<QStringList()> m_running;
};

} // namespace tidemark
