#pragma once

#include <QByteArray>
#include <QLoggingCategory>
#include <QMutex>

namespace tidemark::test {

/// Everything that is logged while it lives, with every category at its most talkative.
class LogCapture
{
public:
    LogCapture()
    {
        s_text.clear();
        QLoggingCategory::setFilterRules(QStringLiteral("*=true"));
        m_previous = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &context, const QString &message) {
            const QMutexLocker lock(&s_mutex);
            s_text += QByteArray(context.category) + ": " + message.toUtf8() + '\n';
        });
    }
    ~LogCapture()
    {
        qInstallMessageHandler(m_previous);
        QLoggingCategory::setFilterRules(QString());
    }
    LogCapture(const LogCapture &) = delete;
    LogCapture &operator=(const LogCapture &) = delete;

    static QByteArray text()
    {
        const QMutexLocker lock(&s_mutex);
        return s_text;
    }

private:
    inline static QMutex s_mutex;
    inline static QByteArray s_text;
    QtMessageHandler m_previous = nullptr;
};

} // namespace tidemark::test
