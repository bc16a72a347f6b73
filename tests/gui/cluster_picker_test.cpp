#include "preparation/wizard_context.h"
#include "session/session.h"
#include "support/fixed_clock.h"
#include "support/restore_cases.h"
#include "support/scripted_server.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/load_view.h"
#include "ui/wizard/cluster_picker.h"
#include "ui/wizard/project_combo.h"
#include "ui/wizard/source_page.h"

#include <QLineEdit>
#include <QMutex>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QWizard>

using namespace tidemark;
using namespace tidemark::test;

/// The Source page on an estate that changes, fails and is slow: two dozen projects of one cluster each.
class ClusterPickerTest : public QObject
{
    Q_OBJECT

private:
    static constexpr int projectCount = 24;

    ScriptedAnswer answer(const RecordedRequest &request)
    {
        const QByteArray path = request.path().mid(int(qstrlen("/api/public/v1.0")));
        const QMutexLocker locked(&m_mutex);
        m_asked << path;
        if (m_refused.contains(path))
            return ScriptedAnswer::json(R"({"error":403,"detail":"No."})", 403);
        QByteArrayList items;
        if (path == "/groups") {
            for (int i = 0; i < projectCount; ++i) {
                const QByteArray id = "p" + QByteArray::number(i);
                if (!m_gone.contains(id))
                    items << "{\"id\":\"" + id + "\",\"name\":\"Project " + QByteArray::number(i) + "\"}";
            }
        } else if (path.startsWith("/groups/") && path.endsWith("/clusters")) {
            const QByteArray project = path.split('/').at(2);
            if (!m_gone.contains("c" + project))
                items << "{\"id\":\"c" + project + "\",\"groupId\":\"" + project + "\",\"clusterName\":\"ledger-" +
                             project + "\",\"typeName\":\"REPLICA_SET\"}";
        } else if (path.startsWith("/groups/") && path.endsWith("/backupConfigs")) {
            items << "{\"clusterId\":\"c" + path.split('/').at(2) + "\",\"statusName\":\"STARTED\"}";
        }
        ScriptedAnswer list = ScriptedAnswer::json("{\"links\":[],\"results\":[" + items.join(',') + "]}");
        list.delay = m_delay;
        return list;
    }

    void start()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_server->setHandler([this](const RecordedRequest &request) { return answer(request); });
        Connection connection;
        connection.service = Service::OpsManager;
        connection.baseUrl = m_server->url();
        connection.userName = QStringLiteral("abcdefgh");
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        m_session =
            std::make_unique<Session>(connection, Credentials(), m_clock, m_dir->filePath(QStringLiteral("data")),
                                      JobMonitor::Intervals{std::chrono::hours(1), std::chrono::hours(1)});
        m_context = std::make_unique<WizardContext>(*m_session, *m_settings);
        m_window = std::make_unique<QWizard>();
        m_page = new SourcePage(*m_context);
        m_window->addPage(m_page);
        m_window->resize(900, 600);
        m_window->show();
        m_session->catalogue().read();
    }
    bool isRead() const
    {
        return QTest::qWaitFor(
            [this] {
                const CatalogueState &state = m_session->catalogue().state();
                return state.projectsRead && !state.isReading;
            },
            30000);
    }
    void change(const std::function<void()> &how)
    {
        const QMutexLocker locked(&m_mutex);
        how();
    }
    ProjectCombo *combo() const { return m_page->findChild<ProjectCombo *>(); }
    QTreeView *tree() const { return m_page->findChild<QTreeView *>(); }
    QString said() const
    {
        const auto *view = m_page->findChild<ClusterPicker *>()->loadView();
        return view->state() == LoadView::State::Content ? QString() : view->message();
    }
    void chooseAll() { combo()->setCurrentIndex(0); }
    QModelIndex row(const QString &project) const
    {
        const QAbstractItemModel &model = *tree()->model();
        for (int i = 0; i < model.rowCount(); ++i) {
            if (model.index(i, 0).data().toString() == project)
                return model.index(i, 0);
        }
        return {};
    }

    FixedClock m_clock{now()};
    QMutex m_mutex;
    QByteArrayList m_asked;
    std::chrono::milliseconds m_delay{0};
    QSet<QByteArray> m_refused;
    QSet<QByteArray> m_gone; ///< ids of projects and clusters
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<WizardContext> m_context;
    std::unique_ptr<QWizard> m_window;
    SourcePage *m_page = nullptr;

