#pragma once

#include <QDialog>

namespace tidemark {

/// Shows JSON for reading and copying. What it is given has no secrets in it (jobs/job_json.h).
class JobJsonDialog : public QDialog
{
    Q_OBJECT

public:
    /// `note`: sentences below the JSON, about this one.
    JobJsonDialog(const QString &title, const QByteArray &json, const QString &note, QWidget *parent = nullptr);
};

} // namespace tidemark
