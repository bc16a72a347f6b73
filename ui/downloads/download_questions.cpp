#include "ui/downloads/download_questions.h"

#include "base/text.h"
#include "session/download_texts.h"
#include "ui/widgets/message_bar.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace tidemark {

DownloadQuestions::DownloadQuestions(DownloadQueue &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_question(new MessageBar)
    , m_cancelBar(new MessageBar)
{
    m_question->setObjectName(QStringLiteral("questionBar"));
    m_cancelBar->setObjectName(QStringLiteral("cancelBar"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_question);
    layout->addWidget(m_cancelBar);
    showQuestion();
}

/// One question at a time, the first in the queue. The one that stands there stays until it is answered or ends: a
/// press on its way is meant for it.
void DownloadQuestions::showQuestion()
{
    const std::vector<Download> &downloads = m_queue.downloads();
    const auto asks = [](const Download &download) { return download.question != Question::None; };
    auto asking = std::ranges::find_if(downloads, [this, &asks](const Download &download) {
        return asks(download) && download.id == m_asked && download.question == m_askedQuestion;
    });
    if (asking == downloads.end())
        asking = std::ranges::find_if(downloads, asks);
    if (asking == downloads.end()) {
        m_question->clear();
        return;
    }
    m_asked = asking->id;
    m_askedQuestion = asking->question;
    const bool usesADownload = asking->question == Question::RestartUsesADownload;
    m_question->ask(
        MessageBar::Kind::Warning, questionText(*asking),
        {{usesADownload ? tr("Start again") : tr("Go on"), [this, id = asking->id] { m_queue.answer(id, true); }},
         {tr("Leave it paused"), [this, id = asking->id] { m_queue.answer(id, false); }}},
        asking->id.value);
}

void DownloadQuestions::askAboutCancelling(const std::vector<DownloadId> &ids)
{
    qint64 bytes = 0;
    for (const DownloadId &id : ids) {
        if (const Download *download = m_queue.download(id))
            bytes += download->bytesReceived;
    }
    m_toCancel = ids;
    const auto cancel = [this](bool deletesParts) {
        for (const DownloadId &id : std::exchange(m_toCancel, {}))
            m_queue.cancel(id, deletesParts);
    };
    QStringList about;
    for (const DownloadId &id : ids)
        about << id.value;
    m_cancelBar->ask(
        MessageBar::Kind::Warning,
        tr("Cancel %n downloads? %1 are already here.", nullptr, static_cast<int>(ids.size())).arg(bytesText(bytes)),
        {{tr("Cancel, keep the part files"), [cancel] { cancel(false); }},
         {tr("Cancel, delete the part files"), [cancel] { cancel(true); }},
         {tr("Do not cancel"), {}}},
        about.join(QLatin1Char(' ')));
}

/// A question ends with what it asks about.
void DownloadQuestions::update()
{
    showQuestion();
    if (m_toCancel.empty())
        return;
    std::erase_if(m_toCancel, [this](const DownloadId &id) {
        const Download *download = m_queue.download(id);
        return !download || isEnd(download->state);
    });
    if (m_toCancel.empty())
        m_cancelBar->clear();
}

} // namespace tidemark
