#include "cloud/json_prefix.h"
#include "cloud/json_read.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

namespace tidemark::json {

namespace {

/// As deep as no answer of the API is; Qt reads more than that.
constexpr qsizetype DepthLimit = 200;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isWordEnd(char c)
{
    return isSpace(c) || c == ',' || c == ':' || c == ']' || c == '}' || c == '[' || c == '{' || c == '"';
}

bool isWord(const QByteArray &word)
{
    if (word == "true" || word == "false" || word == "null")
        return true;
    bool ok = false;
    word.toDouble(&ok);
    return ok && (word.front() == '-' || (word.front() >= '0' && word.front() <= '9'));
}

/// Walks over a text and remembers the last place at which it could end if only the open containers were closed.
class Walk
{
public:
    explicit Walk(const QByteArray &text)
        : m_text(text)
    {
    }

    /// The text up to that place, closed.
    QByteArray closed()
    {
        while (m_at < m_text.size() && step()) {
        }
        QByteArray result = m_text.left(m_safeAt);
        std::for_each(m_safeClosers.rbegin(), m_safeClosers.rend(), [&result](char c) { result.append(c); });
        return result;
    }

private:
    enum class Expects { Key, Colon, Value, Next };

    bool step()
    {
        const char c = m_text.at(m_at);
        if (isSpace(c)) {
            ++m_at;
            return true;
        }
        if (m_isEnded)
            return false; // what follows a whole text
        switch (c) {
        case '{':
        case '[':
            return open(c);
        case '}':
        case ']':
            return close(c);
        case ',':
            return comma();
        case ':':
            ++m_at;
            return std::exchange(m_expects, Expects::Value) == Expects::Colon;
        case '"':
            return string();
        default:
            return word();
        }
    }

    bool open(char c)
    {
        if (m_expects != Expects::Value || m_closers.size() >= DepthLimit)
            return false;
        m_closers.append(c == '{' ? '}' : ']');
        m_expects = c == '{' ? Expects::Key : Expects::Value;
        m_isEmpty = true;
        ++m_at;
        safe();
        return true;
    }

    bool close(char c)
    {
        const bool fits = !m_closers.isEmpty() && m_closers.back() == c;
        if (!fits || (m_expects != Expects::Next && !m_isEmpty))
            return false;
        m_closers.chop(1);
        ++m_at;
        valueEnded();
        return true;
    }

    bool comma()
    {
        if (m_expects != Expects::Next || m_closers.isEmpty())
            return false;
        m_expects = m_closers.back() == '}' ? Expects::Key : Expects::Value;
        ++m_at;
        return true;
    }

    bool string()
    {
        if (m_expects != Expects::Key && (m_expects != Expects::Value || m_closers.isEmpty()))
            return false;
        qsizetype end = m_at + 1;
        while (end < m_text.size() && m_text.at(end) != '"')
            end += m_text.at(end) == '\\' ? 2 : 1;
        if (end >= m_text.size())
            return false;
        m_at = end + 1;
        if (m_expects == Expects::Key) {
            m_expects = Expects::Colon;
            m_isEmpty = false;
        } else {
            valueEnded();
        }
        return true;
    }

    bool word()
    {
        if (m_expects != Expects::Value || m_closers.isEmpty())
            return false;
        const auto end = std::find_if(m_text.begin() + m_at, m_text.end(), isWordEnd);
        if (end == m_text.end() || !isWord(m_text.mid(m_at, end - m_text.begin() - m_at)))
            return false;
        m_at = end - m_text.begin();
        valueEnded();
        return true;
    }

    void valueEnded()
    {
        m_expects = Expects::Next;
        m_isEmpty = false;
        m_isEnded = m_closers.isEmpty();
        safe();
    }

    void safe()
    {
        m_safeAt = m_at;
        m_safeClosers = m_closers;
    }

    const QByteArray &m_text;
    qsizetype m_at = 0;
    Expects m_expects = Expects::Value;
    bool m_isEmpty = false; ///< nothing has come in the innermost container
    bool m_isEnded = false;
    QByteArray m_closers; ///< of the open containers, the innermost last
    qsizetype m_safeAt = 0;
    QByteArray m_safeClosers;
};

} // namespace

QJsonValue prefix(const QByteArray &text)
{
    const QByteArray closed = Walk(text).closed();
    QJsonParseError problem;
    QJsonDocument document = parse(closed, &problem);
    // The documented charset of error answers is ISO-8859-1.
    if (problem.error == QJsonParseError::IllegalUTF8String)
        document = parse(QString::fromLatin1(closed).toUtf8(), &problem);
    if (problem.error != QJsonParseError::NoError)
        return QJsonValue(QJsonValue::Undefined);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

} // namespace tidemark::json
