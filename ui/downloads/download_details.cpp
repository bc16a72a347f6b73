#include "ui/downloads/download_details.h"

#include "session/download_texts.h"
#include "ui/downloads/download_look.h"
#include "ui/downloads/downloads_model.h"
#include "ui/downloads/hash_pair.h"
#include "ui/look/chip.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/form_grid.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/window_size.h"

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
    , m_title(new ElidedLabel(Qt::ElideMiddle))
    , m_chip(new Chip)
    , m_hashes(new HashPair)
    , m_form(new FormGrid)
    , m_state(addRow(tr("State"), QStringLiteral("detailState")))
    , m_findings(addRow(tr("Against the order"), QStringLiteral("detailFindings")))
    , m_reason(addRow(tr("Reason"), QStringLiteral("detailReason")))
    , m_advice(addRow(tr("What to do"), QStringLiteral("detailAdvice")))
    , m_file(addRow(tr("File"), QStringLiteral("detailFile")))
    , m_progress(addRow(tr("Bytes"), QStringLiteral("detailProgress")))
    , m_job(addRow(tr("Restore job"), QStringLiteral("detailJob")))
    , m_times(addRow(tr("Added, ended"), QStringLiteral("detailTimes")))
{
    setObjectName(QStringLiteral("downloadDetails"));
    m_title->setObjectName(QStringLiteral("detailTitle"));
    keepFont(m_title, TypeRole::Heading);
    m_nothing = new LookLabel(tr("Select a download to see where it is and how it was checked."), TypeRole::Body,
                              Ink::Text2, LookLabel::Wrap::Yes);
    auto *content = new QWidget;
    content->setAutoFillBackground(true);
    content->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(content);
    layout->addWidget(m_nothing);
    layout->addWidget(m_title);
    layout->addWidget(m_chip, 0, Qt::AlignLeading);
    layout->addWidget(m_hashes);
    layout->addLayout(m_form);
    layout->addStretch(1); // few rows stay together
    keepMeasures(content, [this, layout] {
        layout->setContentsMargins(u(3.5), u(3.5), u(3.5), u(3.5));
        layout->setSpacing(u(2));
        m_form->setHorizontalSpacing(u(3));
        m_form->setVerticalSpacing(u(1));
    });
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::StyledPanel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Details of the download"));
    // It changes all the time: a screen reader is told the number when it asks, and not with each change.
    m_progress->setAccessibleName(tr("Bytes"));
    m_progress->setAccessibleDescription({});
    clear();
}

QLabel *DownloadDetails::addRow(const QString &name, const QString &objectName)
{
    auto *value = new QLabel;
    value->setObjectName(objectName);
    value->setWordWrap(true);
    letNoNameWiden(*value);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleDescription(name);
    m_form->addRow(new LookLabel(name, TypeRole::Caption, Ink::Text2), value);
    m_values.push_back(value);
    return value;
}

void DownloadDetails::show(const Download &download, const QDateTime &now)
{
    m_title->setText(download.localName.isEmpty() ? download.source.fileName : download.localName);
    m_chip->setChip(downloadLook(download, DownloadsModel::StateColumn, LookRole::Chip, now).value<ChipData>());
    m_hashes->show(download.sha1, download.publishedHash);
    m_state->setText(verdict(download, now));
    m_findings->setText(download.findings.join(QLatin1Char('\n')));
    m_reason->setText(download.error ? download.error->sentence : QString());
    m_advice->setText(download.error ? download.error->hint : QString());
    m_file->setText(filePathText(download));
    showProgress(progressText(download));
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
    m_title->setText(batch.front().source.batchTitle);
    m_chip->setChip(batchLook(batch, DownloadsModel::StateColumn, LookRole::Chip).value<ChipData>());
    m_hashes->show({}, {});
    m_state->setText(summaryText(batch));
    m_findings->setText(findings.join(QLatin1Char('\n')));
    m_reason->setText(reasons.join(QLatin1Char('\n')));
    m_advice->clear();
    m_file->setText(folders.join(QLatin1Char('\n')));
    showProgress(progressText(batch));
    m_job->setText(batch.front().source.batch.value);
    m_times->setText(utcAndLocalText(added));
    showRows();
}

void DownloadDetails::showProgress(const QString &text)
{
    m_progress->setText(text);
    m_progress->setToolTip(text); // the accessible description
}

void DownloadDetails::showRows()
{
    m_nothing->hide();
    m_title->setVisible(!m_title->text().isEmpty());
    m_chip->show();
    for (QLabel *value : m_values)
        m_form->setRowVisible(value, !value->text().isEmpty());
}

QSize DownloadDetails::sizeHint() const
{
    return {u(86), u(60)};
}

void DownloadDetails::clear()
{
    m_title->hide();
    m_chip->hide();
    m_hashes->show({}, {});
    for (QLabel *value : m_values) {
        value->clear();
        m_form->setRowVisible(value, false);
    }
    m_nothing->show();
}

} // namespace tidemark
