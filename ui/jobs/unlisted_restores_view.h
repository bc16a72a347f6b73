#pragma once

#include "jobs/submission_memory.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QSettings;
class QStandardItemModel;
class QTreeView;

namespace tidemark {

class FieldHint;
class ForgetDialog;
class ItemViewSetup;
class Session;

/// Above the restore jobs: restores that were ordered here and stand on no list, so that no row below could tell of
/// them. Hidden while there are none.
class UnlistedRestoresView : public QWidget
{
    Q_OBJECT

public:
    explicit UnlistedRestoresView(QSettings &settings, QWidget *parent = nullptr);

    /// nullptr while no connection is open.
    void setSession(Session *session);
    QAction *stopAction() const { return m_stopFollowing; }

private:
    void update();
    void showSelection();
    void show(const RememberedSubmission &restore, int row);
    QString keyAt(int row) const;
    void askToStop();
    void stopFollowing();

    QPointer<Session> m_session;
    QStandardItemModel *m_model;
    QTreeView *m_tree;
    ItemViewSetup *m_treeSetup;
    FieldHint *m_problem;
    QAction *m_stopFollowing;
    QPointer<ForgetDialog> m_question;
    QString m_asked; ///< key of the restore that the question is about
};

} // namespace tidemark
