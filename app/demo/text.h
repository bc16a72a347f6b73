#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Small text and time helpers of the stand-in Cloud Manager. It shares no code with Tidemark itself, so that a mistake
// in Tidemark's own reading of the API cannot hide behind the same mistake here.
namespace tidemark::demo {

/// A moment in UTC, milliseconds.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where the time comes from; real time plus the skew that was asked for.
using Clock = std::function<Time()>;

/// Seconds since the epoch, rounded down.
std::int64_t epochSeconds(Time time);
Time fromEpochSeconds(std::int64_t seconds);

/// "2026-11-25T14:00:00Z": what the API sends.
std::string isoTime(Time time);

/// "Wed, 25 Nov 2026 14:00:00 GMT": HTTP headers.
std::string httpTime(Time time);

/// "Wed Nov 25 14:00:00 GMT 2026": restoreInfo.txt.
std::string infoTime(Time time);

struct ParsedTime
{
    Time time;
    bool fractional = false; ///< a part of a second other than zero was given
};

/// ISO 8601 date, or date and time with or without seconds, fraction and zone. No zone means UTC.
std::optional<ParsedTime> parseIsoTime(std::string_view text);

/// A whole decimal number with an optional sign, and nothing else.
std::optional<std::int64_t> parseInteger(std::string_view text);

/// "3", "0.25": seconds, zero or more, below 1e6.
std::optional<double> parseSeconds(std::string_view text);

/// "512", "24M", "8G", "64KiB": bytes, powers of 1024.
std::optional<std::uint64_t> parseSize(std::string_view text);

bool isHex(std::string_view text, std::size_t length);
std::string lower(std::string_view text);
std::string upper(std::string_view text);
std::string trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
bool startsWith(std::string_view text, std::string_view prefix);

std::string hex(std::string_view bytes);
std::string base64(std::string_view bytes);
std::optional<std::string> fromBase64(std::string_view text);

/// "%20" → " "; a plus stays one.
std::string percentDecoded(std::string_view text);
/// Everything but letters, digits and -._~ as "%2F".
std::string percentEncoded(const std::string &text);

} // namespace tidemark::demo
