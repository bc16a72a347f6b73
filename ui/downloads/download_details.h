#pragma once

#include "downloads/download.h"

#include <QScrollArea>

#include <vector>

class QLabel;

namespace tidemark {

class FormGrid;

/// Everything about one download, both hashes beside each other; all of it can be selected and copied.
class DownloadDetails : public QScrollArea
{
    Q_OBJECT

public:
    explicit DownloadDetails(QWidget *parent = nullptr);

    void show(const Download &download, const QDateTime &now);
    /// A batch: what became of all of it, and of each that did not go well.
    void show(const std::vector<Download> &batch);
    using QScrollArea::show;
    void clear();

private:
    void showRows();
    QLabel *addRow(const QString &name, const QString &objectName);

    FormGrid *m_form;
    std::vector<QLabel *> m_values; ///< filled while the labels below are made
    QLabel *m_nothing = nullptr;    ///< shown as long as no download is
    QLabel *m_state;
    QLabel *m_ownHash;
    QLabel *m_publishedHash;
    QLabel *m_findings;
    QLabel *m_reason;
    QLabel *m_advice;
    QLabel *m_file;
    QLabel *m_progress;
    QLabel *m_job;
    QLabel *m_times;
};

} // namespace tidemark