private Q_SLOTS:
    void cleanup()
    {
        m_window.reset();
        m_context.reset();
        m_session.reset();
        m_server.reset();
        m_delay = {};
        m_refused.clear();
        m_gone.clear();
        m_asked.clear();
    }

    /// One project that cannot be read is said in its row; all others are there.
    void readingFailsMidway()
    {
        m_refused = {"/groups/p7/clusters"};
        start();
        QVERIFY(isRead());
        chooseAll();
        QCOMPARE(tree()->model()->rowCount(), projectCount);
        const QString failed = row(QStringLiteral("Project 7")).data(LookRole::SecondLine).toString();
        QVERIFY2(failed.startsWith(QStringLiteral("Its clusters could not be read: ")), qPrintable(failed));
        QCOMPARE(row(QStringLiteral("Project 8")).data(LookRole::SecondLine).toString(), QStringLiteral("1 clusters"));
        change([this] { m_refused.clear(); });
        m_session->catalogue().read();
        QTRY_COMPARE_WITH_TIMEOUT(row(QStringLiteral("Project 7")).data(LookRole::SecondLine).toString(),
                                  QStringLiteral("1 clusters"), 30000);
    }

    /// The list of projects itself fails; what is known of it stays.
    void theListFailsLater()
    {
        start();
        QVERIFY(isRead());
        chooseAll();
        change([this] { m_refused = {"/groups"}; });
        m_session->catalogue().read();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->catalogue().projectsError() != nullptr, 15000);
        QCOMPARE(tree()->model()->rowCount(), projectCount);
        QCOMPARE(said(), QString());
    }

    void aProjectGoes_data()
    {
        QTest::addColumn<bool>("isAll");
        QTest::newRow("alone") << false;
        QTest::newRow("among all") << true;
    }
    void aProjectGoes()
    {
        QFETCH(bool, isAll);
        start();
        QVERIFY(isRead());
        combo()->setCurrentIndex(combo()->findText(QStringLiteral("Project 7")));
        tree()->setCurrentIndex(tree()->model()->index(0, 0));
        QVERIFY(m_context->draft().cluster);
        if (isAll)
            chooseAll();
        QVERIFY(m_context->draft().cluster);
        QVERIFY(m_page->isComplete());
        change([this] { m_gone = {"p7"}; });
        m_session->catalogue().read();
        QTRY_VERIFY_WITH_TIMEOUT(!m_context->draft().cluster, 15000);
        QVERIFY(!m_page->isComplete());
        if (!isAll)
            QVERIFY2(said().startsWith(QStringLiteral("This project is no longer there")), qPrintable(said()));
        else
            QCOMPARE(tree()->model()->rowCount(), projectCount - 1);
    }

    void aClusterGoesAmongAll()
    {
        start();
        QVERIFY(isRead());
        combo()->setCurrentIndex(combo()->findText(QStringLiteral("Project 7")));
        tree()->setCurrentIndex(tree()->model()->index(0, 0));
        chooseAll();
        QLineEdit *filter = nullptr;
        for (QLineEdit *edit : m_page->findChildren<QLineEdit *>())
            filter = edit->accessibleName() == QStringLiteral("Filter clusters") ? edit : filter;
        QTest::keyClicks(filter, QStringLiteral("ledger-p9"));
        QVERIFY(m_context->draft().cluster); // stays in view
        QCOMPARE(tree()->model()->rowCount(), 2);
        change([this] { m_gone = {"cp7"}; });
        m_session->catalogue().read();
        QTRY_VERIFY_WITH_TIMEOUT(!m_context->draft().cluster, 15000);
        QCOMPARE(filter->text(), QStringLiteral("ledger-p9"));
    }

    /// What is being typed when the list arrives stays.
    void theListArrivesWhileOneTypes()
    {
        start();
        QVERIFY(isRead());
        combo()->setFocus();
        QTest::keyClicks(combo(), QStringLiteral("ject 3"));
        change([this] { m_gone = {"p9"}; });
        m_session->catalogue().read();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->catalogue().project(ProjectId(QStringLiteral("p9"))) == nullptr, 15000);
        QCOMPARE(combo()->currentText(), QStringLiteral("ject 3"));
        QTest::keyClick(combo(), Qt::Key_Return);
        QCOMPARE(m_context->draft().project.name, QStringLiteral("Project 3"));
    }

    /// What a person looks at is asked for before what they do not see.
    void whatIsSeenIsReadFirst()
    {
        m_delay = std::chrono::milliseconds(20);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->catalogue().projects().size() == size_t(projectCount), 15000);
        combo()->setCurrentIndex(combo()->findText(QStringLiteral("Project 22")));
        QVERIFY(isRead());
        const QMutexLocker locked(&m_mutex);
        QByteArrayList order;
        for (const QByteArray &path : m_asked) {
            if (path.startsWith("/groups/") && path.endsWith("/clusters"))
                order << path.split('/').at(2);
        }
        QVERIFY2(order.indexOf("p22") >= 0 && order.indexOf("p22") < 18, order.join(' ').constData());
    }
};

QTEST_MAIN(ClusterPickerTest)
#include "cluster_picker_test.moc"
