#include "support/restore_cases.h"
#include "ui/look/row_delegate.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/wizard/cluster_model.h"
#include "ui/wizard/open_rows.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <ctime>

using namespace tidemark;

namespace {

constexpr int projectCount = 300;
constexpr int clusterCount = 20;

QString number(int value)
{
    return QStringLiteral("%1").arg(value, 3, 10, QLatin1Char('0'));
}

Project project(int at)
{
    return {ProjectId(QStringLiteral("p") + number(at)), QStringLiteral("Project %1 of Estate").arg(at), {}};
}

/// Every fifth one is sharded.
Cluster cluster(const Project &project, int at)
{
    const QString id = project.id.value + QLatin1Char('c') + number(at);
    const QString name = QStringLiteral("%1-%2").arg(QLatin1String(at % 5 == 0 ? "orders" : "ledger")).arg(at);
    return at % 5 == 0 ? test::shardedCluster(id, name, project) : test::replicaSet(id, name, project);
}

ClusterSection section(int at, int clusters = clusterCount)
{
    ClusterSection made{project(at), std::vector<Cluster>(), {}};
    for (int i = 0; i < clusters; ++i)
        made.clusters->push_back(cluster(made.project, i));
    return made;
}

std::vector<ClusterSection> estate(int projects, int clusters = clusterCount)
{
    std::vector<ClusterSection> sections;
    for (int i = 0; i < projects; ++i)
        sections.push_back(section(i, clusters));
    return sections;
}

const Snapshot *noSnapshot(const ClusterId &)
{
    return nullptr;
}

/// Processor time of this thread, which others that are busy do not lengthen.
qint64 spentMicroseconds()
{
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return qint64(spent.tv_sec) * 1000000 + spent.tv_nsec / 1000;
}

/// Names of rows: clusters of each project in brackets.
QString shown(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList names;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString below = shown(model, index);
        names << (below.isEmpty() ? index.data().toString()
                                  : QStringLiteral("%1[%2]").arg(index.data().toString(), below));
    }
    return names.join(QLatin1Char(' '));
}

} // namespace

