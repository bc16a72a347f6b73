#pragma once

#include "base/error.h"

#include <QtGlobal>

#include <optional>

namespace tidemark {

/// What decides whether unpacking may begin or go on, in bytes.
struct UnpackSpace
{
    std::optional<qint64> free; ///< for this user; nullopt: the file system does not say
    qint64 needed = 0;          ///< at least, from here on
    qint64 reserve = 0;         ///< to be left for whatever else writes to this disk
};

/// Why the disk has too little room, with the numbers; nullopt when it has enough or does not say.
std::optional<Error> unpackSpaceObjection(const UnpackSpace &space);

/// Free bytes of the file system that the descriptor is on. One that counts no blocks at all says nothing.
std::optional<qint64> freeSpace(int descriptor);

} // namespace tidemark
