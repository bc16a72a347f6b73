#include "ui/downloads/download_details.h"

#include "session/download_texts.h"
#include "ui/widgets/form_grid.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/time_text.h"

#include <QDir>
#include <QLabel>
#include <QVBoxLayout>

namespace tidemark {

namespace {

/// What the comparison of the two hashes says about this state, in a sentence.
QString verdict(const Download &download, const QDateTime &now)
{
    const QString state = stateText(download, now);
    switch (download.state) {
    case DownloadState::Verified:
        return DownloadDetails::tr("%1: the SHA-1 of the bytes is the one that was published for this file.")
            .arg(state);
    case DownloadState::IntactNotVerified:
        return DownloadDetails::tr("%1: the archive is whole, gzip and tar end properly, but no hash was published to "
                                   "compare it with.")
            .arg(state);
    case DownloadState::Corrupt:
        return DownloadDetails::tr("%1: these bytes are not what the server published. Do not restore from this file.")
            .arg(state);
    default: {
        const QString waiting = waitingText(download, now);
        const QString text = waiting.isEmpty() ? state : DownloadDetails::tr("%1. %2.").arg(state, waiting);
        return download.fetchAgain
                   ? text + QLatin1Char(' ') +
                         DownloadDetails::tr("The file shown here was found corrupt; other bytes are to "
                                             "come.")
                   : text;
    }
    }
}

QString filePathText(const Download &download)
{
    return QDir::toNativeSeparators(download.filePath.isEmpty() ? QDir(download.folder).filePath(download.localName)
                                                                : download.filePath);
}

} // namespace

DownloadDetails::DownloadDetails(QWidget *parent)
    : QScrollArea(parent)
    , m_form(new FormGrid)
    , m_state(addRow(tr("State"), QStringLiteral("detailState")))
    , m_ownHash(addRow(tr("SHA-1 of the bytes"), QStringLiteral("detailOwnHash")))
    , m_publishedHash(addRow(tr("Published SHA-1"), QStringLiteral("detailPublishedHash")))
    , m_findings(addRow(tr("Against the order"), QStringLiteral("detailFindings")))
    , m_reason(addRow(tr("Reason"), QStringLiteral("detailReason")))
    , m_advice(addRow(tr("What to do"), QStringLiteral("detailAdvice")))
    , m_file(addRow(tr("File"), QStringLiteral("detailFile")))
    , m_progress(addRow(tr("Bytes"), QStringLiteral("detailProgress")))
    , m_job(addRow(tr("Restore job"), QStringLiteral("detailJob")))
    , m_times(addRow(tr("Added, ended"), QStringLiteral("detailTimes")))
{
    m_ownHash->setFont(fixedFont());
    m_publishedHash->setFont(fixedFont());
    m_nothing = new QLabel(tr("Select a download to see where it is and how it was checked."));
    m_nothing->setWordWrap(true);
    m_form->addRow(nullptr, m_nothing);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->addLayout(m_form);
    layout->addStretch(1); // few rows stay together
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Details of the download"));
    clear();
}

QLabel *DownloadDetails::addRow(const QString &name, const QString &objectName)
{
    auto *value = new QLabel;
    value->setObjectName(objectName);
    value->setWordWrap(true);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleDescription(name);
    m_form->addRow(new QLabel(name), value);
    m_values.push_back(value);
    return value;
}

void DownloadDetails::show(const Download &download, const QDateTime &now)
{
    m_state->setText(verdict(download, now));
    m_findings->setText(download.findings.join(QLatin1Char('\n')));
    m_reason->setText(download.error ? download.error->sentence : QString());
    m_advice->setText(download.error ? download.error->hint : QString());
    m_ownHash->setText(download.sha1);
    m_publishedHash->setText(download.publishedHash);
    m_file->setText(filePathText(download));
    m_progress->setText(progressText(download));
    m_job->setText(download.source.job.value);
    const QString added = utcAndLocalText(download.added);
    m_times->setText(download.ended.isValid() ? tr("%1, %2").arg(added, utcAndLocalText(download.ended)) : added);
    showRows();
}

void DownloadDetails::show(const std::vector<Download> &batch)
{
    QStringList findings;
    QStringList reasons;
    QStringList folders;
    QDateTime added;
    for (const Download &download : batch) {
        for (const QString &finding : download.findings)
            findings << tr("%1: %2").arg(download.localName, finding);
        if (download.error)
            reasons << tr("%1: %2").arg(download.localName, download.error->sentence);
        if (const QString folder = QDir::toNativeSeparators(download.folder); !folders.contains(folder))
            folders << folder;
        if (!added.isValid() || download.added < added)
            added = download.added;
    }
    m_state->setText(summaryText(batch));
    m_findings->setText(findings.join(QLatin1Char('\n')));
    m_reason->setText(reasons.join(QLatin1Char('\n')));
    for (QLabel *ofOne : {m_advice, m_ownHash, m_publishedHash})
        ofOne->clear();
    m_file->setText(folders.join(QLatin1Char('\n')));
    m_progress->setText(progressText(batch));
    m_job->setText(batch.front().source.batch.value);
    m_times->setText(utcAndLocalText(added));
    showRows();
}

void DownloadDetails::showRows()
{
    m_nothing->hide();
    for (QLabel *value : m_values)
        m_form->setRowVisible(value, !value->text().isEmpty());
}

void DownloadDetails::clear()
{
    for (QLabel *value : m_values) {
        value->clear();
        m_form->setRowVisible(value, false);
    }
    m_nothing->show();
}

} // namespace tidemark
