#pragma once

#include "unit/api_wire.h"

/// What the tests of orders on real sockets share.
namespace tidemark::test {

using Script = std::function<ScriptedAnswer(int sending)>;

inline const QByteArray oneJob =
    R"({"results":[{"batchId":"60ee00000000000000000002","id":"60dd00000000000000000001"}]})";

/// GETs are answered as by a server that takes the key, POSTs by the script.
inline ScriptedServer::Handler ordersBy(const Script &script)
{
    return [script, ready = digestServer("n1", "{}"), n = std::make_shared<std::atomic<int>>(0)](
               const RecordedRequest &request) { return request.method == "POST" ? script(++*n) : ready(request); };
}

inline ScriptedAnswer cutAfter(ScriptedAnswer answer, qint64 bytes, ScriptedAnswer::End end = ScriptedAnswer::End::Drop)
{
    answer.end = end;
    answer.dropAfter = bytes;
    return answer;
}

/// A transport that orders, and what it asked before each sending.
struct Orders
{
    ScriptedServer server;
    SystemClock clock;
    std::vector<int> asked;

    Result<OrderAnswer> order(const Connection &connection, int wanted = 9)
    {
        ApiTransport transport(connection, key(), clock, fast());
        return order(transport, wanted);
    }

    Result<OrderAnswer> order(ApiTransport &transport, int wanted = 9)
    {
        return resultOf(transport.order(relativeJobPath, someBody, [this, wanted](int sending) {
            asked.push_back(sending);
            return sending <= wanted;
        }));
    }
};

using Sendings = std::vector<int>;

} // namespace tidemark::test
