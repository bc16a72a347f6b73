#include "demo/download_server.h"

#include "demo/api_server.h"
#include "demo/sockets.h"
#include "demo/transfer.h"

namespace tidemark::demo {

namespace {

/// "bytes=40-", "bytes=40-99", "bytes=-20" within an archive of @p size bytes. Nothing: not one range, ignore it.
/// A stretch with no bytes: cannot be satisfied.
std::optional<Stretch> parseRange(const std::string &header, std::uint64_t size)
{
    if (!startsWith(header, "bytes="))
        return std::nullopt;
    const std::string text = trim(header.substr(6));
    const auto dash = text.find('-');
    if (dash == std::string::npos || text.find(',') != std::string::npos)
        return std::nullopt;
    const auto first = parseInteger(std::string_view(text).substr(0, dash));
    const auto last = parseInteger(std::string_view(text).substr(dash + 1));
    if (dash == 0) {
        if (!last || *last < 0)
            return std::nullopt;
        const auto count = std::min(static_cast<std::uint64_t>(*last), size);
        return Stretch{size - count, size};
    }
    if (!first || *first < 0 || (!last && dash + 1 != text.size()) || (last && *last < *first))
        return std::nullopt;
    const auto from = static_cast<std::uint64_t>(*first);
    if (from >= size)
        return Stretch{size, size};
    return Stretch{from, last ? std::min(static_cast<std::uint64_t>(*last) + 1, size) : size};
}

} // namespace

DownloadServer::DownloadServer(httplib::Server &server, const Options &options, JobStore &jobs, Archives &archives,
                               Faults &faults, RequestLog &log, Clock clock)
    : m_options(options)
    , m_jobs(jobs)
    , m_archives(archives)
    , m_faults(faults)
    , m_log(log)
    , m_clock(std::move(clock))
{
    prepareServer(server);
    server.Get(".*", [this](const httplib::Request &request, httplib::Response &response) {
        handle(request, response);
        addCommonHeaders(response, m_options, m_clock());
        m_log.add(request, response.status);
    });
}

void DownloadServer::refuse(httplib::Response &response, int status, const std::string &why) const
{
    response.status = status;
    response.set_content(why + "\n", "text/plain");
}

std::optional<Job> DownloadServer::admit(const httplib::Request &request, httplib::Response &response) const
{
    // /backup/restore/v2/pull/JOB/KEY/FILE or /backup/restore/v3/pull/JOB/FILE
    const auto parts = split(request.path, '/');
    const bool v2 = parts.size() == 8 && parts[3] == "v2";
    const bool v3 = parts.size() == 7 && parts[3] == "v3";
    if (!(v2 || v3) || parts[1] != "backup" || parts[2] != "restore" || parts[4] != "pull") {
        refuse(response, 404, "No such resource.");
        return std::nullopt;
    }
    const auto job = m_jobs.find(parts[5], m_clock());
    const std::string bearer = request.get_header_value("Authorization");
    const bool known = job && !job->fileName.empty() && job->fileName == parts.back();
    if (v3 && (m_options.links == "v2" || !known || bearer != "Bearer " + job->bearer)) {
        refuse(response, known && m_options.links != "v2" ? 401 : 404, "This download needs its own authorization.");
        return std::nullopt;
    }
    if (v2 && (!known || job->key != parts[6] || startsWith(m_options.links, "v3"))) {
        refuse(response, 404, "No such download.");
        return std::nullopt;
    }
    return job;
}

bool DownloadServer::useLink(const Job &job, std::uint64_t from, bool head, httplib::Response &response)
{
    const Time now = m_clock();
    const std::string status = deliveryStatus(job, now);
    bool alive = false;
    if (status == "READY") {
        const bool counts = !head && (m_options.count == "range" || (m_options.count == "start" && from == 0));
        alive = !counts || m_jobs.startDownload(job.id, now);
    } else {
        // Going on with a download that was counted when it began.
        alive = status == "MAX_DOWNLOADS_EXCEEDED" && m_options.count == "start" && from > 0;
    }
    if (alive)
        return true;
    if (status == "NOT_STARTED" || status == "IN_PROGRESS") {
        refuse(response, 404, "The download is not ready.");
    } else if (m_options.deadLink == "html") {
        response.set_content(strayPage(), "text/html");
    } else {
        refuse(response, static_cast<int>(parseInteger(m_options.deadLink).value_or(403)),
               status == "EXPIRED" ? "The download link has expired." : "The download link has been used up.");
    }
    return false;
}

bool DownloadServer::failInstead(const Fault &fault, const httplib::Request &request, httplib::Response &response)
{
    using Kind = Fault::Kind;
    switch (fault.kind) {
    case Kind::Status:
        refuse(response, fault.status, "The service answers with an error on purpose.");
        addRetryAfter(response, fault, m_clock());
        return true;
    case Kind::Html:
        response.set_content(strayPage(), "text/html");
        return true;
    case Kind::Empty:
    case Kind::Truncated:
        return true;
    case Kind::Redirect:
        response.status = 302;
        response.set_header("Location", fault.url);
        return true;
    case Kind::Lost:
    case Kind::Dropped:
        endConnection(request.local_port, request.remote_port);
        return true;
    case Kind::Delay:
        m_pause.wait(fault.seconds);
        return false;
    default:
        return false;
    }
}

void DownloadServer::handle(const httplib::Request &request, httplib::Response &response)
{
    response.status = 200;
    // Ranges are served here or not at all, never by the library.
    const_cast<httplib::Request &>(request).ranges.clear(); // NOLINT
    const auto job = admit(request, response);
    if (!job)
        return;
    const auto fault = m_faults.take(request.method, request.path);
    if (fault && failInstead(*fault, request, response))
        return;
    send(*job, request, response, fault ? &*fault : nullptr);
}

void DownloadServer::send(const Job &job, const httplib::Request &request, httplib::Response &response,
                          const Fault *fault)
{
    const auto archive = m_archives.of(job);
    const bool head = request.method == "HEAD";
    Stretch stretch;
    std::uint64_t size = 0;
    if (m_options.ranges || m_options.framing == "length") {
        size = archive->image()->size();
        stretch.end = size;
    }
    bool partial = false;
    if (m_options.ranges) {
        const std::string condition = request.get_header_value("If-Range");
        if (const auto range = parseRange(request.get_header_value("Range"), size);
            range && (condition.empty() || condition == archive->etag())) {
            if (range->from == *range->end) {
                response.set_header("Content-Range", "bytes */" + std::to_string(size));
                refuse(response, 416, "There are no such bytes.");
                return;
            }
            partial = true;
            stretch = *range;
        }
    }
    if (!useLink(job, stretch.from, head, response))
        return;
    if (m_options.ranges) {
        response.set_header("Accept-Ranges", "bytes");
        response.set_header("ETag", archive->etag());
    }
    if (partial) {
        response.status = 206;
        response.set_header("Content-Range", "bytes " + std::to_string(stretch.from) + "-" +
                                                 std::to_string(*stretch.end - 1) + "/" + std::to_string(size));
    }
    if (m_options.contentEncoding && request.get_header_value("Accept-Encoding").find("gzip") != std::string::npos)
        response.set_header("Content-Encoding", "gzip");
    response.set_header("Content-Disposition", "attachment; filename=\"" + job.fileName + "\"");
    if (fault && fault->kind == Fault::Kind::Short && stretch.end)
        stretch.end = std::min(*stretch.end, stretch.from + fault->at);

    const auto transfer = std::make_shared<Transfer>(Transfer::Setting{m_options, m_jobs, m_clock, m_stopping}, job,
                                                     archive, stretch, fault ? std::optional(*fault) : std::nullopt);
    const char *type = "application/gzip";
    const bool close = !stretch.end && m_options.framing == "close";
    const auto over = [transfer, close, local = request.local_port, peer = request.remote_port](bool) {
        transfer->over();
        // Without a length only the end of the connection tells that the archive is complete.
        if (close)
            endConnection(local, peer);
    };
    if (stretch.end) {
        response.set_content_provider(
            static_cast<std::size_t>(*stretch.end - stretch.from), type,
            [transfer](std::size_t, std::size_t, httplib::DataSink &sink) { return transfer->step(sink); }, over);
    } else if (close) {
        response.set_header("Connection", "close");
        response.set_content_provider(
            type, [transfer](std::size_t, httplib::DataSink &sink) { return transfer->step(sink); }, over);
    } else {
        response.set_chunked_content_provider(
            type, [transfer](std::size_t, httplib::DataSink &sink) { return transfer->step(sink); }, over);
    }
}

} // namespace tidemark::demo
