#pragma once

#include "orders/pending_order.h"

#include <QDialog>

namespace tidemark {

/// Asks before an order that is not known yet is forgotten: for one that may erase a cluster its name is typed.
class ForgetDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ForgetDialog(const PendingOrder &order, QWidget *parent = nullptr);
};

} // namespace tidemark
