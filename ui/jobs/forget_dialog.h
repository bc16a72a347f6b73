#pragma once

#include "jobs/submission_memory.h"
#include "orders/pending_order.h"

#include <QDialog>

namespace tidemark {

/// Asks before something goes out of sight that may erase a cluster: then the cluster's name is typed.
class ForgetDialog : public QDialog
{
    Q_OBJECT

public:
    /// An order that is not known yet.
    explicit ForgetDialog(const PendingOrder &order, QWidget *parent = nullptr);
    /// A restore that no list shows.
    explicit ForgetDialog(const RememberedSubmission &restore, QWidget *parent = nullptr);

private:
    struct Question
    {
        QString title;
        QString text;
        QString action;
        QString name; ///< to be typed; empty: nothing is
    };
    ForgetDialog(const Question &question, QWidget *parent);
};

} // namespace tidemark
