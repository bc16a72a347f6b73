#pragma once

#include "moment/oplog_query.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;
class QSettings;

namespace tidemark {

class CodeView;

/// Folded: what was done, to which database and collection, and around when; the query for mongosh that finds it in
/// the oplog, ready to copy.
class OplogQueryView : public QWidget
{
    Q_OBJECT

public:
    explicit OplogQueryView(QSettings &settings, QWidget *parent = nullptr);

    /// In UTC seconds: the moment that is thought of (where there is none, the time up to now) and the present.
    void setMoment(std::optional<qint64> seconds, qint64 now);

private:
    void showQuery();

    QLineEdit *m_database;
    QLineEdit *m_collection;
    QComboBox *m_operation;
    QComboBox *m_around;
    CodeView *m_query;
    std::optional<qint64> m_moment;
    qint64 m_now = 0;
};

} // namespace tidemark
