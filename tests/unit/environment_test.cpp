#include "restore/environment.h"

#include <QtTest>

using namespace tidemark;

class TestEnvironment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void guess_data()
    {
        QTest::addColumn<QString>("cluster");
        QTest::addColumn<QStringList>("tags");
        QTest::addColumn<QString>("project");
        QTest::addColumn<Environment>("environment");
        QTest::addColumn<QString>("from");
        const auto row = [](const char *name, const char *cluster, const QStringList &tags, const char *project,
                            Environment environment, const char *from) {
            QTest::newRow(name) << QString::fromUtf8(cluster) << tags << QString::fromUtf8(project) << environment
                                << QString::fromUtf8(from);
        };
        constexpr auto Unknown = Environment::Unknown;
        constexpr auto Production = Environment::Production;
        constexpr auto Rehearsal = Environment::Rehearsal;
        row("nothing says it", "orders", {}, "Shop", Unknown, "");
        row("nothing at all", "", {}, "", Unknown, "");
        row("the cluster's name", "shop-prod", {}, "Shop", Production, "shop-prod");
        row("with a number", "prod2", {}, "", Production, "prod2");
        row("in capitals", "ORDERS_PROD", {}, "", Production, "ORDERS_PROD");
        row("in humps", "ordersProd", {}, "", Production, "ordersProd");
        row("a part of a word is none", "products", {}, "Livestock", Unknown, "");
        row("contest is no test", "contest", {}, "Attest", Unknown, "");
        row("nonprod", "orders-nonprod", {}, "", Rehearsal, "orders-nonprod");
        row("non-prod", "orders-non-prod", {}, "", Rehearsal, "orders-non-prod");
        row("pre-prod", "orders.pre.prod", {}, "", Rehearsal, "orders.pre.prod");
        row("both", "prod-test", {}, "", Unknown, "");
        row("both, and the project knows", "prod-test", {}, "Production", Production, "Production");
        row("a tag", "orders", {QStringLiteral("eu"), QStringLiteral("PROD")}, "Staging", Production, "PROD");
        row("the cluster before the tag", "orders-dev", {QStringLiteral("prod")}, "", Rehearsal, "orders-dev");
        row("the project's name", "orders", {}, "Live systems", Production, "Live systems");
        row("staging", "orders", {}, "Staging", Rehearsal, "Staging");
        row("another script", "заказы-prod", {}, "", Production, "заказы-prod");
    }

    void guess()
    {
        QFETCH(QString, cluster);
        QFETCH(QStringList, tags);
        QFETCH(QString, project);
        const EnvironmentGuess guess = environmentOf(cluster, tags, project);
        QTEST(guess.environment, "environment");
        QTEST(guess.from, "from");
    }
};

QTEST_GUILESS_MAIN(TestEnvironment)
#include "environment_test.moc"
