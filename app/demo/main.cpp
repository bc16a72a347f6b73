#include "demo/api_server.h"
#include "demo/download_server.h"
#include "demo/early_hashes.h"
#include "demo/lifetime.h"
#include "demo/sockets.h"
#include "demo/state.h"

#include <sys/socket.h>

#include <cstdlib>
#include <iostream>
#include <thread>

namespace demo = tidemark::demo;

namespace {

constexpr const char *loopback = "127.0.0.1";

/// The port the server listens on; 0 when it cannot.
int listenOn(httplib::Server &server, int port)
{
    // The library's own choice lets a second stand-in share the port of the first.
    server.set_socket_options([](int socket) {
        const int yes = 1;
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    });
    if (port == 0)
        return std::max(0, server.bind_to_any_port(loopback));
    return server.bind_to_port(loopback, port) ? port : 0;
}

/// Names of everything with an id, for people and scripts that put ids into curl calls.
demo::Json namesOf(const demo::World &world)
{
    demo::Json names{{"organization", world.orgId}};
    for (const auto &project : world.projects)
        names["projects"][project.name] = project.id;
    for (const auto &cluster : world.clusters)
        names["clusters"][cluster.name] = {{"id", cluster.id}, {"projectId", cluster.projectId}};
    return names;
}

/// Listens where the last run did if it can, so that its links go on working.
int listenAgain(httplib::Server &server, int asked, int last)
{
    const int port = asked == 0 && last != 0 ? listenOn(server, last) : 0;
    return port != 0 ? port : listenOn(server, asked);
}

int run(const demo::Options &options)
{
    const demo::Clock clock = [skew = std::chrono::seconds(options.clockSkewSeconds)] {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + skew;
    };
    httplib::Server apiListener;
    httplib::Server archiveListener;
    demo::SavedState state = demo::readState(options.stateFile).value_or(demo::SavedState{});
    const int port = listenAgain(apiListener, options.port, state.port);
    const int archivePort = listenAgain(archiveListener, options.archivePort, state.archivePort);
    if (port == 0 || archivePort == 0) {
        std::cerr << "tidemark-demo-cloud: cannot listen on 127.0.0.1 port "
                  << (port == 0 ? options.port : options.archivePort) << '\n';
        return EXIT_FAILURE;
    }
    const demo::Addresses addresses{"http://127.0.0.1:" + std::to_string(port),
                                    "http://127.0.0.1:" + std::to_string(archivePort)};
    const demo::Credentials credentials;
    // A run that goes on soon after the last one sees the same snapshots at the same times.
    if (clock() > state.start + std::chrono::hours(6) || clock() < state.start)
        state.start = clock();
    state.port = port;
    state.archivePort = archivePort;
    demo::World world = demo::buildWorld(options, state.start);
    demo::JobStore jobs(world, options);
    if (state.jobs.empty())
        jobs.addHistory(clock());
    else
        jobs.restore(state.jobs);
    if (!options.stateFile.empty()) {
        const auto keep = [&options, &state](const std::vector<demo::Job> &all) {
            state.jobs = all;
            demo::writeState(options.stateFile, state);
        };
        jobs.setObserver(keep);
        keep(jobs.all());
    }
    demo::Faults faults(options.faults);
    demo::RequestLog log(options.verbose, clock);
    demo::OAuthDesk desk(options, credentials, clock);
    demo::Gate gate(options, credentials, desk, clock);
    const demo::Documents documents(world, options, addresses);
    demo::Api api(world, options, jobs, documents);
    demo::ApiServer apiServer(apiListener, options, api, gate, desk, faults, log, namesOf(world), clock);
    demo::Archives archives(world, options);
    demo::DownloadServer downloadServer(archiveListener, options, jobs, archives, faults, log, clock);
    std::optional<demo::EarlyHashes> earlyHashes;
    if (options.hash == "early")
        earlyHashes.emplace(jobs, archives, clock);

    std::thread apiThread([&] { apiListener.listen_after_bind(); });
    std::thread archiveThread([&] { archiveListener.listen_after_bind(); });
    std::cout << demo::Json{{"archiveUrl", addresses.archives},
                            {"baseUrl", addresses.api},
                            {"clientId", credentials.account.id},
                            {"clientSecret", credentials.account.secret},
                            {"privateKey", credentials.keys[0].privateKey},
                            {"publicKey", credentials.keys[0].publicKey},
                            {"readOnlyPrivateKey", credentials.keys[1].privateKey},
                            {"readOnlyPublicKey", credentials.keys[1].publicKey}}
                     .dump()
              << std::endl;

    demo::waitForEnd();
    apiServer.stop();
    downloadServer.stop();
    while (!apiListener.is_running() || !archiveListener.is_running())
        std::this_thread::yield();
    apiListener.stop();
    archiveListener.stop();
    demo::endConnections(port);
    demo::endConnections(archivePort);
    apiThread.join();
    archiveThread.join();
    return EXIT_SUCCESS;
}

} // namespace

int main(int argc, char **argv)
{
    const auto parsed = demo::parseOptions({argv + 1, argv + argc});
    if (parsed.help) {
        std::cout << demo::helpText();
        return EXIT_SUCCESS;
    }
    if (!parsed.error.empty()) {
        std::cerr << "tidemark-demo-cloud: " << parsed.error << '\n';
        return 2;
    }
    demo::holdSignals();
    if (parsed.options.exitWithParent)
        demo::endWithParent();
    return run(parsed.options);
}
