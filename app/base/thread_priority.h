#pragma once

/// Who goes first where processors are short: the window answers at once, archives at full speed take what is left.
/// Needs no privileges. Linux only; elsewhere, and where the kernel refuses, nothing changes.
namespace tidemark {

/// The calling thread, the window's, is to run as soon as it has something to do: it asks for slices of 0.1 ms, which
/// from Linux 6.12 on brings it before threads with longer ones, of other programs too. Threads and programs that it
/// starts are as usual.
void answerAtOnce();

/// The calling thread steps back: a nice value 5 above the process's, and it interrupts nobody when it wakes up.
void stepBehindTheWindow();

} // namespace tidemark
