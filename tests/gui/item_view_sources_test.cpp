#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

/// The lists of all screens stay alike only as long as one place sets them up.
class ItemViewSourcesTest : public QObject
{
    Q_OBJECT

private:
    /// The places in a source text where a list is set up by hand, as "line: text".
    static QStringList setUps(const QString &text)
    {
        static const QRegularExpression byHand(QStringLiteral(
            "(?:->|\\.)(?:setSortingEnabled|sortByColumn|setAlternatingRowColors|setUniformRowHeights"
            "|setAllColumnsShowFocus|setTextElideMode|setShowGrid|setTabKeyNavigation|setColumnHidden|setColumnWidth"
            "|hideColumn|resizeColumns?ToContents|resizeSections?|setSectionResizeMode|setStretchLastSection"
            "|moveSection|setExpandsOnDoubleClick|header\\(\\)|horizontalHeader\\(\\)|verticalHeader\\(\\))"
            "|Qt::CustomContextMenu|customContextMenuRequested|Q(?:Abstract)?(?:Item|Tree|Table|List)View::(?:activated"
            "|doubleClicked)|Q(?:Tree|Table|List)Widget\\b|#include <QHeaderView>"));
        QStringList found;
        const QStringList lines = text.split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (byHand.match(lines.at(i)).hasMatch())
                found << QStringLiteral("%1: %2").arg(QString::number(i + 1), lines.at(i).trimmed());
        }
        return found;
    }

    /// Views that are made in a source text, and whether it sets each of them up.
    static bool leavesAViewBare(const QString &text)
    {
        static const QRegularExpression made(QStringLiteral("new Q(?:Tree|Table|List)View\\b"));
        return text.count(made) > text.count(QLatin1String("new ItemViewSetup("));
    }

private Q_SLOTS:
    void theScanSeesWhatItLooksFor_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isFound");
        for (const char *text :
             {"view->setSortingEnabled(true);", "view->header()->hide();", "t.horizontalHeader();",
              "view->setAlternatingRowColors(true);", "w->setContextMenuPolicy(Qt::CustomContextMenu);",
              "header->resizeSection(0, 10);", "m_tree->resizeColumnToContents(0);",
              "connect(view, &QTreeView::doubleClicked, this, f);", "auto *list = new QListWidget;"})
            QTest::newRow(text) << QString::fromLatin1(text) << true;
        for (const char *text : {"m_viewSetup->setMenu(f);", "bar->setContextMenuPolicy(Qt::PreventContextMenu);",
                                 "tree->expand(index);", "view->setRootIsDecorated(false);"})
            QTest::newRow(text) << QString::fromLatin1(text) << false;
    }
    void theScanSeesWhatItLooksFor()
    {
        QFETCH(QString, text);
        QFETCH(bool, isFound);
        QCOMPARE(!setUps(text).isEmpty(), isFound);
    }

    void everyListIsSetUpInOnePlace()
    {
        int files = 0;
        QStringList problems;
        QDirIterator sources(QStringLiteral(TIDEMARK_UI_SOURCES), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                             QDir::Files, QDirIterator::Subdirectories);
        const QDir root(QStringLiteral(TIDEMARK_UI_SOURCES));
        while (sources.hasNext()) {
            QFile file(sources.next());
            const QString name = root.relativeFilePath(file.fileName());
            if (name.startsWith(QStringLiteral("widgets/")))
                continue;
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            ++files;
            for (const QString &place : setUps(text))
                problems << name + QLatin1Char(':') + place;
            if (leavesAViewBare(text))
                problems << name + QStringLiteral(": a view without ItemViewSetup");
        }
        QVERIFY(files > 100);
        QVERIFY2(problems.isEmpty(), qPrintable(QLatin1Char('\n') + problems.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(ItemViewSourcesTest)

#include "item_view_sources_test.moc"
