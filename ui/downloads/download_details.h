#pragma once

#include "downloads/download.h"

#include <QScrollArea>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace tidemark {

class Chip;
class ElidedLabel;
class FormGrid;
class HashPair;

/// Everything about one download, both hashes one above the other; all of it can be selected and copied.
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
    QSize sizeHint() const override;

private:
    void showProgress(const QString &text);
    void showRows();
    QLabel *addRow(const QString &name, const QString &objectName);

    ElidedLabel *m_title;
    Chip *m_chip;
    HashPair *m_hashes;
    FormGrid *m_form;
    std::vector<QLabel *> m_values; ///< filled while the labels below are made
    QLabel *m_nothing = nullptr;    ///< shown as long as no download is
    QLabel *m_state;
    QLabel *m_findings;
    QLabel *m_reason;
    QLabel *m_advice;
    QLabel *m_file;
    QLabel *m_progress;
    QLabel *m_job;
    QLabel *m_times;
};

} // namespace tidemark
