#include "base/text.h"
#include "support/demo_cloud.h"
#include "support/window_bench.h"
#include "ui/widgets/field_hint.h"
#include "ui/wizard/restore_wizard.h"
#include "ui/wizard/step_page.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

/// How many keys it takes from the main window to a posted point-in-time restore. Each press counts, Tab and arrows
/// too; the paste and the target's name do not. No mouse, no call of a widget.
class WizardMomentKeysTest : public QObject
{
    Q_OBJECT

private:
    static constexpr int Most = 20;

    int m_count = 0;
    QStringList m_log;

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        ++m_count;
        m_log << QKeySequence(int(key) | int(modifiers)).toString();
        strike(key, modifiers);
    }
    void type(const char *letters)
    {
        for (const char *letter = letters; *letter; ++letter) {
            ++m_count;
            m_log << QString(QLatin1Char(*letter));
            QTest::keyClick(QApplication::focusWidget(), *letter);
        }
    }
    static void strike(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    static RestoreWizard *wizard()
    {
        for (QWidget *top : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<RestoreWizard *>(top); found && found->isVisible())
                return found;
        }
        return nullptr;
    }
    static QString focusName()
    {
        return QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
    }
    static QString saidOnReview()
    {
        const auto *outcome = wizard()->findChild<FieldHint *>(QStringLiteral("outcome"));
        QStringList said{outcome ? outcome->text() : QString()};
        for (const auto *box : wizard()->currentPage()->findChildren<QCheckBox *>())
            said << box->accessibleName() + QLatin1String(box->isChecked() ? " (ticked)" : " (not ticked)");
        for (const auto *hint : wizard()->currentPage()->findChildren<FieldHint *>())
            said << hint->text();
        const QWidget *active = QApplication::activeWindow();
        said << (active ? active->objectName() : QStringLiteral("no window is active"));
        return said.join(QLatin1Char('|'));
    }
    static bool isOn(PageId page)
    {
        return QTest::qWaitFor([page] { return wizard() && wizard()->currentId() == page; }, 20000);
    }
    static QByteArray posted(const DemoCloud &cloud)
    {
        QNetworkAccessManager manager;
        const QUrl url = cloud.baseUrl().resolved(QUrl(QStringLiteral("/demo/requests")));
        const std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(url)));
        return QTest::qWaitFor([&reply] { return reply->isFinished(); }, 15000) ? reply->readAll() : QByteArray();
    }
    struct Case
    {
        QStringList switches; ///< of the stand-in
        const char *source;   ///< what is typed of its name
        Qt::Key choice;       ///< in the list of targets, whose first row is where the keyboard comes to
        const char *target;
        int findings;
    };
    void restore(const Case &chosen);

private Q_SLOTS:
    void withoutAFinding() { restore({{}, "pro", Qt::Key_Down, "drill-sharded", 0}); }
    void withTwoFindings()
    {
        restore({{QStringLiteral("--silent-agents"), QStringLiteral("drill-sharded"), QStringLiteral("--clock-skew"),
                  QStringLiteral("40")},
                 "pro",
                 Qt::Key_Down,
                 "drill-sharded",
                 2});
    }
};

