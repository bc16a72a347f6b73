#include "orders/pending_orders.h"

#include "base/log.h"

#include <QJsonArray>

#include <algorithm>

namespace tidemark {

namespace {

constexpr int formatVersion = 1;
const QString ordersKey = QStringLiteral("orders");

struct Entries
{
    std::vector<PendingOrder> orders;
    QJsonArray others; ///< that this program does not understand
};

Entries entriesOf(const QJsonObject &root)
{
    Entries entries;
    for (const QJsonValue entry : root[ordersKey].toArray()) {
        if (auto order = pendingOrderFromJson(entry.toObject()))
            entries.orders.push_back(std::move(*order));
        else
            entries.others.append(entry);
    }
    return entries;
}

QJsonArray jsonOf(const Entries &entries)
{
    QJsonArray array = entries.others;
    for (const PendingOrder &order : entries.orders)
        array.append(toJson(order));
    return array;
}

} // namespace

PendingOrders::PendingOrders(const QString &path, QObject *parent)
    : QObject(parent)
    , m_file(path, formatVersion, [](const QJsonObject &root) { return root[ordersKey].isArray(); })
{
    if (const auto read = reload(); !read)
        qCWarning(lcRestore, "%s: %s", qUtf8Printable(path), qUtf8Printable(read.error().sentence));
}

PendingOrders::~PendingOrders()
{
    if (!m_records.empty())
        static_cast<void>(reload());
}

const PendingOrder *PendingOrders::find(const QString &key) const
{
    const auto found = std::ranges::find(m_all, key, &PendingOrder::key);
    return found == m_all.end() ? nullptr : &*found;
}

std::vector<PendingOrder> PendingOrders::of(const Connection &connection) const
{
    std::vector<PendingOrder> orders;
    std::ranges::copy_if(m_all, std::back_inserter(orders),
                         [&connection](const PendingOrder &order) { return isOf(order, connection); });
    return orders;
}

int PendingOrders::othersThan(const ConnectionId &connection) const
{
    return static_cast<int>(std::ranges::count_if(
        m_all, [&connection](const PendingOrder &order) { return order.connection != connection; }));
}

QStringList PendingOrders::unread() const
{
    QStringList files = m_file.filesAside();
    if (m_hasOthers)
        files.prepend(m_file.path());
    return files;
}

Result<bool> PendingOrders::reload()
{
    if (!m_records.empty())
        return update([](std::vector<PendingOrder> &) { return false; });
    const KeptFile::Content content = m_file.read();
    if (content.trouble)
        return failure(*content.trouble);
    take(content.root);
    return true;
}

Result<bool> PendingOrders::update(const std::function<bool(std::vector<PendingOrder> &)> &change)
{
    QJsonObject after;
    bool changes = false;
    const Result<bool> updated = m_file.update([&](QJsonObject &root) {
        Entries entries = entriesOf(root);
        const std::vector<PendingOrder> before = entries.orders;
        applyRecords(entries.orders);
        changes = change(entries.orders);
        const bool isOther = entries.orders != before;
        if (isOther)
            root.insert(ordersKey, jsonOf(entries));
        after = root;
        return isOther;
    });
    if (!updated) {
        if (!m_records.empty() && m_toldTrouble != updated.error().sentence) {
            m_toldTrouble = updated.error().sentence;
            Q_EMIT fileTrouble(updated.error());
        }
        return failure(updated.error());
    }
    m_records.clear();
    m_toldTrouble.clear();
    take(after);
    return changes;
}

void PendingOrders::applyRecords(std::vector<PendingOrder> &orders) const
{
    for (const Record &record : m_records)
        std::erase_if(orders,
                      [&record](PendingOrder &order) { return order.key == record.key && !record.change(order); });
}

void PendingOrders::record(const QString &key, std::function<bool(PendingOrder &)> change)
{
    m_records.push_back({key, std::move(change)});
    if (reload())
        return;
    std::vector<PendingOrder> orders = m_all;
    applyRecords(orders);
    show(std::move(orders));
}

Result<bool> PendingOrders::admit(const PendingOrder &order,
                                  const std::function<bool(const std::vector<PendingOrder> &)> &objects)
{
    return update([&](std::vector<PendingOrder> &orders) {
        if (objects(orders))
            return false;
        orders.push_back(order);
        return true;
    });
}

Result<bool> PendingOrders::change(const QString &key, const std::function<void(PendingOrder &)> &change)
{
    return update([&](std::vector<PendingOrder> &orders) {
        const auto found = std::ranges::find(orders, key, &PendingOrder::key);
        if (found == orders.end())
            return false;
        change(*found);
        return true;
    });
}

Result<bool> PendingOrders::remove(const QString &key)
{
    return update([&](std::vector<PendingOrder> &orders) {
        return std::erase_if(orders, [&key](const PendingOrder &order) { return order.key == key; }) > 0;
    });
}

void PendingOrders::take(const QJsonObject &root)
{
    Entries entries = entriesOf(root);
    m_hasOthers = !entries.others.isEmpty();
    show(std::move(entries.orders));
}

void PendingOrders::show(std::vector<PendingOrder> orders)
{
    if (orders == m_all)
        return;
    m_all = std::move(orders);
    Q_EMIT changed();
}

} // namespace tidemark
