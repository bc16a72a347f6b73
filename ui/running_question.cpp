#include "ui/running_question.h"

#include <QPushButton>

namespace tidemark {

RunningQuestion::RunningQuestion(const QString &title, std::function<QStringList()> running, const QString &anyway,
                                 QWidget *parent)
    : QMessageBox(QMessageBox::Question, title, running().join(QLatin1Char('\n')), QMessageBox::NoButton, parent)
    , m_running(std::move(running))
{
    setTextFormat(Qt::PlainText);
    setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *stay = addButton(tr("&Keep running"), QMessageBox::RejectRole);
    const QPushButton *going = addButton(anyway, QMessageBox::AcceptRole);
    setDefaultButton(stay);
    setEscapeButton(stay);
    connect(this, &QMessageBox::buttonClicked, this, [this, going](const QAbstractButton *clicked) {
        if (static_cast<const QObject *>(clicked) == static_cast<const QObject *>(going))
            Q_EMIT goesOn();
    });
}

void RunningQuestion::refresh()
{
    const QStringList running = m_running();
    if (running.isEmpty())
        reject();
    else
        setText(running.join(QLatin1Char('\n')));
}

} // namespace tidemark
