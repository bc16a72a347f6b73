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
    ~PendingOrders() override;

    /// As last read, oldest first.
    const std::vector<PendingOrder> &all() const { return m_all; }
    const PendingOrder *find(const QString &key) const;
    /// Those that this connection can follow.
    std::vector<PendingOrder> of(const Connection &connection) const;
    int othersThan(const ConnectionId &connection) const;

    /// What other programs did meanwhile. Cheap; the error is for the window. Writes what record() could not.
    Result<bool> reload();

    /// Comparing and writing are one step under the lock: `objects` sees what is on the disk at that moment, and only
    /// when it returns false `order` is written. True when it was written, false when `objects` objected.
    Result<bool> admit(const PendingOrder &order,
                       const std::function<bool(const std::vector<PendingOrder> &)> &objects);
    /// False when there is no such order any more.
    Result<bool> change(const QString &key, const std::function<void(PendingOrder &)> &change);
    Result<bool> remove(const QString &key);
    /// What has become of an order, which is true whether the disk takes it or not: known here at once, and written now
    /// or with whatever is read or written next; fileTrouble() says what is in the way. `change` may be called more
    /// than once, and says whether the order is still not settled: else it goes.
    void record(const QString &key, std::function<bool(PendingOrder &)> change);

    /// Files with orders that nobody knows of: what had to be put aside, in this run or before, by any program, until a
    /// person has taken it away; and the file itself where it has entries that this program does not understand (they
    /// stay in it).
    QStringList unread() const;
    QString path() const { return m_file.path(); }

Q_SIGNALS:
    void changed();
    /// Once for each trouble.
    void fileTrouble(const tidemark::Error &error);

private:
    struct Record
    {
        QString key;
        std::function<bool(PendingOrder &)> change;
    };

    Result<bool> update(const std::function<bool(std::vector<PendingOrder> &)> &change);
    void applyRecords(std::vector<PendingOrder> &orders) const;
    void take(const QJsonObject &root);
    void show(std::vector<PendingOrder> orders);

    KeptFile m_file;
    bool m_hasOthers = false;
    std::vector<PendingOrder> m_all;
    std::vector<Record> m_records; ///< that are not written yet
    QString m_toldTrouble;
};

} // namespace tidemark
