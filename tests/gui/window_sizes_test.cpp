#include "wizard_bench.h"

#include "connection/memory_secret_store.h"
#include "session/profiles.h"
#include "ui/connections/connection_editor.h"
#include "ui/connections/connections_dialog.h"
#include "ui/downloads/next_steps_dialog.h"
#include "ui/history/history_dialog.h"
#include "ui/history/report_dialog.h"
#include "ui/jobs/forget_dialog.h"
#include "ui/jobs/job_json_dialog.h"
#include "ui/plans/plan_note_dialog.h"
#include "ui/widgets/window_size.h"
#include "ui/wizard/checklist_dialog.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// Every window of the program's own on small screens with large fonts: it takes the size of the screen, and each of
/// its buttons is whole and inside, or can be scrolled to.
class WindowSizesTest : public QObject
{
    Q_OBJECT

private:
    static bool isScrolled(const QWidget *widget)
    {
        for (const QWidget *at = widget->parentWidget(); at; at = at->parentWidget()) {
            if (qobject_cast<const QAbstractScrollArea *>(at))
                return true;
        }
        return false;
    }

    /// What is wrong with the window at this size.
    static QStringList faults(QWidget &window, const QSize &screen)
    {
        window.show();
        window.resize(screen);
        QCoreApplication::sendPostedEvents();
        QTest::qWait(20);
        QStringList found;
        const QSize size = window.size();
        if (size.width() > screen.width() || size.height() > screen.height())
            found << QStringLiteral("is %1 x %2").arg(size.width()).arg(size.height());
        for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
            if (!button->isVisible() || isScrolled(button) || button->inherits("QToolButton"))
                continue;
            const QRect place(button->mapTo(&window, QPoint(0, 0)), button->size());
            const QString text = button->text();
            if (!QRect(QPoint(0, 0), screen).contains(place))
                found << QStringLiteral("“%1” is outside").arg(text);
            if (button->width() < button->minimumSizeHint().width())
                found << QStringLiteral("“%1” is cut").arg(text);
        }
        return found;
    }

    static void expectFits(QWidget &window)
    {
        QFETCH(QSize, screen);
        const QStringList found = faults(window, screen);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral("; "))));
    }

    static void screens()
    {
        QTest::addColumn<QSize>("screen");
        QTest::addColumn<int>("points");
        for (const QSize screen : {QSize(640, 480), QSize(1024, 600), QSize(1366, 768), QSize(1920 / 2, 1080 / 2)}) {
            for (const int points : {10, 13, 20})
                QTest::addRow("%d x %d, %d pt", screen.width(), screen.height(), points) << screen << points;
        }
    }
    static void useFont()
    {
        QFETCH(int, points);
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
    }

    QTemporaryDir m_dir;
    SystemClock m_clock;
    QSettings m_settings{m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    ConnectionStore m_store{m_dir.filePath(QStringLiteral("connections.json"))};
    MemorySecretStore m_secrets;
    Profiles m_profiles{m_store, m_secrets};
    const QFont m_font = QApplication::font();

private Q_SLOTS:
    void cleanup() { QApplication::setFont(m_font); }

    void sizesAreBounded_data()
    {
        QTest::addColumn<QSize>("wanted");
        QTest::addColumn<QSize>("room");
        QTest::addColumn<QSize>("given");
        QTest::newRow("fits") << QSize(500, 400) << QSize(1000, 1000) << QSize(500, 400);
        QTest::newRow("too wide") << QSize(2000, 400) << QSize(1000, 1000) << QSize(950, 400);
        QTest::newRow("too high") << QSize(500, 4000) << QSize(1000, 1000) << QSize(500, 950);
    }
    void sizesAreBounded()
    {
        QFETCH(QSize, wanted);
        QFETCH(QSize, room);
        QTEST(boundedSize(wanted, room), "given");
    }

    void sizesAreRemembered()
    {
        {
            QWidget window;
            new WindowSize(&window, QStringLiteral("w"), {300, 200}, m_settings);
            QCOMPARE(window.size(), QSize(300, 200));
            window.show();
            window.resize(350, 250);
            window.hide();
        }
        QWidget window;
        new WindowSize(&window, QStringLiteral("w"), {300, 200}, m_settings);
        QCOMPARE(window.size(), QSize(350, 250));
        m_settings.setValue(QStringLiteral("windows/w/size"), QSize(90000, 90000)); // of another screen
        QWidget bounded;
        new WindowSize(&bounded, QStringLiteral("w"), {300, 200}, m_settings);
        QVERIFY(bounded.width() <= bounded.screen()->availableSize().width());
        QVERIFY(bounded.height() <= bounded.screen()->availableSize().height());
    }

    void connections_data() { screens(); }
    void connections()
    {
        useFont();
        ConnectionsDialog dialog(m_profiles, m_clock, m_settings);
        expectFits(dialog);
    }
    void editor_data() { screens(); }
    void editor()
    {
        useFont();
        Connection connection;
        connection.name = QString(300, QLatin1Char('n'));
        connection.service = Service::OpsManager;
        connection.proxy.mode = ProxyMode::Http;
        connection.caCertificateFile = QLatin1Char('/') + QString(300, QLatin1Char('p'));
        ConnectionEditor dialog(m_profiles, m_clock, connection, {});
        expectFits(dialog);
    }
    void json_data() { screens(); }
    void json()
    {
        useFont();
        JobJsonDialog dialog(QString(300, QLatin1Char('n')), "{}", QStringLiteral("note"), nullptr);
        expectFits(dialog);
    }
    void nextSteps_data() { screens(); }
    void nextSteps()
    {
        useFont();
        NextStepsDialog dialog(m_dir.filePath(QString(200, QLatin1Char('n')) + QStringLiteral(".tar.gz")), {}, nullptr);
        expectFits(dialog);
    }
    void forget_data() { screens(); }
    void forget()
    {
        useFont();
        PendingOrder order;
        order.mode = RestoreMode::PointInTime;
        order.targetClusterName = QStringLiteral("a-cluster-with-a-name");
        ForgetDialog dialog(order, nullptr);
        expectFits(dialog);
    }
    void checklist_data() { screens(); }
    void checklist()
    {
        useFont();
        ChecklistDialog dialog(QString(300, QLatin1Char('n')), usualChecklist());
        expectFits(dialog);
    }
    void planNote_data() { screens(); }
    void planNote()
    {
        useFont();
        PlanNoteDialog dialog;
        expectFits(dialog);
    }
    void history_data() { screens(); }
    void history()
    {
        useFont();
        AuditLog log(m_dir.filePath(QStringLiteral("audit.jsonl")), m_clock);
        QVERIFY(log.append(QStringLiteral("sending"), {{QStringLiteral("order"), QString(300, QLatin1Char('n'))}}));
        HistoryDialog dialog({log.path(), m_dir.path(), [](const auto &) { return JobReport(); }}, m_settings);
        dialog.show();
        auto *view = dialog.findChild<QTreeView *>(QStringLiteral("history"));
        QTRY_VERIFY(view->model()->rowCount() > 0);
        view->setCurrentIndex(view->model()->index(0, 0));
        expectFits(dialog);
    }
    void report_data() { screens(); }
    void report()
    {
        useFont();
        JobReport report;
        report.title = QString(300, QLatin1Char('n'));
        ReportDialog dialog(report);
        expectFits(dialog);
    }
    /// All pages up to Review, in one pass for each font and screen.
    void wizard_data() { screens(); }
    void wizard()
    {
        useFont();
        QFETCH(QSize, screen);
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        bench.wizard().setMinimumSize(boundedSize(bench.wizard().minimumSize(), screen)); // as on that screen
        QVERIFY(bench.open());
        RestoreDraft draft;
        const ProjectId project(bench.projectId(QStringLiteral("Shop")));
        draft.project = *bench.session().catalogue().project(project);
        for (const Cluster &cluster : *bench.session().catalogue().clusters(project)) {
            if (cluster.name == QStringLiteral("ledger"))
                draft.cluster = cluster;
        }
        bench.wizard().setDraft(draft);
        QCOMPARE(bench.wizard().currentId(), int(ModePageId));
        expectFits(bench.wizard());
        for (const RestoreMode mode : {RestoreMode::DownloadSnapshot, RestoreMode::PointInTime}) {
            draft.mode = mode;
            draft.pointInTime = QStringLiteral("2026-11-24 14:03:07");
            bench.wizard().setDraft(draft);
            QCOMPARE(bench.wizard().currentId(), int(PointPageId));
            expectFits(bench.wizard());
        }
        bench.wizard().back();
        bench.wizard().back();
        QCOMPARE(bench.wizard().currentId(), int(SourcePageId));
        expectFits(bench.wizard());
    }
};

QTEST_MAIN(WindowSizesTest)
#include "window_sizes_test.moc"
