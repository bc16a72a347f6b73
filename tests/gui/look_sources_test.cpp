#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

/// The look follows the desktop only as long as nobody names a colour or writes a style sheet.
class LookSourcesTest : public QObject
{
    Q_OBJECT

private:
    /// The places in a source text that name a colour or a style sheet, as "line: text".
    static QStringList literals(const QString &text)
    {
        static const QRegularExpression named(QStringLiteral(
            "setStyleSheet|\"#[0-9a-fA-F]{3,8}\"|QColor\\(\\s*[0-9]|qRgba?\\(|0x[0-9a-fA-F]{6}\\b|Qt::(?:white|black"
            "|red|darkRed|green|darkGreen|blue|darkBlue|cyan|darkCyan|magenta|darkMagenta|yellow|darkYellow|gray"
            "|darkGray|lightGray)\\b"));
        QStringList found;
        const QStringList lines = text.split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (named.match(lines.at(i)).hasMatch())
                found << QStringLiteral("%1: %2").arg(QString::number(i + 1), lines.at(i).trimmed());
        }
        return found;
    }

private Q_SLOTS:
    void theScanSeesWhatItLooksFor()
    {
        for (const char *text : {"w->setStyleSheet(s);", "QColor c(\"#fff\");", "QColor(255, 0, 0)", "Qt::red",
                                 "qRgb(1, 2, 3)", "constexpr QRgb red = 0xc02a22;"})
            QVERIFY2(!literals(QString::fromLatin1(text)).isEmpty(), text);
        for (const char *text : {"Qt::transparent", "roles().ink(Ink::Danger)", "Qt::AlignLeft", "// never green",
                                 "QColor(key.colour)", "Qt::UserRole + 0x4000"})
            QVERIFY2(literals(QString::fromLatin1(text)).isEmpty(), text);
    }

    void onlyTheRolesNameColours()
    {
        int files = 0;
        QStringList problems;
        QDirIterator sources(QStringLiteral(TIDEMARK_UI_SOURCES), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                             QDir::Files, QDirIterator::Subdirectories);
        while (sources.hasNext()) {
            QFile file(sources.next());
            const QString name = sources.fileName();
            if (name == QStringLiteral("roles.cpp"))
                continue;
            QVERIFY(file.open(QIODevice::ReadOnly));
            ++files;
            for (const QString &place : literals(QString::fromUtf8(file.readAll())))
                problems << name + QLatin1Char(':') + place;
        }
        QVERIFY(files > 250);
        QVERIFY2(problems.isEmpty(), qPrintable(QLatin1Char('\n') + problems.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(LookSourcesTest)

#include "look_sources_test.moc"