void WizardMomentKeysTest::restore(const Case &chosen)
{
    m_count = 0;
    m_log.clear();
    const DemoCloud cloud(QStringList{QStringLiteral("--exit-with-parent"), QStringLiteral("--control"),
                                      QStringLiteral("--more-clusters"), QStringLiteral("36")} +
                          chosen.switches);
    QVERIFY2(cloud.isRunning(), qPrintable(cloud.problem()));
    WindowBench bench(JobMonitor::Intervals{200ms, 1000ms});
    QVERIFY(bench.makeWindow());
    // The connection as it was saved, with its default project; its window is read.
    const auto connectTo = [&](const ProjectId &project) {
        Connection connection;
        connection.id = ConnectionId(project.isEmpty() ? QStringLiteral("first") : QStringLiteral("shop"));
        connection.name = QStringLiteral("Shop");
        connection.service =
            chosen.switches.contains(QStringLiteral("ops-manager")) ? Service::OpsManager : Service::CloudManager;
        connection.baseUrl = cloud.baseUrl();
        connection.userName = cloud.publicKey();
        connection.defaultProject = project;
        Credentials credentials;
        credentials.secret = Secret(cloud.privateKey());
        bench.profiles.addTransient(connection, credentials);
        bench.window->openConnection(connection.id);
        return QTest::qWaitFor(
            [&] {
                const Session *session = bench.session();
                return session && session->connection().id == connection.id &&
                       session->catalogue().projects().size() == 2 &&
                       std::ranges::all_of(session->catalogue().projects(), [session](const Project &one) {
                           return session->catalogue().clusters(one.id) != nullptr;
                       });
            },
            20000);
    };
    QVERIFY(connectTo({}));
    ProjectId shop;
    for (const Project &project : bench.session()->catalogue().projects()) {
        if (project.name == QLatin1String("Shop"))
            shop = project.id;
    }
    QVERIFY(connectTo(shop));
    QCOMPARE(bench.session()->catalogue().clusters(shop)->size(), size_t(40));
    bench.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(bench.window.get()));
    QTRY_VERIFY(QApplication::focusWidget() != nullptr);

    press(Qt::Key_N, Qt::ControlModifier);
    QVERIFY(isOn(SourcePageId));
    QVERIFY(QTest::qWaitForWindowActive(wizard()));
    QTRY_COMPARE(focusName(), QStringLiteral("sourceCluster"));
    type(chosen.source);
    press(Qt::Key_Return); // to what was found
    press(Qt::Key_Return);
    QVERIFY(isOn(ModePageId));
    type("4");
    press(Qt::Key_Return);
    QVERIFY(isOn(PointPageId));
    QTRY_COMPARE(focusName(), QStringLiteral("pointInTime"));
    const qint64 moment = bench.session()->client().serverNow().toSecsSinceEpoch() - 1800;
    QGuiApplication::clipboard()->setText(
        QStringLiteral("ISODate(\"%1\")").arg(isoText(QDateTime::fromSecsSinceEpoch(moment, Qt::UTC))));
    strike(Qt::Key_V, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(wizard()->button(QWizard::NextButton)->isEnabled(), 15000);
    press(Qt::Key_Return);
    QVERIFY(isOn(TargetPageId));
    QTRY_COMPARE(focusName(), QStringLiteral("targetProject"));
    type("dr");
    press(Qt::Key_Return);
    // The offscreen platform tells late of the list that popped up, and forgets the window over it.
    QTest::qWait(300);
    wizard()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(wizard()));
    press(Qt::Key_L, Qt::AltModifier);
    QCOMPARE(focusName(), QStringLiteral("targetCluster"));
    press(chosen.choice);
    QVERIFY2(wizard()->draft().targetCluster && wizard()->draft().targetCluster->name == QLatin1String(chosen.target),
             qPrintable(m_log.join(QLatin1Char(' '))));
    QTRY_VERIFY_WITH_TIMEOUT(wizard()->button(QWizard::NextButton)->isEnabled(), 15000);
    press(Qt::Key_Return);
    QVERIFY(isOn(ReviewPageId));
    QTRY_COMPARE(focusName(), QStringLiteral("typedTargetName"));
    const auto boxes = [] {
        QList<QCheckBox *> shown;
        for (auto *box : wizard()->currentPage()->findChildren<QCheckBox *>(QStringLiteral("findingTick"))) {
            if (box->isVisible() && !box->isChecked())
                shown << box;
        }
        return shown;
    };
    QTest::qWait(1500); // all is read that is asked about the target
    QVERIFY2(boxes().size() == chosen.findings, qPrintable(saidOnReview()));
    QTest::keyClicks(QApplication::focusWidget(), QLatin1String(chosen.target));
    // Up from the name, each ticked in passing.
    for (int i = 0; i < chosen.findings; ++i) {
        press(Qt::Key_Backtab, Qt::ShiftModifier);
        press(Qt::Key_Space);
    }
    QVERIFY2(boxes().isEmpty(), qPrintable(m_log.join(QLatin1Char(' '))));
    QTRY_VERIFY2(wizard()->button(QWizard::CommitButton)->isEnabled(),
                 qPrintable(saidOnReview() + QLatin1Char(' ') + focusName()));
    press(Qt::Key_E, Qt::AltModifier);
    QVERIFY2(isOn(SubmittedPageId), qPrintable(m_log.join(QLatin1Char(' ')) + QStringLiteral(" on ") + focusName() +
                                               QLatin1Char(' ') + saidOnReview()));
    QVERIFY(posted(cloud).contains(QByteArray::number(moment * 1000)));
    qInfo().noquote() << m_count << "keys, besides the paste and the target's name:" << m_log.join(QLatin1Char(' '));
    QVERIFY2(m_count <= Most, qPrintable(QStringLiteral("%1 keys").arg(m_count)));
}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    WizardMomentKeysTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "wizard_moment_keys_test.moc"
