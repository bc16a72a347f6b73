#include "support/scripted_answer.h"

namespace tidemark::test {

QByteArray RecordedRequest::header(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray RecordedRequest::path() const
{
    return target.left(target.indexOf('?') < 0 ? target.size() : target.indexOf('?'));
}

ScriptedAnswer ScriptedAnswer::json(const QByteArray &body, int status)
{
    return text(body, status, "application/json;charset=ISO-8859-1");
}

ScriptedAnswer ScriptedAnswer::text(const QByteArray &body, int status, const QByteArray &type)
{
    ScriptedAnswer answer;
    answer.status = status;
    answer.headers.emplace_back("Content-Type", type);
    answer.body = body;
    return answer;
}

ScriptedAnswer ScriptedAnswer::lost()
{
    ScriptedAnswer answer;
    answer.end = End::Drop;
    answer.dropAfter = -1;
    return answer;
}

ScriptedAnswer ScriptedAnswer::with(const QByteArray &name, const QByteArray &value) const
{
    ScriptedAnswer copy = *this;
    copy.headers.emplace_back(name, value);
    return copy;
}

} // namespace tidemark::test
