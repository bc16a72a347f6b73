#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace tidemark::test {

/// Looks for secrets where none may be. Each secret is a mark with a name; it is looked for as it is and in the forms
/// that programs make of it: base64 at any alignment (as in a Basic header), percent-encoded, hexadecimal, UTF-16.
class LeakSearch
{
public:
    /// A secret must be long enough not to be found by chance (8 bytes at least).
    void mark(const QString &name, const QByteArray &secret);
    bool isEmpty() const { return m_marks.empty(); }

    /// What was found, each as "NAME (FORM) in PLACE"; never the secret itself.
    QStringList in(const QString &place, const QByteArray &bytes) const;
    QStringList in(const QString &place, const QString &text) const { return in(place, text.toUtf8()); }
    /// Names and contents of all files below a folder. Archives are left out: their bytes are the backup's.
    QStringList inFolder(const QString &folder) const;
    /// What other processes can see of this one: its command line and its environment.
    QStringList inProcess() const;

private:
    struct Mark
    {
        QString name;
        std::vector<std::pair<QString, QByteArray>> forms;
    };
    std::vector<Mark> m_marks;
};

} // namespace tidemark::test
