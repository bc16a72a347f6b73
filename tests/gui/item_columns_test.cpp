#include "item_list.h"
#include "ui/widgets/column_widths.h"

#include <QLineEdit>
#include <QScreen>
#include <QSignalSpy>

#include <numeric>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Counts the rows that were asked for anything: a list of any length must not be gone through to show it.
class LongModel : public QAbstractTableModel
{
public:
    int rowCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : 100000; }
    int columnCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : int(ColumnCount); }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        asked.insert(index.row());
        return QStringLiteral("row %1").arg(index.row());
    }
    mutable QSet<int> asked;
};

} // namespace

/// Columns, order and filter of all lists and trees, and what is remembered of them.
class ItemColumnsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ListSettings> m_settings;

private Q_SLOTS:
    void init() { m_settings = std::make_unique<ListSettings>(); }
    void cleanup() { QToolTip::hideText(); }

    void whatThePersonChoseIsRemembered_data() { treeAndTable(); }
    void whatThePersonChoseIsRemembered()
    {
        QFETCH(bool, isTable);
        const QStringList chosen{QStringLiteral("Name"), QStringLiteral("Note"), QStringLiteral("MongoDB"),
                                 QStringLiteral("Link hidden")};
        {
            List list(**m_settings, isTable);
            list.drag(Version, 123);
            QCOMPARE(list.header->sectionSize(Version), 123);
            list.header->moveSection(list.header->visualIndex(Note), 1);
            list.chooseInHeader(QStringLiteral("Link"));
            list.header->setSortIndicator(Version, Qt::DescendingOrder);
            QCOMPARE(list.order(), chosen);
        }
        m_settings->readAnew();
        const List list(**m_settings, isTable);
        QCOMPARE(list.order(), chosen);
        QCOMPARE(list.header->sectionSize(Version), 123);
        QCOMPARE(list.header->sortIndicatorSection(), int(Version));
        QCOMPARE(list.header->sortIndicatorOrder(), Qt::DescendingOrder);
        QCOMPARE(list.names().front(), QStringLiteral("huge_2")); // 4.4.10
        list.chooseInHeader(QStringLiteral("Reset columns"));
        QCOMPARE(list.order(), DefaultOrder);
        QVERIFY(list.header->sectionSize(Version) != 123);
    }

    void whatIsNoOrderOfTheseColumnsIsIgnored_data()
    {
        QTest::addColumn<QVariant>("kept");
        const auto texts = [](const char *name, const char *columns) {
            QTest::newRow(name) << QVariant(QString::fromLatin1(columns).split(QLatin1Char(' ')));
        };
        QTest::newRow("bytes") << QVariant(QByteArray("\0\xff\x01@Variant(\0\0\0", 15));
        QTest::newRow("a number") << QVariant(42);
        QTest::newRow("a map") << QVariant(QVariantMap{{QStringLiteral("name"), 3}});
        QTest::newRow("nothing") << QVariant(QStringList());
        texts("one column less", "name:0:shown note:0:shown version:0:shown");
        texts("one column more", "name:0:shown note:0:shown version:0:shown link:0:shown size:0:shown");
        texts("another column", "name:0:shown note:0:shown version:0:shown size:0:shown");
        texts("one twice", "name:0:shown note:0:shown note:0:shown link:0:shown");
        texts("no number", "name:wide:shown note:0:shown version:0:shown link:0:shown");
        texts("not a number", "name:nan:shown note:0:shown version:0:shown link:0:shown");
        texts("without end", "name:inf:shown note:0:shown version:0:shown link:0:shown");
        texts("below nothing", "name:-4:shown note:0:shown version:0:shown link:0:shown");
        texts("neither shown nor hidden", "name:0:perhaps note:0:shown version:0:shown link:0:shown");
        texts("too few words", "name:0 note:0:shown version:0:shown link:0:shown");
        texts("all hidden", "name:0:hidden note:0:hidden version:0:hidden link:0:hidden");
        texts("branches elsewhere", "note:0:shown name:0:shown version:0:shown link:0:shown");
    }
    void whatIsNoOrderOfTheseColumnsIsIgnored()
    {
        QFETCH(QVariant, kept);
        (*m_settings)->setValue(ColumnsKey, kept);
        (*m_settings)->setValue(QStringLiteral("lists/clusters/sort"), kept);
        const List list(**m_settings);
        QCOMPARE(list.order(), DefaultOrder);
        QCOMPARE(list.header->sortIndicatorSection(), int(Name));
        QCOMPARE(list.names(),
                 QStringList({QStringLiteral("huge_1"), QStringLiteral("huge_2"), QStringLiteral("huge_10")}));
    }

    void noWidthLeavesTheScreen_data()
    {
        QTest::addColumn<QString>("characters");
        QTest::newRow("a wider screen's") << QStringLiteral("9000");
        QTest::newRow("past every number") << QStringLiteral("1e300");
        QTest::newRow("next to nothing") << QStringLiteral("0.01");
    }
    void noWidthLeavesTheScreen()
    {
        QFETCH(QString, characters);
        (*m_settings)
            ->setValue(ColumnsKey,
                       QStringList{QStringLiteral("name:%1:shown").arg(characters), QStringLiteral("version:0:shown"),
                                   QStringLiteral("link:0:shown"), QStringLiteral("note:0:shown")});
        const List list(**m_settings);
        QVERIFY(list.header->sectionSize(Name) <= list.view->screen()->availableSize().width());
        QVERIFY(list.header->sectionSize(Name) >= list.header->minimumSectionSize());
    }

    void ownWidthsStay_data() { treeAndTable(); }
    void ownWidthsStay()
    {
        QFETCH(bool, isTable);
        List list(**m_settings, isTable);
        const int fitting = list.header->sectionSize(Version);
        list.drag(Name, 90);
        list.source->appendRow(row(
            {QStringLiteral("a name that needs much more room"), QStringLiteral("4.4.10, 4.4.11, 4.4.12"), {}, {}}));
        list.view->resize(900, 300);
        // A column that nobody touched has grown; what the person chose has not.
        QTRY_VERIFY(list.header->sectionSize(Version) > fitting);
        QCOMPARE(list.header->sectionSize(Name), 90);
        list.source->setRowCount(0);
        list.source->appendRow(row({QStringLiteral("x"), {}, {}, {}}));
        QTest::qWait(700);
        QCOMPARE(list.header->sectionSize(Name), 90);
    }

    /// The menu takes the button's release: what the program lays out afterwards is no person's choice.
    void theHeadersMenuChoosesNoWidths()
    {
        const List list(**m_settings);
        QTest::mousePress(list.header->viewport(), Qt::RightButton, {}, QPoint(30, 8));
        list.view->resize(1500, 300);
        QCOMPARE(list.header->length(), list.view->viewport()->width());
        QVERIFY(!(*m_settings)->contains(ColumnsKey));
    }

    /// A list in a tab that nobody looks at costs nothing.
    void whatIsNotSeenIsNotMeasured()
    {
        const List list(**m_settings);
        const int fitting = list.header->sectionSize(Version);
        list.view->hide();
        list.source->appendRow(row({QStringLiteral("x"), QStringLiteral("4.4.10, 4.4.11, 4.4.12"), {}, {}}));
        QTest::qWait(700);
        QCOMPARE(list.header->sectionSize(Version), fitting);
        list.view->show();
        QVERIFY(list.header->sectionSize(Version) > fitting);
    }

    void theLastColumnTakesWhatIsLeft()
    {
        const List list(**m_settings);
        list.view->resize(1500, 300);
        QCOMPARE(list.header->length(), list.view->viewport()->width());
        list.view->resize(300, 300);
        QVERIFY(list.header->length() > list.view->viewport()->width()); // and is never squeezed
        QVERIFY(list.header->sectionSize(Note) >=
                list.view->sizeHintForIndex(list.cell(QStringLiteral("huge_2"), Note)).width());
        QCOMPARE(list.view->textElideMode(), Qt::ElideRight);
    }

    void longTextsGiveWay_data()
    {
        QTest::addColumn<std::vector<int>>("widths");
        QTest::addColumn<int>("missing");
        QTest::addColumn<std::vector<int>>("given");
        using Widths = std::vector<int>;
        QTest::newRow("there is room") << Widths{300, 90} << 0 << Widths{300, 90};
        QTest::newRow("from the long one alone") << Widths{300, 90} << 50 << Widths{250, 90};
        QTest::newRow("each in proportion") << Widths{300, 200} << 60 << Widths{260, 180};
        QTest::newRow("no further than the least") << Widths{300, 200} << 900 << Widths{100, 100};
        QTest::newRow("none is long") << Widths{80, 90} << 50 << Widths{80, 90};
    }
    void longTextsGiveWay()
    {
        QFETCH(std::vector<int>, widths);
        QFETCH(int, missing);
        const int before = std::accumulate(widths.begin(), widths.end(), 0);
        std::vector<int *> columns;
        for (int &width : widths)
            columns.push_back(&width);
        const int taken = cutLongColumns(columns, 100, missing);
        QTEST(widths, "given");
        QCOMPARE(taken, before - std::accumulate(widths.begin(), widths.end(), 0));
    }

    void longTextsShareTheRoom()
    {
        const List list(**m_settings);
        list.source->item(0, Version)->setText(QString(80, QLatin1Char('v')));
        list.view->resize(900, 300);
        const QModelIndex longest = list.cell(QStringLiteral("huge_10"), Version);
        // Where there is not enough it is cut off, so that other columns are seen; where there is, it is not.
        QTRY_VERIFY(list.header->sectionSize(Version) > 200);
        QVERIFY(list.header->sectionSize(Version) < list.view->sizeHintForIndex(longest).width());
        list.view->resize(2500, 300);
        QVERIFY(list.header->sectionSize(Version) >= list.view->sizeHintForIndex(longest).width());
        QCOMPARE(list.header->length(), list.view->viewport()->width());
    }

    void theFirstColumnCannotBeHidden()
    {
        const List list(**m_settings);
        for (const QString &name : DefaultOrder)
            list.chooseInHeader(name);
        QCOMPARE(list.order().front(), QStringLiteral("Name"));
        QCOMPARE(list.header->hiddenSectionCount(), 3);
    }

    void aLongListIsNotGoneThrough()
    {
        LongModel model;
        QTreeView view;
        view.resize(700, 300);
        view.show();
        new ItemViewSetup(&view, &model, options({}), **m_settings);
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QTest::qWait(50);
        QVERIFY2(model.asked.size() < 200, qPrintable(QString::number(model.asked.size())));
        QVERIFY(model.asked.contains(50000)); // not only the beginning
    }

    void numbersSortAsNumbers_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("parts") << int(Name)
                               << QStringList{QStringLiteral("huge_1"), QStringLiteral("huge_2"),
                                              QStringLiteral("huge_10")};
        QTest::newRow("versions") << int(Version)
                                  << QStringList{QStringLiteral("huge_1"), QStringLiteral("huge_10"),
                                                 QStringLiteral("huge_2")};
    }
    void numbersSortAsNumbers()
    {
        QFETCH(int, column);
        QFETCH(QStringList, names);
        const List list(**m_settings);
        list.header->setSortIndicator(column, Qt::AscendingOrder);
        QCOMPARE(list.names(), names);
    }

    void rowsThatAreAlikeKeepTheirOrder()
    {
        const List list(**m_settings, false, options(ItemSort{Note, Qt::AscendingOrder}));
        list.source->setRowCount(0);
        QStringList names;
        for (int i = 0; i < 200; ++i) {
            names << QStringLiteral("n%1").arg((i * 37) % 200);
            list.source->appendRow(row({names.back(), {}, {}, QStringLiteral("same")}));
        }
        list.header->setSortIndicator(Version, Qt::AscendingOrder);
        list.header->setSortIndicator(Note, Qt::AscendingOrder);
        QCOMPARE(list.names(), names);
    }

    void theFilterIsRemembered_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("remembered");
        QTest::newRow("a word") << QStringLiteral("ledger") << QStringLiteral("ledger");
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("a link") << Secret << QString(); // a secret
    }
    void theFilterIsRemembered()
    {
        QFETCH(QString, typed);
        QFETCH(QString, remembered);
        {
            const List list(**m_settings);
            QLineEdit filter;
            list.setup->rememberFilter(&filter);
            filter.setText(typed);
        }
        const List list(**m_settings);
        QLineEdit filter;
        const QSignalSpy changed(&filter, &QLineEdit::textChanged);
        list.setup->rememberFilter(&filter);
        QCOMPARE(filter.text(), remembered);
        QCOMPARE(changed.count(), remembered.isEmpty() ? 0 : 1); // who listens applies it
        (*m_settings)->sync();
        QFile file((*m_settings)->fileName());
        QVERIFY(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("SECRETKEY"));
    }
};

QTEST_MAIN(ItemColumnsTest)

#include "item_columns_test.moc"
