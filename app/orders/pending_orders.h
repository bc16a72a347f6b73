#pragma once

#include "base/kept_file.h"
#include "orders/pending_order.h"

#include <QObject>

#include <functional>
#include <vector>

namespace tidemark {

/// All orders that are not settled, in one file for all connections and all running programs: an order of one is seen
/// by the others. Each change is made on what is on the disk, under the file's lock.
class PendingOrders : public QObject
{
    Q_OBJECT

public:
    explicit PendingOrders(const QString &path, QObject *parent = nullptr);

    /// As last read, oldest first.
    const std::vector<PendingOrder> &all() const { return m_all; }
    const PendingOrder *find(const QString &key) const;
    /// Those that this connection can follow.
    std::vector<PendingOrder> of(const Connection &connection) const;

    /// What other programs did meanwhile. Cheap; the error is for the window.
    Result<bool> reload();

    /// Comparing and writing are one step under the lock: `objects` sees what is on the disk at that moment, and only
    /// when it returns false `order` is written. True when it was written, false when `objects` objected.
    Result<bool> admit(const PendingOrder &order,
                       const std::function<bool(const std::vector<PendingOrder> &)> &objects);
    /// False when there is no such order any more.
    Result<bool> change(const QString &key, const std::function<void(PendingOrder &)> &change);
    Result<bool> remove(const QString &key);

    /// Files with orders that nobody knows of: what had to be put aside, in this run or before, by any program, until a
    /// person has taken it away; and the file itself where it has entries that this program does not understand (they
    /// stay in it).
    QStringList unread() const;
    QString path() const { return m_file.path(); }

Q_SIGNALS:
    void changed();

private:
    Result<bool> update(const std::function<bool(std::vector<PendingOrder> &)> &change);
    void take(const QJsonObject &root);

    KeptFile m_file;
    bool m_hasOthers = false;
    std::vector<PendingOrder> m_all;
};

} // namespace tidemark