/// The tree of all projects, clusters and shards.
class ClusterTreeTest : public QObject
{
    Q_OBJECT

private:
    static ClusterSection named(const char *id, const QString &name, const QStringList &clusters)
    {
        ClusterSection made{{ProjectId(QString::fromLatin1(id)), name, {}}, std::vector<Cluster>(), {}};
        for (const QString &one : clusters)
            made.clusters->push_back(test::replicaSet(QString::fromLatin1(id) + one, one, made.project));
        return made;
    }
    static std::vector<ClusterSection> few()
    {
        return {named("a", QStringLiteral("Shop"), {QStringLiteral("ledger"), QStringLiteral("catalog")}),
                named("b", QStringLiteral("Shop EU"), {QStringLiteral("ledger")}),
                named("c", QStringLiteral("Drills 10"), {QStringLiteral("drill")}),
                named("d", QStringLiteral("Drills 9"), {})};
    }

private Q_SLOTS:
    void wordsFindAnyPartOfAnyName_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("rows");
        QTest::newRow("nothing typed") << QString()
                                       << QStringLiteral(
                                              "Drills 9 Drills 10[drill] Shop[catalog ledger] Shop EU[ledger]");
        QTest::newRow("a part of a cluster") << QStringLiteral("EDG") << QStringLiteral("Shop[ledger] Shop EU[ledger]");
        QTest::newRow("a part of a project") << QStringLiteral("ills 1") << QStringLiteral("Drills 10[drill]");
        QTest::newRow("a project without clusters") << QStringLiteral("9 drills") << QStringLiteral("Drills 9");
        QTest::newRow("words in any order") << QStringLiteral("ledger eu") << QStringLiteral("Shop EU[ledger]");
        QTest::newRow("nothing has both") << QStringLiteral("drill ledger") << QString();
    }
    void wordsFindAnyPartOfAnyName()
    {
        QFETCH(QString, words);
        ClusterModel model(noSnapshot);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setProjects(few());
        model.sort(ClusterModel::Name);
        model.setFilter(words);
        QTEST(shown(model), "rows");
    }

    void whatWasUsedLastStandsFirst()
    {
        ClusterModel model(noSnapshot);
        model.setProjects(few());
        model.sort(ClusterModel::Name);
        model.setLastUsed({QStringLiteral("aledger"), QStringLiteral("a"), QStringLiteral("c")});
        QCOMPARE(shown(model), QStringLiteral("Shop[ledger catalog] Drills 10[drill] Drills 9 Shop EU[ledger]"));
        model.setFilter(QStringLiteral("l"));
        QCOMPARE(shown(model), QStringLiteral("Shop[ledger catalog] Drills 10[drill] Drills 9 Shop EU[ledger]"));
        model.sort(ClusterModel::Name, Qt::DescendingOrder);
        QCOMPARE(shown(model), QStringLiteral("Shop[ledger catalog] Drills 10[drill] Shop EU[ledger] Drills 9"));
        model.sort(ClusterModel::Backup, Qt::AscendingOrder); // a column that was asked for is kept to
        QVERIFY(shown(model).startsWith(QStringLiteral("Shop[ledger catalog]")));
    }

    void onlyClustersCanBeChosen()
    {
        ClusterModel model(noSnapshot);
        model.setProjects({section(1, 1)});
        const QModelIndex top = model.index(0, 0);
        const QModelIndex sharded = model.index(0, 0, top);
        const QModelIndex shard = model.index(0, 0, sharded);
        QVERIFY(shard.isValid());
        QVERIFY(!model.flags(top).testFlag(Qt::ItemIsSelectable));
        QVERIFY(model.flags(sharded).testFlag(Qt::ItemIsSelectable));
        QVERIFY(!model.flags(shard).testFlag(Qt::ItemIsSelectable));
        QCOMPARE(model.cluster(top), nullptr);
        QCOMPARE(model.cluster(shard), nullptr);
        QCOMPARE(model.cluster(sharded)->name, QStringLiteral("orders-0"));
        for (const QModelIndex &index : {top, sharded, shard})
            QCOMPARE(model.project(index)->name, QStringLiteral("Project 1 of Estate"));
        QVERIFY(shown(model).endsWith(QStringLiteral("config]]"))); // after what has the data
        QVERIFY(model.indexOf(model.cluster(sharded)->id).isValid());
        QVERIFY(!model.indexOf(ClusterId()).isValid());
    }

    /// What is read later comes under its project; all other rows stay where they are.
    void projectsAreReadOneAfterTheOther()
    {
        ClusterModel model(noSnapshot);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto sections = few();
        for (ClusterSection &each : sections)
            each.clusters.reset();
        model.setProjects(sections);
        model.sort(ClusterModel::Name);
        const auto second = [&model](int row) { return model.index(row, 0).data(LookRole::SecondLine).toString(); };
        QCOMPARE(second(0), QStringLiteral("Its clusters are being read…"));
        const QPersistentModelIndex eu = model.index(3, 0);
        model.setProject(few()[0]);
        QCOMPARE(shown(model), QStringLiteral("Drills 9 Drills 10 Shop[catalog ledger] Shop EU"));
        QCOMPARE(second(2), QStringLiteral("2 clusters"));
        QCOMPARE(eu.row(), 3);
        // One of them fails, others go on.
        ClusterSection failed = sections[1];
        failed.problem = QStringLiteral("No access.");
        model.setProject(failed);
        QCOMPARE(second(3), QStringLiteral("Its clusters could not be read: No access."));
        ClusterSection old = few()[0];
        old.problem = QStringLiteral("No access.");
        model.setProject(old);
        QCOMPARE(second(2), QStringLiteral("2 clusters, as of before: they could not be read anew: No access."));
        model.setProject(few()[3]);
        QCOMPARE(second(0), QStringLiteral("No clusters"));

        model.setFilter(QStringLiteral("ledger"));
        QCOMPARE(shown(model), QStringLiteral("Shop[ledger]"));
        model.setProject(few()[1]); // found as soon as it is read
        QCOMPARE(shown(model), QStringLiteral("Shop[ledger] Shop EU[ledger]"));
        model.setProject(named("a", QStringLiteral("Shop"), {QStringLiteral("other")}));
        QCOMPARE(shown(model), QStringLiteral("Shop EU[ledger]"));
        model.setProject(section(7)); // none of these
        QCOMPARE(shown(model), QStringLiteral("Shop EU[ledger]"));
    }

    /// Names that nobody tries: alike, very long, empty, from right to left.
    void strangeNames()
    {
        ClusterModel model(noSnapshot);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString longName = QString(200, QLatin1Char('n')) + QStringLiteral(" end");
        model.setProjects({named("a", QStringLiteral("Same"), {QStringLiteral("one")}),
                           named("b", QStringLiteral("Same"), {QStringLiteral("two")}),
                           named("c", longName, {longName}), named("d", {}, {QString()}),
                           named("e", QStringLiteral("חנות ראשית"), {QStringLiteral("מסד")})});
        QCOMPARE(model.rowCount(), 5);
        model.setFilter(QStringLiteral("same two"));
        QCOMPARE(shown(model), QStringLiteral("Same[two]"));
        QCOMPARE(model.project(model.index(0, 0))->id.value, QStringLiteral("b"));
        model.setFilter(QStringLiteral("end nnn"));
        QCOMPARE(model.rowCount(), 1);
        model.setFilter(QStringLiteral("מסד חנות"));
        QCOMPARE(model.rowCount(), 1);
        model.setFilter({});
        QTreeView view;
        view.setModel(&model);
        view.setLayoutDirection(Qt::RightToLeft);
        view.expandAll();
        view.resize(300, 300);
        view.show();
        QVERIFY(!view.grab().isNull());
    }

    void whatWasOpenIsOpenAgain()
    {
        ClusterModel model(noSnapshot);
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        QTreeView view;
        view.setModel(&model);
        OpenRows open(&view, model);
        connect(&model, &QAbstractItemModel::modelReset, &open, &OpenRows::restore);
        model.setProjects(few());
        const auto isOpen = [&](int row) { return view.isExpanded(model.index(row, 0)); };
        view.expand(model.index(2, 0));
        model.setFilter(QStringLiteral("ledger"));
        QVERIFY(isOpen(0) && isOpen(1)); // what is found is seen
        view.collapse(model.index(0, 0));
        model.setFilter(QStringLiteral("drill"));
        model.setFilter({});
        QVERIFY(isOpen(2));
        for (const int row : {0, 1, 3})
            QVERIFY2(!isOpen(row), qPrintable(QString::number(row)));
        view.collapse(model.index(2, 0));
        model.setProjects(few());
        model.setFilter(QStringLiteral("x"));
        model.setFilter({});
        QVERIFY(!isOpen(2));
    }

    /// 300 projects of 20 clusters: each key press, to the finished picture, within a frame. The median of many, so
    /// that a busy machine does not decide, and the work of each is bounded besides.
    void aKeyPressTakesAFrame()
    {
        ClusterModel model(noSnapshot);
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        QTreeView view;
        new ItemViewSetup(&view, &model,
                          {.name = QStringLiteral("tree"),
                           .columns = {{ClusterModel::Name, QStringLiteral("name")},
                                       {ClusterModel::Type, QStringLiteral("type")},
                                       {ClusterModel::Versions, QStringLiteral("versions")},
                                       {ClusterModel::Fcv, QStringLiteral("fcv")},
                                       {ClusterModel::Backup, QStringLiteral("backup")},
                                       {ClusterModel::LatestSnapshot, QStringLiteral("latest")}},
                           .sort = ItemSort{ClusterModel::Name, Qt::AscendingOrder}},
                          settings);
        OpenRows open(&view, model);
        connect(&model, &QAbstractItemModel::modelReset, &open, &OpenRows::restore);
        model.setProjects(estate(projectCount));
        view.resize(900, 500);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        std::vector<qint64> taken;
        for (const char *typed : {"ledger-19 299", "orders estate 12", "project 7 of", "no such thing", "ledger"}) {
            const QString words = QString::fromLatin1(typed);
            for (qsizetype length = 1; length <= words.size(); ++length) {
                const qint64 before = spentMicroseconds();
                model.setFilter(words.left(length));
                view.viewport()->repaint();
                taken.push_back(spentMicroseconds() - before);
                int opened = 0;
                for (int row = 0; row < model.rowCount(); ++row)
                    opened += view.isExpanded(model.index(row, 0)) ? model.rowCount(model.index(row, 0)) : 0;
                QVERIFY2(opened < 160, qPrintable(words.left(length)));
            }
            model.setFilter({});
        }
        std::ranges::sort(taken);
        const qint64 median = taken[taken.size() / 2];
        qInfo("a key press takes %.1f ms (median of %zu), %.1f ms at most", double(median) / 1000, taken.size(),
              double(taken.back()) / 1000);
        QVERIFY2(median <= 16000, qPrintable(QString::number(median)));
    }
};

QTEST_MAIN(ClusterTreeTest)
#include "cluster_tree_test.moc"
