#include "demo/api_server.h"

#include "demo/query.h"
#include "demo/server_version.h"
#include "demo/sockets.h"

#include <algorithm>

namespace tidemark::demo {

namespace {

constexpr std::string_view apiPrefix = "/api/public/v1.0";
constexpr const char *jsonType = "application/json";
/// Documented for answers with status 401 alone.
constexpr const char *refusalType = "application/json;charset=ISO-8859-1";

} // namespace

void addCommonHeaders(httplib::Response &response, const Options &options, Time now)
{
    response.set_header("Date", httpTime(now));
    response.set_header("X-MongoDB-Service-Version", serviceVersion(options));
}

void prepareServer(httplib::Server &server)
{
    // A thread for each connection, and clients keep several open while archives run.
    server.new_task_queue = [] { return new httplib::ThreadPool(64); };
    server.set_keep_alive_max_count(1000);
    // Longer than clients pause between two polls, or a connection ends just as one is being used again.
    server.set_keep_alive_timeout(30);
    server.set_tcp_nodelay(true);
    // A client that has paused a transfer is not cut off.
    server.set_write_timeout(3600);
    server.set_read_timeout(30);
}

void addRetryAfter(httplib::Response &response, const Fault &fault, Time now)
{
    if (fault.retryAfter.empty())
        return;
    const bool date = startsWith(fault.retryAfter, "date:");
    const auto seconds = parseInteger(std::string_view(fault.retryAfter).substr(date ? 5 : 0)).value_or(0);
    response.set_header("Retry-After", date ? httpTime(now + std::chrono::seconds(seconds)) : std::to_string(seconds));
}

std::string strayPage()
{
    return "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n"
           "<body><h1>Network sign-in required</h1></body></html>\n";
}

ApiServer::ApiServer(httplib::Server &server, const Options &options, Api &api, Gate &gate, OAuthDesk &desk,
                     Faults &faults, RequestLog &log, Json names, Clock clock)
    : m_options(options)
    , m_api(api)
    , m_gate(gate)
    , m_desk(desk)
    , m_faults(faults)
    , m_log(log)
    , m_names(std::move(names))
    , m_clock(std::move(clock))
{
    prepareServer(server);
    const httplib::Server::Handler handler = [this](const httplib::Request &request, httplib::Response &response) {
        handle(request, response);
        addCommonHeaders(response, m_options, m_clock());
        m_log.add(request, response.status);
    };
    server.set_pre_routing_handler([](const httplib::Request &request, httplib::Response &) {
        // "curl -X POST" without data sends no length; the library would wait for a body until its timeout.
        if (request.method != "GET" && !request.has_header("Content-Length") &&
            !request.has_header("Transfer-Encoding"))
            const_cast<httplib::Request &>(request).set_header("Content-Length", "0"); // NOLINT
        return httplib::Server::HandlerResponse::Unhandled;
    });
    server.Get(".*", handler);
    server.Post(".*", handler);
    server.Put(".*", handler);
    server.Patch(".*", handler);
    server.Delete(".*", handler);
    server.Options(".*", handler);
}

void ApiServer::handle(const httplib::Request &request, httplib::Response &response)
{
    response.status = 200;
    // The library would answer a Range in its own way.
    const_cast<httplib::Request &>(request).ranges.clear(); // NOLINT
    const std::string &path = request.path;
    if (m_options.control && startsWith(path, "/demo/"))
        return handleControl(request, response);
    if (startsWith(path, "/api/oauth/") && m_options.product == "cloud-manager")
        return handleOAuth(request, response);
    if (startsWith(path, apiPrefix) && (path.size() == apiPrefix.size() || path[apiPrefix.size()] == '/'))
        return handleApi(request, response);
    write(request, response, ApiError{404, "RESOURCE_NOT_FOUND", "Cannot find resource " + path + ".", {path}});
}

void ApiServer::handleApi(const httplib::Request &request, httplib::Response &response)
{
    const auto entry =
        m_gate.check(request.method, request.target, request.get_header_value("Authorization"), request.remote_addr);
    if (const auto *refusal = std::get_if<Gate::Refusal>(&entry)) {
        write(request, response, refusal->error);
        for (const auto &challenge : refusal->challenges)
            response.headers.emplace("WWW-Authenticate", challenge);
        m_log.note(request, refusal->why);
        return;
    }
    const auto &caller = std::get<Caller>(entry);
    if (isSlow(request))
        m_pause.wait(m_options.slowReadSeconds);
    // Faults strike those who have come in, not the first request of a Digest exchange.
    const auto fault = m_faults.take(request.method, request.path);
    if (fault && failInstead(*fault, request, response))
        return;
    write(request, response, carryOut(request, caller, fault));
    if (fault)
        failAfterwards(*fault, request, response);
}

Answer ApiServer::carryOut(const httplib::Request &request, const Caller &caller, const std::optional<Fault> &fault)
{
    using Kind = Fault::Kind;
    const std::string path = request.path.substr(apiPrefix.size());
    const Time now = m_clock();
    if (fault && fault->kind == Kind::Late) {
        const auto later = std::chrono::milliseconds(static_cast<std::int64_t>(fault->seconds * 1000));
        m_api.answer(request, path, caller, now + later);
        return ApiError{504, "", "The gateway did not receive an answer in time.", {}};
    }
    if (fault && fault->kind == Kind::Twice)
        m_api.answer(request, path, caller, now);
    return m_api.answer(request, path, caller, now);
}

bool ApiServer::isSlow(const httplib::Request &request) const
{
    const auto &paths = m_options.slowReadPaths;
    const bool reads =
        request.method == "GET" || request.method == "HEAD" || request.path.ends_with("/restorableTimeRanges");
    return m_options.slowReadSeconds > 0 && reads &&
           (paths.empty() || std::any_of(paths.begin(), paths.end(), [&](const std::string &text) {
                return request.path.find(text) != std::string::npos;
            }));
}

void ApiServer::handleOAuth(const httplib::Request &request, httplib::Response &response)
{
    const auto fault = m_faults.take(request.method, request.path);
    if (fault && failInstead(*fault, request, response))
        return;
    OAuthDesk::Answer answer{404, R"({"error":"invalid_request","error_description":"No such resource."})"};
    const std::string authorization = request.get_header_value("Authorization");
    if (request.method != "POST")
        answer.status = 405;
    else if (request.path == "/api/oauth/token")
        answer = m_desk.token(authorization, request.get_header_value("Content-Type"), request.body, request.path);
    else if (request.path == "/api/oauth/revoke")
        answer = m_desk.revoke(authorization, request.body);
    response.status = answer.status;
    if (!answer.body.empty())
        response.set_content(answer.body, jsonType);
    if (answer.status == 401)
        response.set_header("WWW-Authenticate", "Basic realm=\"oauth\"");
    if (fault)
        failAfterwards(*fault, request, response);
}

void ApiServer::handleControl(const httplib::Request &request, httplib::Response &response)
{
    Json body = Json::object();
    if (request.path == "/demo/requests") {
        body = m_log.json();
    } else if (request.path == "/demo/ids") {
        body = m_names;
    } else if (request.path == "/demo/faults" && request.method == "POST") {
        for (const auto &line : split(request.body, '\n')) {
            if (trim(line).empty())
                continue;
            const auto rule = parseFault(trim(line));
            if (const std::string why = rule ? whyUseless(*rule) : "Not a fault rule."; !why.empty()) {
                response.status = 400;
                response.set_content(why + " " + line + "\n", "text/plain");
                return;
            }
            m_faults.add(*rule);
        }
    } else {
        response.status = 404;
    }
    response.set_content(body.dump(1) + "\n", jsonType);
}

bool ApiServer::failInstead(const Fault &fault, const httplib::Request &request, httplib::Response &response)
{
    using Kind = Fault::Kind;
    switch (fault.kind) {
    case Kind::Delay:
        m_pause.wait(fault.seconds);
        return false;
    case Kind::Dropped:
        endConnection(request.local_port, request.remote_port);
        return true;
    case Kind::Html:
        response.set_content(strayPage(), "text/html");
        return true;
    case Kind::Empty:
        return true;
    case Kind::Redirect:
        response.status = 302;
        response.set_header("Location", fault.url);
        return true;
    case Kind::Status: {
        std::string code = fault.errorCode;
        if (code.empty())
            code = fault.status == 429 ? "RATE_LIMITED" : fault.status >= 500 ? "UNEXPECTED_ERROR" : "";
        const std::string detail = fault.status == 429 ? "Resource " + request.path + " is limited."
                                                       : "The service answers with an error on purpose.";
        write(request, response, ApiError{fault.status, code, detail, {}});
        addRetryAfter(response, fault, m_clock());
        return true;
    }
    default:
        return false;
    }
}

void ApiServer::failAfterwards(const Fault &fault, const httplib::Request &request, httplib::Response &response) const
{
    if (fault.kind == Fault::Kind::Lost)
        endConnection(request.local_port, request.remote_port);
    if (fault.kind == Fault::Kind::Truncated)
        response.body.resize(response.body.size() / 2);
}

void ApiServer::write(const httplib::Request &request, httplib::Response &response, const Answer &answer) const
{
    Json body = answer.body;
    const bool bare = (body.is_array() && m_options.envelopeArrays == "bare") ||
                      (answer.status >= 400 && m_options.envelopeErrors == "bare");
    const Query query(request.target);
    const bool wrap = query.get("envelope") == "true" && !bare && answer.type.empty();
    if (wrap) {
        if (body.is_object() && body.contains("results"))
            body["status"] = answer.status;
        else
            body = Json{{"status", answer.status}, {m_options.envelopeField, body}};
    }
    response.status = answer.status;
    for (const auto &[name, value] : answer.headers)
        response.set_header(name, value);
    // Documented in the samples of every call.
    response.set_header("Vary", "Accept-Encoding");
    response.set_header("Strict-Transport-Security", "max-age=300");
    std::string text = query.get("pretty") == "true" ? body.dump(2) + "\n" : body.dump();
    if (!wrap && !answer.text.empty())
        text = answer.text;
    response.set_content(text, !answer.type.empty() ? answer.type : answer.status == 401 ? refusalType : jsonType);
}

} // namespace tidemark::demo
