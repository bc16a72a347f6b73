#include "focus_names.h"
#include "support/file_dialogs.h"
#include "support/fixed_clock.h"
#include "support/ui_driver.h"
#include "ui/history/history_dialog.h"
#include "ui/history/report_dialog.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/filter_edit.h"

#include "restore/audit_log.h"
#include "session/order_report.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// What was ordered here, to be searched, judged and handed on.
class HistoryDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysThatThereIsNothing();
    void whatCannotBeReadIsNotEmpty();
    void newestFirstAndWhole();
    void searchesEveryWord();
    void saysWhereItWasChanged();
    void textIsNeverMarkup();
    void exportsWhatIsShown_data();
    void exportsWhatIsShown();
    void leadsToPlanAndReport();
    void fitsASmallScreen();
    void saysWhyItCouldNotBeWritten();

private:
    QString path(const char *name) const { return m_dir->filePath(QLatin1String(name)); }
    void append(const QString &event, const QString &cluster);
    void open();
    QTreeView *view() const { return m_dialog->findChild<QTreeView *>(QStringLiteral("history")); }
    int rows() const { return view()->model()->rowCount(); }
    void search(const QString &text) { m_dialog->findChild<FilterEdit *>()->setText(text); }
    QString verdict() const { return m_dialog->findChild<QLabel *>(QStringLiteral("historyVerdict"))->text(); }
    QByteArray contents(const QString &path) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<HistoryDialog> m_dialog;
};

void HistoryDialogTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(path("settings.ini"), QSettings::IniFormat);
}

void HistoryDialogTest::cleanup()
{
    m_dialog.reset();
}

void HistoryDialogTest::append(const QString &event, const QString &cluster)
{
    const FixedClock clock(QDateTime(QDate(2026, 11, 24), QTime(14, 30, 5), Qt::UTC));
    AuditLog log(path("audit.jsonl"), clock);
    QVERIFY(
        log.append(event, {{QStringLiteral("cluster"), cluster}, {QStringLiteral("project"), QStringLiteral("Shop")}}));
}

void HistoryDialogTest::open()
{
    const HistorySource source{path("audit.jsonl"), path("plans"), [](const std::vector<HistoryEntry> &lines) {
                                   return orderReport(lines, QStringLiteral("Prod"), std::nullopt);
                               }};
    m_dialog = std::make_unique<HistoryDialog>(source, *m_settings);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
}

QByteArray HistoryDialogTest::contents(const QString &path) const
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void HistoryDialogTest::saysThatThereIsNothing()
{
    open();
    QTRY_VERIFY(driver::visibleText(m_dialog.get()).contains(QStringLiteral("Nothing was ordered here yet")));
    QVERIFY(!m_dialog->findChild<QPushButton *>(QStringLiteral("exportHistory"))->isEnabled());
}

void HistoryDialogTest::whatCannotBeReadIsNotEmpty()
{
    QVERIFY(QDir().mkdir(path("audit.jsonl")));
    open();
    QTRY_VERIFY2(driver::visibleText(m_dialog.get()).contains(QStringLiteral("The history could not be read")),
                 qPrintable(driver::visibleText(m_dialog.get())));
    QVERIFY(driver::visibleText(m_dialog.get()).contains(QStringLiteral("cannot be read:")));
    QVERIFY(!driver::visibleText(m_dialog.get()).contains(QStringLiteral("Nothing was ordered")));
}

void HistoryDialogTest::newestFirstAndWhole()
{
    append(QStringLiteral("sending"), QStringLiteral("orders"));
    append(QStringLiteral("ordered"), QStringLiteral("orders"));
    open();
    QTRY_COMPARE(rows(), 2);
    QCOMPARE(view()->model()->index(0, 1).data().toString(), QStringLiteral("ordered"));
    QCOMPARE(verdict(), QStringLiteral("2 lines, and each follows from the one before it."));
    append(QStringLiteral("state"), QStringLiteral("orders"));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Read again")), QString());
    QTRY_COMPARE(rows(), 3);
}

void HistoryDialogTest::searchesEveryWord()
{
    append(QStringLiteral("sending"), QStringLiteral("orders"));
    append(QStringLiteral("sending"), QStringLiteral("ledger"));
    append(QStringLiteral("ordered"), QStringLiteral("ledger"));
    open();
    QTRY_COMPARE(rows(), 3);
    search(QStringLiteral("LEDGER send"));
    QCOMPARE(rows(), 1);
    search(QStringLiteral("nowhere"));
    QVERIFY(driver::visibleText(m_dialog.get()).contains(QStringLiteral("3 entries are hidden.")));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Clear the search")), QString());
    QTRY_COMPARE(rows(), 3);
}

void HistoryDialogTest::saysWhereItWasChanged()
{
    for (int i = 0; i < 3; ++i)
        append(QStringLiteral("state"), QStringLiteral("c%1").arg(i));
    QByteArray all = contents(path("audit.jsonl"));
    QFile file(path("audit.jsonl"));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    all.replace("\"c0\"", "\"cX\"");
    file.write(all);
    file.close();
    open();
    QTRY_VERIFY2(verdict().contains(QStringLiteral("its line 2 does not follow from the line before it")),
                 qPrintable(verdict()));
    QTRY_VERIFY(driver::countRows(m_dialog.get(), QStringLiteral("History"),
                                  QStringLiteral("2, does not follow from the line before it")) == 1);
}

