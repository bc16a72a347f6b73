#pragma once

#include "demo/text.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tidemark::demo {

/// What goes wrong with one request.
struct Fault
{
    enum class Kind {
        Status,    ///< this status with an error document
        Delay,     ///< late, otherwise right
        Late,      ///< 504 at once, carried out so many seconds later
        Twice,     ///< carried out twice, as by a gateway that repeats a request; the second answer
        Lost,      ///< carried out, then the connection is closed without an answer
        Dropped,   ///< not carried out, the connection is closed without an answer
        Html,      ///< a page with status 200
        Empty,     ///< status 200 without a body
        Truncated, ///< the right answer, cut in its middle, the length fitting
        Redirect,  ///< 302 to another address
        Cut,       ///< archives: the connection ends after so many bytes of the transfer
        Stall,     ///< archives: silence after so many bytes of the transfer
        Flip,      ///< archives: the byte at this place of the archive is wrong
        Short,     ///< archives: a proper end after so many bytes of the transfer
    };
    Kind kind = Kind::Status;
    int status = 0;
    double seconds = 0;
    std::uint64_t at = 0;
    std::string url;
    std::string errorCode;
    std::string retryAfter; ///< "" none, "5" seconds, "date:5" as a date five seconds from now

    bool operator==(const Fault &) const = default;
};

/// When it goes wrong: for requests with this method ("" any) whose path contains this text, or ends with it, after
/// skipping some, for so many of them.
struct FaultRule
{
    std::string method;
    std::string path;
    bool atEnd = false; ///< the path ends with the text
    Fault fault;
    int skip = 0;
    int times = 1; ///< -1: always

    [[nodiscard]] bool concerns(const std::string &requestMethod, const std::string &requestPath) const;
    bool operator==(const FaultRule &) const = default;
};

std::optional<FaultRule> parseFault(const std::string &text);

/// Why a rule can never do anything; empty when it can.
std::string whyUseless(const FaultRule &rule);
/// The same for rules that are in force together, the first one that concerns a request being used.
std::string whyUseless(const std::vector<FaultRule> &rules);

std::string faultHelp();

/// The rules in force. Thread safe.
class Faults
{
public:
    explicit Faults(std::vector<FaultRule> rules);
    void add(const FaultRule &rule);
    /// What shall go wrong with this request, and uses up one of the rule's times.
    std::optional<Fault> take(const std::string &method, const std::string &path);

private:
    std::mutex m_mutex;
    std::vector<FaultRule> m_rules;
};

} // namespace tidemark::demo
