#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

/// A moment is worded alike everywhere only as long as two places know how: base/text and, in local time, widgets'
/// time_text.
class TimeSourcesTest : public QObject
{
    Q_OBJECT

private:
    /// The places in a source text that write a time in a form of their own, as "line: text". Forms by which a time is
    /// read are no wording.
    static QStringList forms(const QString &text)
    {
        static const QRegularExpression written(
            QStringLiteral("toString\\((?:u|\\w+\\()?\"[^\"]*(?:yy|MM|dd|HH|hh|mm|ss)[^\"]*\""
                           "|QLocale::(?:Short|Long|Narrow)Format|strftime"));
        QStringList found;
        const QStringList lines = text.split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (written.match(lines.at(i)).hasMatch())
                found << QStringLiteral("%1: %2").arg(QString::number(i + 1), lines.at(i).trimmed());
        }
        return found;
    }

private Q_SLOTS:
    void theScanSeesWhatItLooksFor()
    {
        for (const char *text :
             {"t.toString(QStringLiteral(\"yyyy-MM-dd HH:mm:ss\"))", "time.toUTC().toString(\"HH:mm\")",
              "locale.toString(time, QLocale::ShortFormat)", "time().toString(u\"dd.MM.\"_s);"})
            QVERIFY2(!forms(QString::fromLatin1(text)).isEmpty(), text);
        for (const char *text : {"json[QLatin1String(\"ordered\")].toString(), Qt::ISODate", "utcText(time)",
                                 "QString::number(n)", "value.toString().isEmpty() ? a : \"address\""})
            QVERIFY2(forms(QString::fromLatin1(text)).isEmpty(), text);
    }

    void timesAreWordedInTwoPlaces()
    {
        const QStringList places{QStringLiteral("app/base/text.cpp"), QStringLiteral("ui/widgets/time_text.cpp")};
        int files = 0;
        QStringList problems;
        const QDir root(QStringLiteral(TIDEMARK_SOURCES));
        for (const char *folder : {"app", "ui"}) {
            QDirIterator sources(root.filePath(QString::fromLatin1(folder)),
                                 {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                                 QDirIterator::Subdirectories);
            while (sources.hasNext()) {
                QFile file(sources.next());
                const QString name = root.relativeFilePath(sources.filePath());
                // The stand-in is a server of its own; the walkthrough types what a person types.
                if (places.contains(name) || name.startsWith(QLatin1String("app/demo/")) ||
                    name.startsWith(QLatin1String("ui/walkthrough/")))
                    continue;
                QVERIFY(file.open(QIODevice::ReadOnly));
                ++files;
                for (const QString &place : forms(QString::fromUtf8(file.readAll())))
                    problems << name + QLatin1Char(':') + place;
            }
        }
        QVERIFY(files > 300);
        QVERIFY2(problems.isEmpty(), qPrintable(QLatin1Char('\n') + problems.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(TimeSourcesTest)

#include "time_sources_test.moc"
