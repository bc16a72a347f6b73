#include "demo/faults.h"

#include <algorithm>

namespace tidemark::demo {

namespace {

/// The word after the equals sign: "503", "lost", "cut@10M", "delay:3", "redirect:http://…".
std::optional<Fault> parseWhat(const std::string &what)
{
    const auto mark = what.find_first_of(":@");
    const std::string name = what.substr(0, mark);
    const std::string value = mark == std::string::npos ? std::string() : what.substr(mark + 1);
    using Kind = Fault::Kind;
    Fault fault;
    if (const auto status = parseInteger(name); status && value.empty()) {
        fault.status = static_cast<int>(*status);
        return *status >= 300 && *status <= 599 ? std::optional(fault) : std::nullopt;
    }
    struct Word
    {
        const char *name;
        Kind kind;
        char value; ///< what stands behind it: nothing (0), seconds, bytes, text
    };
    for (const auto &[word, kind, takes] :
         {Word{"lost", Kind::Lost, 0}, Word{"drop", Kind::Dropped, 0}, Word{"html", Kind::Html, 0},
          Word{"empty", Kind::Empty, 0}, Word{"truncated", Kind::Truncated, 0}, Word{"twice", Kind::Twice, 0},
          Word{"late", Kind::Late, 's'}, Word{"delay", Kind::Delay, 's'}, Word{"redirect", Kind::Redirect, 't'},
          Word{"cut", Kind::Cut, 'b'}, Word{"stall", Kind::Stall, 'b'}, Word{"flip", Kind::Flip, 'b'},
          Word{"short", Kind::Short, 'b'}}) {
        if (name != word)
            continue;
        fault.kind = kind;
        if (takes == 0)
            return value.empty() ? std::optional(fault) : std::nullopt;
        if (takes == 't') {
            fault.url = value;
            return value.empty() ? std::nullopt : std::optional(fault);
        }
        if (takes == 's') {
            const auto seconds = parseSeconds(value);
            fault.seconds = seconds.value_or(0);
            return seconds ? std::optional(fault) : std::nullopt;
        }
        const auto bytes = parseSize(value);
        fault.at = bytes.value_or(0);
        return bytes ? std::optional(fault) : std::nullopt;
    }
    return std::nullopt;
}

bool parseExtra(FaultRule &rule, const std::string &word)
{
    if (word == "once") {
        rule.times = 1;
    } else if (word == "always") {
        rule.times = -1;
    } else if (startsWith(word, "x")) {
        const auto times = parseInteger(std::string_view(word).substr(1));
        rule.times = static_cast<int>(times.value_or(0));
        return times && *times > 0;
    } else if (startsWith(word, "skip=")) {
        const auto skip = parseInteger(std::string_view(word).substr(5));
        rule.skip = static_cast<int>(skip.value_or(0));
        return skip && *skip >= 0;
    } else if (startsWith(word, "retry-after=")) {
        rule.fault.retryAfter = word.substr(12);
        const bool date = startsWith(rule.fault.retryAfter, "date:");
        return parseInteger(std::string_view(rule.fault.retryAfter).substr(date ? 5 : 0)).has_value();
    } else if (startsWith(word, "code=")) {
        rule.fault.errorCode = word.substr(5);
    } else {
        return false;
    }
    return true;
}

} // namespace

std::optional<FaultRule> parseFault(const std::string &text)
{
    const auto equals = text.find('=');
    if (equals == std::string::npos)
        return std::nullopt;
    FaultRule rule;
    std::string match = trim(text.substr(0, equals));
    if (const auto space = match.find(' '); space != std::string::npos) {
        rule.method = match.substr(0, space);
        match = trim(match.substr(space));
    }
    rule.path = match == "*" ? std::string() : match;
    if (!rule.path.empty() && rule.path.back() == '$') {
        rule.path.pop_back();
        rule.atEnd = true;
    }
    const auto words = split(trim(text.substr(equals + 1)), ' ');
    const auto fault = parseWhat(words.front());
    if (!fault)
        return std::nullopt;
    rule.fault = *fault;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (!words[i].empty() && !parseExtra(rule, words[i]))
            return std::nullopt;
    }
    return rule;
}

