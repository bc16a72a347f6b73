#pragma once

#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/natural_sort_model.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMenu>
#include <QSettings>
#include <QStandardItemModel>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <QTreeView>

#include <memory>

namespace tidemark::test {

enum Column { Name, Version, Link, Note, ColumnCount };

inline const QString Secret =
    QStringLiteral("https://om.example.com/backup/restore/v2/pull/job1/SECRETKEY=/huge_2.tar.gz");
inline const QString ColumnsKey = QStringLiteral("lists/clusters/columns");

inline ItemViewOptions options(std::optional<ItemSort> sort = ItemSort{Name, Qt::AscendingOrder})
{
    return {.name = QStringLiteral("clusters"),
            .columns = {{Name, QStringLiteral("name")},
                        {Version, QStringLiteral("version")},
                        {Link, QStringLiteral("link")},
                        {Note, QStringLiteral("note")}},
            .sort = sort};
}

inline QList<QStandardItem *> row(const QStringList &texts)
{
    QList<QStandardItem *> items;
    for (const QString &text : texts)
        items << new QStandardItem(text);
    return items;
}

class Clusters : public QStandardItemModel
{
public:
    using QStandardItemModel::QStandardItemModel;
    /// What a model does that takes a whole list over from a server.
    void readAnew()
    {
        beginResetModel();
        endResetModel();
    }
};

inline Clusters *clusters(QObject *parent)
{
    auto *model = new Clusters(0, ColumnCount, parent);
    model->setHorizontalHeaderLabels(
        {QStringLiteral("Name"), QStringLiteral("MongoDB"), QStringLiteral("Link"), QStringLiteral("Note")});
    model->appendRow(
        row({QStringLiteral("huge_10"), QStringLiteral("4.4.9"), QStringLiteral("one"), QStringLiteral("two\twords")}));
    model->appendRow(row({QStringLiteral("huge_2"), QStringLiteral("4.4.10"), Secret, QStringLiteral("<b>bold</b>")}));
    model->appendRow(
        row({QStringLiteral("huge_1"), QStringLiteral("4.2.0"), QStringLiteral("three"), QStringLiteral("short")}));
    model->item(1)->appendRow(row({QStringLiteral("shard_0"), {}, {}, {}}));
    return model;
}

/// A list as a screen has it: a model, sorted and filtered, in a tree or a table with the program's set-up.
struct List
{
    List(QSettings &settings, bool isTable = false, const ItemViewOptions &how = options())
    {
        source = clusters(&owner);
        sorted.setSourceModel(source);
        sorted.setFilterKeyColumn(-1);
        if (isTable) {
            auto *table = new QTableView;
            view.reset(table);
            table->setSelectionMode(QAbstractItemView::SingleSelection);
            setup = new ItemViewSetup(table, &sorted, how, settings);
            header = table->horizontalHeader();
        } else {
            auto *tree = new QTreeView;
            view.reset(tree);
            setup = new ItemViewSetup(tree, &sorted, how, settings);
            header = tree->header();
        }
        view->resize(700, 300);
        view->show();
        view->activateWindow();
        if (!QTest::qWaitForWindowActive(view.get()))
            qWarning("the window is not active");
        view->setFocus();
    }

    /// As a person does: takes the right edge of a column and lets it go elsewhere.
    void drag(int section, int width)
    {
        const int edge = header->sectionViewportPosition(section) + header->sectionSize(section) - 1;
        const int y = header->height() / 2;
        const int to = edge + width - header->sectionSize(section);
        QTest::mouseMove(header->viewport(), QPoint(edge, y));
        QTest::mousePress(header->viewport(), Qt::LeftButton, {}, QPoint(edge, y));
        QTest::mouseMove(header->viewport(), QPoint((edge + to) / 2, y));
        QTest::mouseMove(header->viewport(), QPoint(to, y));
        QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, QPoint(to, y));
    }

    QModelIndex cell(const QString &name, int column = Name) const
    {
        return sorted.match(sorted.index(0, Name), Qt::DisplayRole, name, 1, Qt::MatchExactly)
            .value(0)
            .siblingAtColumn(column);
    }
    QStringList names() const
    {
        QStringList all;
        for (int i = 0; i < sorted.rowCount(); ++i)
            all << sorted.index(i, Name).data().toString();
        return all;
    }
    QStringList order() const
    {
        QStringList all;
        for (int place = 0; place < header->count(); ++place) {
            const int section = header->logicalIndex(place);
            all << sorted.headerData(section, Qt::Horizontal).toString() +
                       (header->isSectionHidden(section) ? QStringLiteral(" hidden") : QString());
        }
        return all;
    }
    QMenu *menu() const { return view->findChild<QMenu *>(QStringLiteral("itemViewMenu")); }
    /// The entry of this text in the menu that the header shows.
    void chooseInHeader(const QString &text) const
    {
        Q_EMIT header->customContextMenuRequested(QPoint(1, 1));
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        for (QAction *action : menu->actions()) {
            if (action->text() == text && action->isEnabled())
                action->trigger();
        }
        menu->close();
    }
    /// Hovers over a cell; the tool tip's text, without its paragraphs.
    QString hover(const QModelIndex &index) const
    {
        QToolTip::hideText(); // takes effect a moment later
        if (!QTest::qWaitFor([] { return !QToolTip::isVisible(); }))
            return QStringLiteral("an older one stays");
        const QPoint at = view->visualRect(index).center();
        QHelpEvent event(QEvent::ToolTip, at, view->viewport()->mapToGlobal(at));
        QApplication::sendEvent(view->viewport(), &event);
        return QToolTip::isVisible() ? QToolTip::text() : QString();
    }

    QObject owner;
    Clusters *source;
    NaturalSortModel sorted{Qt::DisplayRole};
    std::unique_ptr<QAbstractItemView> view;
    ItemViewSetup *setup;
    QHeaderView *header;
};

inline const QStringList DefaultOrder{QStringLiteral("Name"), QStringLiteral("MongoDB"), QStringLiteral("Link"),
                                      QStringLiteral("Note")};

/// Settings of a test's own, and the style and the font that its pixels depend on.
class ListSettings
{
public:
    ListSettings()
    {
        QApplication::setStyle(QStringLiteral("fusion"));
        QApplication::setFont(QFont(QStringLiteral("DejaVu Sans"), 10));
        readAnew();
    }
    /// As the next start of the program does.
    void readAnew()
    {
        m_settings = std::make_unique<QSettings>(m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    }
    QSettings &operator*() { return *m_settings; }
    QSettings *operator->() { return m_settings.get(); }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<QSettings> m_settings;
};

/// Rows of test data: in a tree and in a table.
inline void treeAndTable()
{
    QTest::addColumn<bool>("isTable");
    QTest::newRow("tree") << false;
    QTest::newRow("table") << true;
}

} // namespace tidemark::test
