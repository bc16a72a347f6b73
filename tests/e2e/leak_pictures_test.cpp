#include "support/demo_cloud.h"

#include <QDir>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace tidemark::test;

namespace {

constexpr qsizetype Window = 8; ///< so many characters of a secret in a row are a leak
constexpr int AtOnce = 2;
constexpr int Patience = 60000;

/// What a reader of pictures may confuse is one and the same here, in the secret too.
QString normalized(const QString &text)
{
    static const std::map<QChar, QChar> alike{{u'o', u'0'}, {u'i', u'1'}, {u'l', u'1'}, {u's', u'5'},
                                              {u'b', u'8'}, {u'z', u'2'}, {u'g', u'9'}, {u'q', u'9'}};
    QString result;
    for (const QChar character : text.toLower()) {
        if (!character.isLetterOrNumber())
            continue;
        const auto other = alike.find(character);
        result += other == alike.end() ? character : other->second;
    }
    return result;
}

/// The piece of `secret` that the text of a picture shows; empty when it shows none.
QString leaked(const QString &text, const QString &secret)
{
    const QString shown = normalized(text);
    const QString hidden = normalized(secret);
    for (qsizetype i = 0; i + Window <= hidden.size(); ++i) {
        if (shown.contains(QStringView(hidden).mid(i, Window)))
            return hidden.mid(i, Window);
    }
    return {};
}

/// The texts of the pictures, as tesseract reads them, by file name.
std::map<QString, QString> textsOf(const QStringList &pictures)
{
    std::map<QString, QString> texts;
    std::vector<std::pair<QString, std::unique_ptr<QProcess>>> running;
    const auto takeFirst = [&] {
        auto &[picture, process] = running.front();
        process->waitForFinished(Patience);
        if (process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0)
            texts[picture] = QString::fromUtf8(process->readAllStandardOutput());
        running.erase(running.begin());
    };
    for (const QString &picture : pictures) {
        if (running.size() == AtOnce)
            takeFirst();
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("OMP_THREAD_LIMIT"), QStringLiteral("1"));
        process->setProcessEnvironment(environment);
        process->start(QStringLiteral("tesseract"),
                       {picture, QStringLiteral("-"), QStringLiteral("--psm"), QStringLiteral("11")});
        running.emplace_back(picture, std::move(process));
    }
    while (!running.empty())
        takeFirst();
    return texts;
}

/// The pictures of the walkthrough, read by a program that reads pictures.
class LeakPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aPaintedSecretIsFound();
    void noPictureShowsOne();

private:
    DemoCloud m_cloud; ///< its keys are those of every stand-in, the walkthrough's too
    QStringList m_secrets;
};

void LeakPictures::initTestCase()
{
    QVERIFY2(m_cloud.isRunning(), qPrintable(m_cloud.problem()));
    m_secrets = {m_cloud.privateKey(), m_cloud.clientSecret()};
    for (const QString &secret : std::as_const(m_secrets))
        QVERIFY(secret.size() >= 3 * Window);
}

void LeakPictures::aPaintedSecretIsFound()
{
    const QTemporaryDir folder;
    QStringList pictures;
    for (const QString &secret : std::as_const(m_secrets)) {
        QImage image(1000, 120, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setFont(qApp->font());
        painter.drawText(20, 60, QStringLiteral("Private key: ") + secret);
        painter.end();
        pictures << folder.filePath(QStringLiteral("%1.png").arg(pictures.size()));
        QVERIFY(image.save(pictures.back()));
    }
    const auto texts = textsOf(pictures);
    QCOMPARE(texts.size(), size_t(2));
    for (qsizetype i = 0; i < pictures.size(); ++i) {
        const QString text = texts.at(pictures[i]);
        QVERIFY2(!leaked(text, m_secrets[i]).isEmpty(), qPrintable(text));
        QVERIFY(leaked(text, m_secrets[1 - i]).isEmpty());
    }
}

void LeakPictures::noPictureShowsOne()
{
    const QDir folder(qEnvironmentVariable("TIDEMARK_WALKTHROUGH"));
    QStringList pictures;
    for (const QFileInfo &file : folder.entryInfoList({QStringLiteral("*.png")}, QDir::Files, QDir::Name))
        pictures << file.filePath();
    QVERIFY2(pictures.size() > 50, qPrintable(folder.path()));
    const auto texts = textsOf(pictures);
    QCOMPARE(texts.size(), size_t(pictures.size()));
    // A v2 link is a secret by itself: whatever comes behind the job's number.
    static const QRegularExpression wholeLink(QStringLiteral("/v2/pull/[0-9a-f]{10,}/[A-Za-z0-9]{8,}"));
    bool reads = false;
    for (const auto &[picture, text] : texts) {
        reads = reads || text.contains(QLatin1String("verified"), Qt::CaseInsensitive);
        for (const QString &secret : std::as_const(m_secrets))
            QVERIFY2(leaked(text, secret).isEmpty(), qPrintable(picture + QLatin1String(": ") + leaked(text, secret)));
        QVERIFY2(!wholeLink.match(text).hasMatch(), qPrintable(picture));
    }
    QVERIFY(reads);
}

} // namespace

QTEST_MAIN(LeakPictures)
#include "leak_pictures_test.moc"
