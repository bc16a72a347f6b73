#include "item_list.h"

#include <QClipboard>
#include <QSignalSpy>

using namespace tidemark;
using namespace tidemark::test;

/// What can be done in all lists and trees.
class ItemViewTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ListSettings> m_settings;

private Q_SLOTS:
    void init()
    {
        m_settings = std::make_unique<ListSettings>();
        QGuiApplication::clipboard()->clear();
    }
    void cleanup() { QToolTip::hideText(); }

    void copies_data()
    {
        QTest::addColumn<QStringList>("rows");
        QTest::addColumn<QString>("copied");
        QTest::newRow("nothing") << QStringList() << QString();
        QTest::newRow("a row") << QStringList{QStringLiteral("huge_10")}
                               << QStringLiteral("huge_10\ttwo words\t4.4.9"); // hidden and moved columns as they are
        QTest::newRow("rows") << QStringList{QStringLiteral("huge_10"), QStringLiteral("huge_1")}
                              << QStringLiteral("Name\tNote\tMongoDB\nhuge_1\tshort\t4.2.0\nhuge_10\ttwo words\t4.4.9");
    }
    void copies()
    {
        QFETCH(QStringList, rows);
        QFETCH(QString, copied);
        List list(**m_settings);
        list.view->setSelectionMode(QAbstractItemView::ExtendedSelection);
        list.chooseInHeader(QStringLiteral("Link"));
        list.header->moveSection(list.header->visualIndex(Note), 1);
        list.view->clearSelection();
        for (const QString &name : rows)
            list.view->selectionModel()->select(list.cell(name),
                                                QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QTest::keyClick(list.view.get(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), copied);
    }

    void aCopiedLinkIsMasked()
    {
        List list(**m_settings);
        list.view->setCurrentIndex(list.cell(QStringLiteral("huge_2"), Link));
        QTest::keyClick(list.view.get(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("/job1/***/huge_2.tar.gz")));
        QVERIFY(!QGuiApplication::clipboard()->text().contains(QStringLiteral("SECRETKEY")));
        QTest::keyClick(list.view.get(), Qt::Key_Menu);
        QVERIFY(list.menu() != nullptr);
        list.menu()->findChild<QAction *>(QStringLiteral("copyCell"))->trigger();
        list.menu()->close();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("https://om.example.com/backup/restore/v2/pull/job1/***/huge_2.tar.gz"));
    }

    void theDefaultActionIsDoneOnce_data()
    {
        QTest::addColumn<bool>("isTable");
        QTest::addColumn<QString>("how");
        QTest::addColumn<int>("done");
        for (const bool isTable : {false, true}) {
            for (const auto &[how, done] : {std::pair{"Return", 1},
                                            {"Enter", 1},
                                            {"double click", 1},
                                            {"double click with Ctrl", 0},
                                            {"double click in the middle", 0},
                                            {"Return, not chosen", 0},
                                            {"Return, not possible", 0},
                                            {"Ctrl+Return", 0}})
                QTest::addRow("%s in a %s", how, isTable ? "table" : "tree")
                    << isTable << QString::fromLatin1(how) << done;
        }
    }
    void theDefaultActionIsDoneOnce()
    {
        QFETCH(bool, isTable);
        QFETCH(QString, how);
        QFETCH(int, done);
        List list(**m_settings, isTable);
        QAction show(QStringLiteral("Show"));
        const QSignalSpy shown(&show, &QAction::triggered);
        list.setup->setDefaultAction(&show);
        const QModelIndex index = list.cell(QStringLiteral("huge_2"));
        list.view->setCurrentIndex(index);
        if (how.endsWith(QStringLiteral("not chosen")))
            list.view->clearSelection();
        show.setEnabled(!how.endsWith(QStringLiteral("not possible")));
        if (how.startsWith(QStringLiteral("double click"))) {
            const QPoint at = list.view->visualRect(index).center();
            const auto button = how.endsWith(QStringLiteral("middle")) ? Qt::MiddleButton : Qt::LeftButton;
            const auto keys = how.endsWith(QStringLiteral("Ctrl")) ? Qt::ControlModifier : Qt::NoModifier;
            QTest::mouseClick(list.view->viewport(), button, keys, at);
            QTest::mouseDClick(list.view->viewport(), button, keys, at);
        } else if (how == QLatin1String("Enter")) {
            QTest::keyClick(list.view.get(), Qt::Key_Enter, Qt::KeypadModifier);
        } else {
            QTest::keyClick(list.view.get(), Qt::Key_Return,
                            how.startsWith(QStringLiteral("Ctrl")) ? Qt::ControlModifier : Qt::NoModifier);
        }
        QCOMPARE(shown.count(), done);
        if (auto *tree = qobject_cast<QTreeView *>(list.view.get()))
            QVERIFY(!tree->isExpanded(index)); // nothing else happens beside it
    }

    void theMenuHasAllActions_data()
    {
        QTest::addColumn<QString>("how");
        for (const char *how : {"Menu", "Shift+F10", "mouse", "the desktop's key"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }
    void theMenuHasAllActions()
    {
        QFETCH(QString, how);
        List list(**m_settings);
        QAction show(QStringLiteral("Show"));
        QAction remove(QStringLiteral("Remove"));
        list.setup->setDefaultAction(&show);
        list.setup->setMenu([&](QMenu &menu) { menu.addActions({&show, &remove}); });
        const QModelIndex index = list.cell(QStringLiteral("huge_10"));
        list.view->setCurrentIndex(index);
        list.view->clearSelection(); // the view got the keyboard only
        const QRect cell = list.view->visualRect(index);
        const QPoint global = list.view->viewport()->mapToGlobal(cell.center());
        if (how == QLatin1String("Menu")) {
            QTest::keyClick(list.view.get(), Qt::Key_Menu);
        } else if (how == QLatin1String("Shift+F10")) {
            QTest::keyClick(list.view.get(), Qt::Key_F10, Qt::ShiftModifier);
        } else if (how == QLatin1String("mouse")) {
            QTest::mousePress(list.view->viewport(), Qt::RightButton, {}, cell.center());
            QContextMenuEvent event(QContextMenuEvent::Mouse, cell.center(), global);
            QApplication::sendEvent(list.view->viewport(), &event);
        } else {
            QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
            QApplication::sendEvent(list.view.get(), &event);
        }
        QMenu *menu = list.menu();
        QVERIFY(menu != nullptr && menu->isVisible());
        QStringList texts;
        for (const QAction *action : menu->actions()) {
            if (!action->isSeparator())
                texts << action->text();
        }
        QCOMPARE(texts, QStringList({QStringLiteral("Show"), QStringLiteral("Remove"), QStringLiteral("Copy cell"),
                                     QStringLiteral("Copy row"), QStringLiteral("Columns")}));
        QCOMPARE(menu->defaultAction(), &show);
        QCOMPARE(list.view->selectionModel()->selectedRows().value(0), index);
        QVERIFY2((menu->pos() - global).manhattanLength() <= 4, "at the current row");
        menu->close();
    }

    void toolTipsSayWhatIsCutOff_data() { treeAndTable(); }
    void toolTipsSayWhatIsCutOff()
    {
        QFETCH(bool, isTable);
        List list(**m_settings, isTable);
        const QModelIndex cell = list.cell(QStringLiteral("huge_2"), Note);
        QCOMPARE(list.hover(cell), QString());
        list.drag(Name, list.header->minimumSectionSize());
        QCOMPARE(list.hover(list.cell(QStringLiteral("huge_10"))), QStringLiteral("<p>huge_10</p>"));
        list.header->resizeSection(Note, 30);
        QCOMPARE(list.hover(cell), QStringLiteral("<p>&lt;b&gt;bold&lt;/b&gt;</p>")); // shown, not interpreted
        list.source->item(1, Note)->setToolTip(QStringLiteral("since Monday"));
        QCOMPARE(list.hover(cell), QStringLiteral("<p>&lt;b&gt;bold&lt;/b&gt;<br>since Monday</p>"));
        list.header->resizeSection(Note, 300);
        QCOMPARE(list.hover(cell), QStringLiteral("<p>since Monday</p>")); // says more than the cell
        list.source->item(1, Note)->setToolTip(QStringLiteral("<b>bold</b>"));
        QCOMPARE(list.hover(cell), QString()); // says the same
    }

    void openRowsStayOpen()
    {
        List list(**m_settings);
        auto *tree = qobject_cast<QTreeView *>(list.view.get());
        list.setup->keepOpen(Qt::DisplayRole);
        list.source->item(0)->appendRow(row({QStringLiteral("shard_0"), {}, {}, {}}));
        tree->expand(list.cell(QStringLiteral("huge_2")));
        list.source->readAnew();
        QVERIFY(tree->isExpanded(list.cell(QStringLiteral("huge_2"))));
        QVERIFY(!tree->isExpanded(list.cell(QStringLiteral("huge_10"))));
    }

    void aHiddenRowIsNotChosen_data()
    {
        QTest::addColumn<bool>("isTable");
        QTest::addColumn<bool>("isChild");
        QTest::newRow("tree") << false << false;
        QTest::newRow("child in a tree") << false << true;
        QTest::newRow("table") << true << false;
    }
    void aHiddenRowIsNotChosen()
    {
        QFETCH(bool, isTable);
        QFETCH(bool, isChild);
        List list(**m_settings, isTable);
        QModelIndex index = list.cell(QStringLiteral("huge_2"));
        if (isChild)
            index = list.sorted.index(0, 0, index);
        list.view->setCurrentIndex(index);
        QVERIFY(list.view->selectionModel()->hasSelection());
        const QSignalSpy changed(list.view->selectionModel(), &QItemSelectionModel::selectionChanged);
        list.sorted.setFilterFixedString(QStringLiteral("huge_1"));
        QCOMPARE(list.names(), QStringList({QStringLiteral("huge_1"), QStringLiteral("huge_10")}));
        QVERIFY(!list.view->selectionModel()->hasSelection());
        QVERIFY(!list.view->currentIndex().isValid());
        QVERIFY(changed.count() > 0); // whoever enables buttons has heard of it
        list.view->setCurrentIndex(list.cell(QStringLiteral("huge_10")));
        list.sorted.setFilterFixedString(QString());
        QCOMPARE(list.view->currentIndex(), list.cell(QStringLiteral("huge_10"))); // others keep theirs
    }
};

QTEST_MAIN(ItemViewTest)

#include "item_view_test.moc"
