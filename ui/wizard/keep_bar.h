#pragma once

#include "cloud/values.h"

#include <QWidget>

#include <optional>

class QPushButton;

namespace tidemark {

class MessageBar;
class WizardContext;

/// **Keep it…** beside a snapshot that may be deleted before it has been read: asks, has the server move its expiry,
/// and says what came of it. Hidden beside any other one.
class KeepBar : public QWidget
{
    Q_OBJECT

public:
    explicit KeepBar(WizardContext &context, QWidget *parent = nullptr);

    /// The chosen one; nullptr for none.
    void showSnapshot(const Snapshot *snapshot);

private:
    void ask();
    void keep(const Snapshot &snapshot, const QDateTime &until);
    void showState();

    WizardContext &m_context;
    QPushButton *m_button;
    MessageBar *m_bar;
    std::optional<Snapshot> m_snapshot;
    SnapshotId m_asked; ///< whose change is under way
};

} // namespace tidemark
