#pragma once

#include <QSortFilterProxyModel>

namespace tidemark {

class JobsModel;

/// The restores whose texts or ids contain what was typed, sorted; the jobs of a batch stay with it.
class JobsFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit JobsFilter(JobsModel &model, QObject *parent = nullptr);

    void setText(const QString &text);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    JobsModel &m_model;
    QString m_text;
};

} // namespace tidemark
