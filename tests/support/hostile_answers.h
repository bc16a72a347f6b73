#pragma once

#include "support/scripted_server.h"

namespace tidemark::test {

/// A list's page of `bytes` bytes in the form of its beginning, many times `item`, and its end.
ScriptedAnswer pageOf(const QByteArray &item, qint64 bytes, bool goesOn = false);
/// An answer that is made while it is sent.
ScriptedAnswer endless(const QByteArray &piece, qint64 size, int status = 200);
/// The page that a list's request asks for.
int pageNumber(const RecordedRequest &request);
/// One of the eight pages of a list, with `count` items that have `rest` after their ids. Made while it is sent, so
/// that the server's copy is not in the memory that is measured.
ScriptedAnswer fullPage(const RecordedRequest &request, int count, const QByteArray &rest);
/// For that: arrays within arrays, and a text of `filler` bytes.
QByteArray deepAndLong(int filler);
/// 60 MB of JSON in the forms that cost most, another one for each list.
ScriptedAnswer hostileAnswer(const RecordedRequest &request);

} // namespace tidemark::test
