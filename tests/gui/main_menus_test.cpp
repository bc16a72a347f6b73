#include "support/ui_driver.h"
#include "support/window_bench.h"
#include "ui/main_actions.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

QChar mnemonicOf(const QString &text)
{
    const qsizetype at = text.indexOf(QLatin1Char('&'));
    return at < 0 || at + 1 == text.size() ? QChar() : text.at(at + 1).toLower();
}

} // namespace

/// The menu bar: every action of the window and its tabs, the same one as on its button.
class MainMenusTest : public QObject
{
    Q_OBJECT

private:
    QList<QMenu *> menus() const
    {
        QList<QMenu *> found;
        for (const QAction *action : m_bench->window->menuBar()->actions())
            found << action->menu();
        return found;
    }
    QMenu *menu(const char *name) const { return m_bench->window->findChild<QMenu *>(QString::fromLatin1(name)); }
    QAction *item(const char *menuName, const char *name) const
    {
        for (QAction *action : menu(menuName)->actions()) {
            if (action->objectName() == QLatin1String(name))
                return action;
        }
        return nullptr;
    }
    QTabWidget *tabs() const { return m_bench->window->findChild<QTabWidget *>(QStringLiteral("tabs")); }

    std::unique_ptr<WindowBench> m_bench;

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<WindowBench>(JobMonitor::Intervals{200ms, 1000ms});
        QVERIFY(m_bench->makeWindow());
    }
    void cleanup() { m_bench.reset(); }

    void fiveMenus()
    {
        QStringList titles;
        for (const QMenu *one : menus())
            titles << one->title().remove(QLatin1Char('&'));
        QCOMPARE(titles, (QStringList{QStringLiteral("File"), QStringLiteral("View"), QStringLiteral("Restore"),
                                      QStringLiteral("Downloads"), QStringLiteral("Help")}));
    }

    /// A disabled action says why in its tool tip, in whatever menu it stands.
    void menusShowWhyNot()
    {
        m_bench->window->resize(640, 480);
        QTest::qWait(100);
        const QList<QMenu *> all = m_bench->window->findChildren<QMenu *>();
        for (const QMenu *one : all) {
            if (qobject_cast<QToolButton *>(one->parent()) || menus().contains(one))
                QVERIFY2(one->toolTipsVisible(), qPrintable(one->title() + one->parent()->objectName()));
        }
        auto *view = m_bench->window->findChild<QTreeView *>(QStringLiteral("jobs"));
        QTest::keyClick(view, Qt::Key_Menu);
        QPointer<QMenu> menu = view->findChild<QMenu *>(QStringLiteral("itemViewMenu"));
        QVERIFY(menu && menu->toolTipsVisible());
        menu->close();
    }

    /// Each letter once, in the bar and in each menu; each item has one.
    void mnemonicsAreUnique()
    {
        QSet<QChar> bar;
        QList<QMenu *> all = menus();
        all << menu("ordersMenu");
        for (const QMenu *one : all) {
            const QChar letter = mnemonicOf(one->title());
            QVERIFY2(!letter.isNull() && !bar.contains(letter), qPrintable(one->title()));
            bar << letter;
            QSet<QChar> used;
            for (const QAction *action : one->actions()) {
                if (action->isSeparator())
                    continue;
                const QChar own = mnemonicOf(action->text());
                QVERIFY2(!own.isNull() && !used.contains(own),
                         qPrintable(one->title() + QStringLiteral(": ") + action->text()));
                used << own;
            }
        }
    }

    /// Every action that a button of the window stands for is in a menu, and is the same one.
    void everyButtonIsInAMenu()
    {
        QSet<const QAction *> found;
        QList<QMenu *> all = menus();
        all << menu("ordersMenu");
        for (const QMenu *one : all) {
            for (const QAction *action : one->actions())
                found << action;
        }
        int buttons = 0;
        for (const QToolButton *button : m_bench->window->findChildren<QToolButton *>()) {
            const QAction *action = button->defaultAction();
            const bool isOfAField = qobject_cast<QLineEdit *>(button->parentWidget()) != nullptr;
            if (action == nullptr || action->menu() != nullptr || isOfAField)
                continue;
            ++buttons;
            QVERIFY2(found.contains(action), qPrintable(button->objectName()));
        }
        QVERIFY2(buttons >= 27, qPrintable(QString::number(buttons)));
        for (const char *name : {"quit", "messagesAction", "historyAction", "aboutAction"}) {
            bool isThere = false;
            for (const QAction *action : found)
                isThere = isThere || action->objectName() == QLatin1String(name);
            QVERIFY2(isThere, name);
        }
    }

    void stateIsShared()
    {
        QAction *download = item("restoreMenu", "download");
        QVERIFY(download != nullptr && !download->isEnabled());
        QCOMPARE(download->toolTip(), QStringLiteral("Select a restore first."));
        QVERIFY(!item("fileMenu", "newRestore")->isEnabled());
        QVERIFY(!driver::canPress(m_bench->window.get(), QStringLiteral("Download")));
    }

    void altOpensAMenu()
    {
        m_bench->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_bench->window.get()));
        QTest::keyClick(m_bench->window.get(), Qt::Key_V, Qt::AltModifier);
        QTRY_VERIFY(menu("viewMenu")->isVisible());
        QTest::keyClick(menu("viewMenu"), Qt::Key_D);
        QTRY_COMPARE(tabs()->currentIndex(), 1);
    }

    void aboutSaysWhatThisIs()
    {
        item("helpMenu", "aboutAction")->trigger();
        QTRY_VERIFY(driver::window(QStringLiteral("About Tidemark")));
        const QString said = driver::visibleText(driver::window(QStringLiteral("About Tidemark")));
        for (const char *expected :
             {"Tidemark " TIDEMARK_VERSION, "Apache License, version 2.0", "libcurl", "QtKeychain"})
            QVERIFY2(said.contains(QLatin1String(expected)), qPrintable(said));
        QVERIFY(said.contains(QString::fromLatin1(qVersion())));
    }

    /// At the next start the tab is the one that was seen last.
    void theTabIsRemembered()
    {
        tabs()->setCurrentIndex(2);
        QVERIFY(m_bench->makeWindow());
        QCOMPARE(tabs()->currentIndex(), 2);
    }
};

QTEST_MAIN(MainMenusTest)
#include "main_menus_test.moc"
