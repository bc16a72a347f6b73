#pragma once

#include "downloads/disk.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>

/// What the system calls of disk.cpp and disk_names.cpp have in common.
namespace tidemark::disk {

/// Asks the seam, then makes the call. As system calls do: negative, with errno set, when it failed.
template<typename Call>
auto through(const Step &step, Call call) -> decltype(call())
{
    const int verdict = askSeam(step);
    if (verdict == LeaveOut)
        return 0;
    if (verdict != 0) {
        errno = verdict;
        return -1;
    }
    return call();
}

inline QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::disk", text);
}

inline QByteArray native(const QString &path)
{
    return QFile::encodeName(path);
}

inline tl::unexpected<Trouble> failed(int errnoValue, const QString &what)
{
    return tl::unexpected<Trouble>(trouble(errnoValue, what));
}

inline QString couldNot(const char *sentence, const QString &path)
{
    return tr(sentence).arg(path);
}

} // namespace tidemark::disk
