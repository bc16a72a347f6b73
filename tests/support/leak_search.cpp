#include "support/leak_search.h"

#include "support/file_contents.h"

#include <QDirIterator>

namespace tidemark::test {

namespace {

constexpr int ShortestMark = 8;

/// The characters of base64 that depend on nothing but the secret when it begins `offset` bytes into what is encoded.
QByteArray base64Core(const QByteArray &secret, int offset, QByteArray::Base64Options options)
{
    const QByteArray encoded = (QByteArray(offset, 'x') + secret).toBase64(options | QByteArray::OmitTrailingEquals);
    const qsizetype dependentStart = offset == 0 ? 0 : offset + 1; // characters that hold bits of what stands before
    const qsizetype wholeGroups = (offset + secret.size()) / 3 * 4;
    return encoded.mid(dependentStart, wholeGroups - dependentStart);
}

} // namespace

void LeakSearch::mark(const QString &name, const QByteArray &secret)
{
    if (secret.size() < ShortestMark)
        qFatal("the mark %s is too short to be looked for", qPrintable(name));
    Mark mark{name, {{QStringLiteral("plain"), secret}}};
    const auto add = [&](const QString &form, const QByteArray &bytes) {
        for (const auto &[known, same] : mark.forms) {
            if (same == bytes)
                return;
        }
        mark.forms.emplace_back(form, bytes);
    };
    add(QStringLiteral("percent-encoded"), secret.toPercentEncoding());
    add(QStringLiteral("hexadecimal"), secret.toHex());
    for (int offset = 0; offset < 3; ++offset) {
        add(QStringLiteral("base64"), base64Core(secret, offset, QByteArray::Base64Encoding));
        add(QStringLiteral("base64url"), base64Core(secret, offset, QByteArray::Base64UrlEncoding));
    }
    const QString wide = QString::fromUtf8(secret);
    add(QStringLiteral("UTF-16"),
        QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * qsizetype(sizeof(char16_t))));
    m_marks.push_back(std::move(mark));
}

QStringList LeakSearch::in(const QString &place, const QByteArray &bytes) const
{
    QStringList found;
    for (const Mark &mark : m_marks) {
        for (const auto &[form, pattern] : mark.forms) {
            if (bytes.contains(pattern))
                found << QStringLiteral("%1 (%2) in %3").arg(mark.name, form, place);
        }
    }
    return found;
}

QStringList LeakSearch::inFolder(const QString &folder) const
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        found += in(QStringLiteral("the name ") + path, path);
        if (!path.endsWith(QLatin1String(".tar.gz")) && !path.endsWith(QLatin1String(".tar.gz.part")))
            found += in(path, contents(path));
    }
    return found;
}

QStringList LeakSearch::inProcess() const
{
    return in(QStringLiteral("the command line"), contents(QStringLiteral("/proc/self/cmdline"))) +
           in(QStringLiteral("the environment"), contents(QStringLiteral("/proc/self/environ")));
}

} // namespace tidemark::test
