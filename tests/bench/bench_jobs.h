#pragma once

namespace tidemark::bench {

/// Serves clusters of so many restore jobs each, of which one in a hundred is another with each reading of the list.
/// Prints the server's URL and runs until the process is ended. Needs a QCoreApplication.
int serveJobs(int jobsPerCluster);

} // namespace tidemark::bench
