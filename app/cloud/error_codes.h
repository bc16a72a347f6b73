#pragma once

#include "base/error.h"

#include <QString>

namespace tidemark {

/// What one error code of the API means to a DBA. Texts are untranslated; translate with errorCodeText().
struct ErrorCodeEntry
{
    const char *code;
    ErrorKind kind;
    const char *sentence;
    const char *hint;        ///< may be empty
    bool showDetail = false; ///< the server's own text names something that the sentence cannot know
};

/// The entry of a code, or nullptr for one that is not known.
const ErrorCodeEntry *errorCodeEntry(const QString &code);

/// Entries of OAuth's codes (RFC 6749 section 5.2 and the Cloud Manager pages on service accounts).
const ErrorCodeEntry *tokenErrorEntry(const QString &code);

QString errorCodeText(const char *text);

} // namespace tidemark
