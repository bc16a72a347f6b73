#include "support/demo_session.h"
#include "ui/jobs/forget_dialog.h"
#include "ui/jobs/unlisted_restores_view.h"

#include <QAction>
#include <QSettings>
#include <QStackedWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// Which of the restores that are on no list a press is for.
class UnlistedChoiceTest : public QObject
{
    Q_OBJECT

private:
    /// A restore of which no list has a job.
    QString order(const char *name, const char *job)
    {
        RememberedSubmission restore;
        restore.order = QString::fromLatin1(name);
        restore.jobs = {JobId(QString::fromLatin1(job))};
        restore.mode = RestoreMode::AutomatedSnapshot;
        const Cluster target = m_demo->cluster(QStringLiteral("drill"));
        restore.targetProject = target.project;
        restore.targetCluster = target.id;
        restore.targetClusterName = target.name;
        Session &session = m_demo->session();
        session.jobs().addSubmission(restore, session.catalogue().projects().front(),
                                     m_demo->cluster(QStringLiteral("ledger")), {});
        session.jobs().refreshNow();
        return session.jobs().submissionOf(restore.order)->key;
    }
    QTreeView *tree() const { return m_view->findChild<QTreeView *>(); }
    int rows() const { return tree()->model()->rowCount(); }
    QList<ForgetDialog *> questions() const { return m_tabs->window()->findChildren<ForgetDialog *>(); }

    std::unique_ptr<DemoSession> m_demo;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<QStackedWidget> m_tabs;
    UnlistedRestoresView *m_view = nullptr;

private Q_SLOTS:
    void init()
    {
        m_demo = std::make_unique<DemoSession>();
        QVERIFY2(m_demo->open(), qPrintable(m_demo->problem()));
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        m_tabs = std::make_unique<QStackedWidget>();
        m_tabs->addWidget(new QWidget); // as the pages of the main window
        m_tabs->addWidget(new QWidget);
        m_view = new UnlistedRestoresView(*m_settings, m_tabs->widget(1));
        m_tabs->setCurrentIndex(1);
        m_tabs->resize(900, 500);
        m_tabs->show();
        m_view->resize(900, 300);
        m_view->setSession(&m_demo->session());
        QVERIFY(QTest::qWaitForWindowActive(m_tabs.get()));
    }
    void cleanup()
    {
        m_view->setSession(nullptr);
        m_tabs.reset();
        m_demo.reset();
    }

    void theOnlyOneIsChosen()
    {
        QVERIFY(!m_view->isVisible());
        order("first", "5f0000000000000000000a01");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 15000);
        QCOMPARE(tree()->selectionModel()->selectedRows().size(), 1);
        QVERIFY(m_view->stopAction()->isEnabled());
        // What comes later changes no choice.
        order("second", "5f0000000000000000000a02");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, 15000);
        QCOMPARE(tree()->selectionModel()->selectedRows().value(0).row(), 0);
    }

    /// The chosen one goes under the hands: the next press is not for another one.
    void nobodyIsChosenInPlaceOfAnother()
    {
        const QString first = order("first", "5f0000000000000000000a01");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 15000);
        const QString second = order("second", "5f0000000000000000000a02");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, 15000);
        m_demo->session().jobs().stopFollowing(first);
        m_demo->session().jobs().refreshNow();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 15000);
        QVERIFY(!tree()->selectionModel()->hasSelection());
        QVERIFY(!m_view->stopAction()->isEnabled());
        m_view->stopAction()->trigger();
        QVERIFY(questions().isEmpty());
        QVERIFY(!m_demo->session().jobs().remembered(second)->stoppedFollowing);
    }

    /// The menu bar has the action too, on every tab.
    void itIsForWhatIsSeen()
    {
        order("first", "5f0000000000000000000a01");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 15000);
        m_tabs->setCurrentIndex(0);
        QVERIFY(!m_view->isVisible());
        QVERIFY(m_view->stopAction()->isEnabled());
        m_view->stopAction()->trigger();
        QVERIFY(questions().isEmpty());
        m_tabs->setCurrentIndex(1);
        QVERIFY(m_view->isVisible());
        // By keys alone: from the list to the button, and press it.
        tree()->setFocus(Qt::TabFocusReason);
        for (int i = 0; i < 5 && !qobject_cast<QToolButton *>(m_tabs->window()->focusWidget()); ++i)
            QTest::keyClick(m_tabs->window()->focusWidget(), Qt::Key_Tab);
        auto *button = qobject_cast<QToolButton *>(m_tabs->window()->focusWidget());
        QVERIFY(button);
        QCOMPARE(button->defaultAction(), m_view->stopAction());
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(questions().size(), 1);
        QTest::keyClick(questions().front(), Qt::Key_Escape);
    }
};

QTEST_MAIN(UnlistedChoiceTest)
#include "unlisted_choice_test.moc"
