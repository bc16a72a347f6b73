#pragma once

namespace tidemark {

/// The calling thread steps back where processors are short: archives at full speed must not hold up the window. On
/// Linux each thread has a nice value of its own; elsewhere, and where it is refused, nothing changes.
void stepBehindTheWindow();

} // namespace tidemark
