#pragma once

#include "orders/order_texts.h"

#include <QWidget>

class QCheckBox;
class QSettings;
class QStandardItemModel;
class QTableView;

namespace tidemark {

class ItemViewSetup;

/// What is about to be sent and, below it, everything because of which it may be a second restore; and the tick with
/// which a person decides for one.
class ConflictView : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictView(QSettings &settings, QWidget *parent = nullptr);

    /// An empty list hides it; the tick is taken away in any case.
    void setLines(const std::vector<OrderLine> &lines);
    bool isAnswered() const; ///< nothing is shown, or the tick is set
    void clear() { setLines({}); }
    QCheckBox *tick() const { return m_tick; }

Q_SIGNALS:
    void answeredChanged();

private:
    QStandardItemModel *m_model;
    QTableView *m_table;
    ItemViewSetup *m_tableSetup;
    QCheckBox *m_tick;
    bool m_isShown = false;
};

} // namespace tidemark
