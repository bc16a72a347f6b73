#include "demo/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

std::string formatted(Time time, const char *format)
{
    const auto seconds = static_cast<std::time_t>(epochSeconds(time));
    std::tm broken{};
    gmtime_r(&seconds, &broken);
    std::array<char, 64> buffer{};
    const auto length = std::strftime(buffer.data(), buffer.size(), format, &broken);
    return {buffer.data(), length};
}

/// Reads digits off the front; empty when there are not exactly that many.
std::optional<int> takeDigits(std::string_view &text, std::size_t count)
{
    if (text.size() < count)
        return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool takeChar(std::string_view &text, char wanted)
{
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

/// "Z", "+02:00", "-0400", "+02" or nothing: minutes east of Greenwich.
std::optional<int> takeZone(std::string_view text)
{
    if (text.empty() || text == "Z")
        return 0;
    const int sign = text.front() == '-' ? -1 : 1;
    if (text.front() != '+' && text.front() != '-')
        return std::nullopt;
    text.remove_prefix(1);
    const auto hours = takeDigits(text, 2);
    takeChar(text, ':');
    const auto mins = text.empty() ? std::optional<int>(0) : takeDigits(text, 2);
    if (!hours || !mins || !text.empty() || *hours > 18 || *mins > 59)
        return std::nullopt;
    return sign * (*hours * 60 + *mins);
}

} // namespace

std::int64_t epochSeconds(Time time)
{
    return floor<seconds>(time).time_since_epoch().count();
}

Time fromEpochSeconds(std::int64_t secondsSinceEpoch)
{
    return Time(seconds(secondsSinceEpoch));
}

std::string isoTime(Time time)
{
    return formatted(time, "%Y-%m-%dT%H:%M:%SZ");
}

std::string httpTime(Time time)
{
    return formatted(time, "%a, %d %b %Y %H:%M:%S GMT");
}

std::string infoTime(Time time)
{
    return formatted(time, "%a %b %d %H:%M:%S GMT %Y");
}

std::optional<ParsedTime> parseIsoTime(std::string_view text)
{
    const auto y = takeDigits(text, 4);
    const bool dash1 = takeChar(text, '-');
    const auto mo = takeDigits(text, 2);
    const bool dash2 = takeChar(text, '-');
    const auto d = takeDigits(text, 2);
    if (!y || !mo || !d || !dash1 || !dash2)
        return std::nullopt;
    const year_month_day date{year(*y), month(static_cast<unsigned>(*mo)), day(static_cast<unsigned>(*d))};
    if (!date.ok())
        return std::nullopt;
    ParsedTime parsed{Time(sys_days(date)), false};
    if (text.empty())
        return parsed;
    if (!takeChar(text, 'T'))
        return std::nullopt;
    const auto h = takeDigits(text, 2);
    const bool colon = takeChar(text, ':');
    const auto mi = takeDigits(text, 2);
    if (!h || !mi || !colon || *h > 23 || *mi > 59)
        return std::nullopt;
    int s = 0;
    int milli = 0;
    if (takeChar(text, ':')) {
        const auto read = takeDigits(text, 2);
        if (!read || *read > 59)
            return std::nullopt;
        s = *read;
        if (takeChar(text, '.')) {
            int scale = 100;
            bool any = false;
            while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
                const int digit = text.front() - '0';
                parsed.fractional = parsed.fractional || digit != 0;
                milli += digit * scale;
                scale /= 10;
                any = true;
                text.remove_prefix(1);
            }
            if (!any)
                return std::nullopt;
        }
    }
    const auto zone = takeZone(text);
    if (!zone)
        return std::nullopt;
    parsed.time += hours(*h) + minutes(*mi) + seconds(s) + milliseconds(milli) - minutes(*zone);
    return parsed;
}

std::optional<std::int64_t> parseInteger(std::string_view text)
{
    if (startsWith(text, "+"))
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

std::optional<double> parseSeconds(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value < 1e6))
        return std::nullopt;
    return value;
}

std::optional<std::uint64_t> parseSize(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc())
        return std::nullopt;
    std::string unit = upper(text.substr(static_cast<std::size_t>(end - text.data())));
    if (unit.size() == 3 && unit.substr(1) == "IB")
        unit.resize(1);
    const std::string_view units = "KMGT";
    unsigned shift = 0;
    if (unit.size() == 1 && units.find(unit[0]) != std::string_view::npos)
        shift = 10 * static_cast<unsigned>(units.find(unit[0]) + 1);
    else if (!unit.empty() && unit != "B")
        return std::nullopt;
    if (shift != 0 && value > (UINT64_MAX >> 2 >> shift))
        return std::nullopt;
    return value << shift;
}

bool isHex(std::string_view text, std::size_t length)
{
    return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char &c : result)
        c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

std::string upper(std::string_view text)
{
    std::string result(text);
    for (char &c : result)
        c = (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    return result;
}

std::string trim(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

bool startsWith(std::string_view text, std::string_view prefix)
{
    return text.substr(0, prefix.size()) == prefix;
}

std::string hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    result.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        result.push_back(digits[byte >> 4U]);
        result.push_back(digits[byte & 15U]);
    }
    return result;
}

namespace {
constexpr std::string_view base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string base64(std::string_view bytes)
{
    std::string result;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k)
            group = (group << 8U) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            result.push_back(k <= count ? base64Alphabet[(group >> (18U - 6U * k)) & 63U] : '=');
    }
    return result;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    std::string result;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const auto value = base64Alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            result.push_back(static_cast<char>((bits >> count) & 255U));
        }
    }
    return result;
}

std::string percentDecoded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && isHex(text.substr(i + 1, 2), 2)) {
            unsigned value = 0;
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16);
            result.push_back(static_cast<char>(value));
            i += 2;
        } else {
            result.push_back(text[i]);
        }
    }
    return result;
}

std::string percentEncoded(const std::string &text)
{
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        result += plain ? std::string(1, c) : "%" + upper(hex(std::string(1, c)));
    }
    return result;
}

} // namespace tidemark::demo
