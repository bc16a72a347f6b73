#pragma once

#include "demo/api.h"
#include "demo/pause.h"
#include "demo/request_log.h"

namespace tidemark::demo {

/// The API's HTTP side: who may enter, what goes wrong on purpose, envelope, pretty, headers; OAuth and the control
/// calls.
class ApiServer
{
public:
    ApiServer(httplib::Server &server, const Options &options, Api &api, Gate &gate, OAuthDesk &desk, Faults &faults,
              RequestLog &log, Json names, Clock clock);

    /// Lets answers that are held back go.
    void stop() { m_pause.end(); }

private:
    void handle(const httplib::Request &request, httplib::Response &response);
    void handleApi(const httplib::Request &request, httplib::Response &response);
    void handleOAuth(const httplib::Request &request, httplib::Response &response);
    void handleControl(const httplib::Request &request, httplib::Response &response);
    /// The fault's answer in place of the right one; false when the right one shall be made too.
    bool failInstead(const Fault &fault, const httplib::Request &request, httplib::Response &response);
    /// Carries the request out, twice or too late if the fault wants that.
    Answer carryOut(const httplib::Request &request, const Caller &caller, const std::optional<Fault> &fault);
    [[nodiscard]] bool isSlow(const httplib::Request &request) const;
    void failAfterwards(const Fault &fault, const httplib::Request &request, httplib::Response &response) const;
    void write(const httplib::Request &request, httplib::Response &response, const Answer &answer) const;

    const Options &m_options;
    Api &m_api;
    Gate &m_gate;
    OAuthDesk &m_desk;
    Faults &m_faults;
    RequestLog &m_log;
    Json m_names;
    Clock m_clock;
    Pause m_pause;
};

/// What every answer of either server carries.
void addCommonHeaders(httplib::Response &response, const Options &options, Time now);

/// Sets up threads, timeouts and defaults of either server.
void prepareServer(httplib::Server &server);

/// "5" or a date, as the fault wants its Retry-After.
void addRetryAfter(httplib::Response &response, const Fault &fault, Time now);

/// What a proxy or a log-in page in the way answers.
std::string strayPage();

} // namespace tidemark::demo