void HistoryDialogTest::textIsNeverMarkup()
{
    append(QStringLiteral("sending"), QStringLiteral("<b>bold</b>"));
    open();
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(driver::selectRow(m_dialog.get(), QStringLiteral("History"), QStringLiteral("<b>bold</b>")), QString());
    QTRY_VERIFY(m_dialog->findChild<CodeView *>()->text().contains(QStringLiteral("\"cluster\": \"<b>bold</b>\"")));
}

void HistoryDialogTest::exportsWhatIsShown_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("CSV") << QStringLiteral("h.csv");
    QTest::newRow("JSON") << QStringLiteral("h.json");
}

void HistoryDialogTest::exportsWhatIsShown()
{
    QFETCH(QString, name);
    append(QStringLiteral("sending"), QStringLiteral("orders"));
    append(QStringLiteral("sending"), QStringLiteral("ledger"));
    open();
    QTRY_COMPARE(rows(), 2);
    search(QStringLiteral("ledger"));
    const QString file = m_dir->filePath(name);
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Export…")), QString());
    QVERIFY(answerFileDialog(m_dialog.get(), file));
    QTRY_VERIFY2(driver::visibleText(m_dialog.get()).contains(QStringLiteral("1 entr")),
                 qPrintable(driver::visibleText(m_dialog.get())));
    const QByteArray written = contents(file);
    QVERIFY2(written.contains("ledger") && !written.contains("orders"), written.constData());
    QCOMPARE(QJsonDocument::fromJson(written).isArray(), name.endsWith(QStringLiteral("json")));
}

/// Of a restore that a line is about; of what is about none there is neither.
void HistoryDialogTest::leadsToPlanAndReport()
{
    const FixedClock clock(QDateTime(QDate(2026, 11, 24), QTime(14, 30, 5), Qt::UTC));
    AuditLog log(path("audit.jsonl"), clock);
    const QJsonObject plan{{QStringLiteral("sha256"), QString(64, u'a')}};
    const QJsonObject noPlan{{QStringLiteral("sha256"), QStringLiteral("../settings.ini")}};
    const auto order = [](const char *key) {
        return std::pair<QString, QJsonValue>(QStringLiteral("order"), QLatin1String(key));
    };
    QVERIFY(log.append(QStringLiteral("sending"), {order("one"), {QStringLiteral("plan"), plan}}));
    QVERIFY(log.append(QStringLiteral("ordered"),
                       {order("one"), {QStringLiteral("jobs"), QJsonArray{QStringLiteral("j")}}}));
    QVERIFY(log.append(QStringLiteral("sending"), {order("two"), {QStringLiteral("plan"), noPlan}}));
    QVERIFY(log.append(QStringLiteral("other"), {}));
    open();
    QTRY_COMPARE(rows(), 4);
    const auto can = [this](const char *name) { return driver::canPress(m_dialog.get(), QLatin1String(name)); };
    const auto select = [this](int row) { view()->setCurrentIndex(view()->model()->index(row, 0)); };
    QVERIFY(!can("Open plan") && !can("Open report"));
    select(0);
    QVERIFY(!can("Open plan") && !can("Open report"));
    select(1);
    QVERIFY(!can("Open plan") && can("Open report")); // what is named is no plan's place
    select(2);
    QVERIFY(can("Open plan") && can("Open report"));
    QSignalSpy asked(m_dialog.get(), &HistoryDialog::planRequested);
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Open plan")), QString());
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(asked.value(0).value(0).toString(),
             path("plans") + QLatin1Char('/') + QString(64, u'a') + QStringLiteral(".tidemark-plan"));
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Open report")), QString());
    QTRY_VERIFY(m_dialog->findChild<ReportDialog *>());
    auto *report = m_dialog->findChild<ReportDialog *>();
    QVERIFY(report->findChild<CodeView *>()->text().contains(QStringLiteral("ordered: j")));
    QCOMPARE(unnamedStops(report), QStringList());
    QCOMPARE(driver::press(report, QStringLiteral("Save report…")), QString());
    QVERIFY(answerFileDialog(report, path("report.txt")));
    QTRY_VERIFY(contents(path("report.txt")).contains("ordered: j"));
}

void HistoryDialogTest::fitsASmallScreen()
{
    append(QStringLiteral("sending"), QStringLiteral("orders"));
    open();
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(unnamedStops(m_dialog.get()), QStringList());
    view()->setCurrentIndex(view()->model()->index(0, 0));
    m_dialog->resize(640, 480);
    QTest::qWait(50);
    QCOMPARE(m_dialog->size(), QSize(640, 480));
    if (const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES"); !folder.isEmpty())
        QVERIFY(QDir().mkpath(folder) && m_dialog->grab().save(folder + QStringLiteral("/history-small.png")));
    for (const QPushButton *button : m_dialog->findChildren<QPushButton *>()) {
        if (button->isVisible())
            QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
    }
}

void HistoryDialogTest::saysWhyItCouldNotBeWritten()
{
    append(QStringLiteral("sending"), QStringLiteral("orders"));
    open();
    QTRY_COMPARE(rows(), 1);
    QCOMPARE(driver::press(m_dialog.get(), QStringLiteral("Export…")), QString());
    QVERIFY(answerFileDialog(m_dialog.get(), path("nowhere/h.csv")));
    QTRY_VERIFY2(driver::visibleText(m_dialog.get()).contains(QStringLiteral("The history could not be written to")),
                 qPrintable(driver::visibleText(m_dialog.get())));
}

QTEST_MAIN(HistoryDialogTest)
#include "history_dialog_test.moc"