std::string faultHelp()
{
    return "A fault RULE is  [METHOD ]TEXT=WHAT[ MORE...]\n"
           "  TEXT     part of the path, its end where the last character is $; * for any. Archives have\n"
           "           \"/pull/\" in theirs.\n"
           "  WHAT     a status (503), drop (no answer, not carried out), lost (carried out, no answer),\n"
           "           delay:SECONDS, html, empty, truncated, redirect:URL, late:SECONDS (504 at once, carried\n"
           "           out SECONDS later), twice (carried out twice, the second answer: a gateway that repeats);\n"
           "           for archives also cut@BYTES, stall@BYTES, short@BYTES (proper end too early),\n"
           "           flip@BYTES (one wrong byte). BYTES of this transfer; for flip of the archive\n"
           "  MORE     once (default), xN (the first N times), always, skip=N (let N pass first),\n"
           "           retry-after=SECONDS, retry-after=date:SECONDS, code=ERROR_CODE\n"
           "A RULE that can never do anything is refused: cut of a call of the API, late of a GET, a rule after\n"
           "another that is for the same requests and always.\n"
           "Examples\n"
           "  --fault \"POST /restoreJobs=lost\"\n"
           "  --fault \"POST /restoreJobs$=late:15\"\n"
           "  --fault \"GET /snapshots=429 x2 retry-after=1\"\n"
           "  --fault \"/pull/=cut@10M x2\"\n";
}

bool FaultRule::concerns(const std::string &requestMethod, const std::string &requestPath) const
{
    if (!method.empty() && method != requestMethod)
        return false;
    return atEnd ? requestPath.ends_with(path) : requestPath.find(path) != std::string::npos;
}

std::string whyUseless(const FaultRule &rule)
{
    using Kind = Fault::Kind;
    const std::vector<std::string> methods{"", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    if (std::find(methods.begin(), methods.end(), rule.method) == methods.end())
        return rule.method + " is no method that is served; methods are in capital letters.";
    const Kind kind = rule.fault.kind;
    const auto names = [&](std::initializer_list<const char *> words) {
        return std::any_of(words.begin(), words.end(),
                           [&](const char *word) { return rule.path.find(word) != std::string::npos; });
    };
    const bool ofArchives = names({"/pull", "/backup/"});
    const bool ofApi = names({"/api", "/v1.0", "/orgs", "/groups", "/clusters", "/hosts", "/snapshots", "/checkpoints",
                              "/restoreJobs", "/restorableTimeRanges", "/backupConfigs", "/automation", "/events",
                              "/agents", "/measurements", "/databases", "/disks", "/logCollectionJobs"});
    const bool inStream = kind == Kind::Cut || kind == Kind::Stall || kind == Kind::Flip || kind == Kind::Short;
    if (inStream && (ofApi || (!rule.method.empty() && rule.method != "GET")))
        return "cut, stall, short and flip are for GETs of archives.";
    if ((kind == Kind::Late || kind == Kind::Twice) && (ofArchives || rule.method != "POST"))
        return "late and twice are for a POST to the API.";
    if (kind == Kind::Delay && rule.fault.seconds <= 0)
        return "A delay of no time is none.";
    if (kind != Kind::Status && !(rule.fault.retryAfter.empty() && rule.fault.errorCode.empty()))
        return "retry-after and code belong to a status.";
    if (ofArchives && !rule.fault.errorCode.empty())
        return "Archives have no error codes.";
    return {};
}

std::string whyUseless(const std::vector<FaultRule> &rules)
{
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (const std::string why = whyUseless(rules[i]); !why.empty())
            return why;
        for (std::size_t k = 0; k < i; ++k) {
            const FaultRule &earlier = rules[k];
            const bool sameMethod = earlier.method.empty() || earlier.method == rules[i].method;
            const bool samePath = earlier.atEnd ? rules[i].atEnd && rules[i].path.ends_with(earlier.path)
                                                : rules[i].path.find(earlier.path) != std::string::npos;
            if (earlier.times < 0 && earlier.skip == 0 && sameMethod && samePath)
                return "A rule can never be used, because one before it is for all its requests and always.";
        }
    }
    return {};
}

Faults::Faults(std::vector<FaultRule> rules)
    : m_rules(std::move(rules))
{
}

void Faults::add(const FaultRule &rule)
{
    const std::lock_guard lock(m_mutex);
    m_rules.push_back(rule);
}

std::optional<Fault> Faults::take(const std::string &method, const std::string &path)
{
    const std::lock_guard lock(m_mutex);
    for (auto &rule : m_rules) {
        if (rule.times == 0 || !rule.concerns(method, path))
            continue;
        if (rule.skip > 0) {
            --rule.skip;
            continue;
        }
        if (rule.times > 0)
            --rule.times;
        return rule.fault;
    }
    return std::nullopt;
}

} // namespace tidemark::demo
