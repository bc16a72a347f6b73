#pragma once

namespace tidemark {

/// From now on the process leaves no core file and lets no process of the same user read its memory, so that secrets
/// stay where they are. Does nothing where the system has no such switch.
void forbidCoreDumps();

} // namespace tidemark
