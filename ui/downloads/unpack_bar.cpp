#include "ui/downloads/unpack_bar.h"

#include "archive/unpack_task.h"
#include "base/text.h"
#include "ui/widgets/window_size.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace tidemark {

UnpackBar::UnpackBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_progress(new QProgressBar)
    , m_button(new QPushButton)
{
    setFrameShape(QFrame::StyledPanel);
    m_text->setObjectName(QStringLiteral("unpackText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    letNoNameWiden(*m_text);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_progress->setObjectName(QStringLiteral("unpackProgress"));
    m_progress->setAccessibleName(tr("Unpacking"));
    m_progress->setRange(0, 1000);
    m_button->setObjectName(QStringLiteral("unpackButton"));
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_button);
    connect(m_button, &QPushButton::clicked, this, &UnpackBar::stopOrClose);
    hide();
}

void UnpackBar::add(const QStringList &archives, const QString &folder)
{
    for (const QString &archive : archives)
        m_waiting.push_back({archive, folder});
    if (!m_task) {
        m_results.clear();
        startNext();
    }
}

void UnpackBar::startNext()
{
    if (m_waiting.empty()) {
        m_progress->hide();
        m_button->setText(tr("Close"));
        return;
    }
    const Order order = m_waiting.front();
    m_waiting.erase(m_waiting.begin());
    m_task = new UnpackTask(order.archive, order.folder, this);
    connect(m_task, &UnpackTask::progressed, m_progress, &QProgressBar::setValue);
    connect(m_task, &UnpackTask::finished, this,
            [this, archive = order.archive](const Result<Unpacked> &result) { showResult(archive, result); });
    m_text->setText(
        (m_results + QStringList{tr("Unpacking %1 into %2")
                                     .arg(QFileInfo(order.archive).fileName(), QDir::toNativeSeparators(order.folder))})
            .join(QLatin1Char('\n')));
    m_progress->setValue(0);
    m_progress->show();
    m_button->setText(tr("Stop"));
    show();
    m_task->start();
}

void UnpackBar::showResult(const QString &archive, const Result<Unpacked> &result)
{
    const QString name = QFileInfo(archive).fileName();
    if (result) {
        m_results << tr("Unpacked %1: %2, %n entries in %3", nullptr, static_cast<int>(result->entries))
                         .arg(name, bytesText(result->bytes), QDir::toNativeSeparators(result->directory));
        if (result->leftoversRemoved > 0)
            m_results << tr("What %n interrupted unpackings had left in this folder was removed.", nullptr,
                            result->leftoversRemoved);
        for (const QString &left : result->leftoversKept)
            m_results << tr("%1 is left of an unpacking that may still be running; it was not removed.")
                             .arg(QDir::toNativeSeparators(left));
    } else {
        m_results << tr("%1 was not unpacked: %2 %3").arg(name, result.error().sentence, result.error().hint).trimmed();
    }
    m_text->setText(m_results.join(QLatin1Char('\n')));
    m_task->deleteLater();
    m_task = nullptr;
    startNext();
}

void UnpackBar::stopOrClose()
{
    if (!m_task) {
        hide();
        return;
    }
    m_waiting.clear();
    m_task->stop();
}

} // namespace tidemark
