#pragma once

namespace tidemark::demo {

/// Keeps SIGTERM, SIGINT and SIGHUP for waitForEnd(); call before any thread is started.
void holdSignals();

/// Ends this process as SIGTERM would, as soon as the process that started it has ended in whatever way.
void endWithParent();

/// Returns when the process shall end.
void waitForEnd();

} // namespace tidemark::demo
