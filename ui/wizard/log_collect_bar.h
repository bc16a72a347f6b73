#pragma once

#include "logs/log_wish.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace tidemark {

class MessageBar;

/// Which time the logs are collected of, and the question that is asked before: they come unredacted.
class LogCollectBar : public QWidget
{
    Q_OBJECT

public:
    explicit LogCollectBar(QWidget *parent = nullptr);

    /// Without a cluster nothing can be collected.
    void setSource(const std::optional<Cluster> &cluster, const std::optional<QDateTime> &moment, const QDateTime &now);
    void setBusy(bool isBusy);
    /// Why nothing could be collected; empty takes it away.
    void showProblem(const QString &text);

Q_SIGNALS:
    /// The person wants them.
    void wanted(const tidemark::LogRequest &request);

private:
    void showWindow();
    void ask();
    LogWindow window() const;

    QComboBox *m_span;
    QLabel *m_window;
    QPushButton *m_collect;
    MessageBar *m_bar;
    std::optional<Cluster> m_cluster;
    std::optional<QDateTime> m_moment;
    QDateTime m_now;
};

} // namespace tidemark
