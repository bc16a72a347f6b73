#pragma once

#include "archive/unpack.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QPushButton;

namespace tidemark {

class UnpackTask;

/// Unpacks archives one after the other and shows how far it is and what came of it. Hidden while there is nothing to
/// show.
class UnpackBar : public QFrame
{
    Q_OBJECT

public:
    explicit UnpackBar(QWidget *parent = nullptr);

    void add(const QStringList &archives, const QString &folder);
    bool isRunning() const { return m_task != nullptr; }

private:
    void startNext();
    void stopOrClose();
    void showResult(const QString &archive, const Result<Unpacked> &result);

    struct Order
    {
        QString archive;
        QString folder;
    };
    std::vector<Order> m_waiting;
    UnpackTask *m_task = nullptr;
    QStringList m_results;
    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_button;
};

} // namespace tidemark
