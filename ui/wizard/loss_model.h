#pragma once

#include "logs/log_finding.h"
#include "ui/widgets/item_view_setup.h"

#include <QAbstractTableModel>

namespace tidemark {

/// What was found in logs, a row each.
class LossModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { MomentUtc, What, Who, Where, ColumnCount };
    enum Role { SortRole = Qt::UserRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setFindings(const std::vector<LogFinding> &findings);
    /// nullptr for an invalid index.
    const LogFinding *finding(const QModelIndex &index) const;
    /// Where that is which was listed before, on its own or within another one; invalid where it is not any more.
    QModelIndex indexOf(const LogFinding &before) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<LogFinding> m_findings;
};

/// How they are listed: the newest first.
ItemViewOptions lossViewOptions();

} // namespace tidemark
