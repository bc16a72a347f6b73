#include "demo/faults.h"

#include <charconv>

namespace tidemark::demo {

namespace {

std::optional<double> parseSeconds(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

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
          Word{"empty", Kind::Empty, 0}, Word{"truncated", Kind::Truncated, 0}, Word{"delay", Kind::Delay, 's'},
          Word{"redirect", Kind::Redirect, 't'}, Word{"cut", Kind::Cut, 'b'}, Word{"stall", Kind::Stall, 'b'},
          Word{"flip", Kind::Flip, 'b'}, Word{"short", Kind::Short, 'b'}}) {
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
           "  TEXT     part of the path; * for any. Archives have \"/pull/\" in theirs.\n"
           "  WHAT     a status (503), drop (no answer, not carried out), lost (carried out, no answer),\n"
           "           delay:SECONDS, html, empty, truncated, redirect:URL;\n"
           "           for archives also cut@BYTES, stall@BYTES, short@BYTES (proper end too early),\n"
           "           flip@BYTES (one wrong byte). BYTES of this transfer; for flip of the archive\n"
           "  MORE     once (default), xN (the first N times), always, skip=N (let N pass first),\n"
           "           retry-after=SECONDS, retry-after=date:SECONDS, code=ERROR_CODE\n"
           "Examples\n"
           "  --fault \"POST /restoreJobs=lost\"\n"
           "  --fault \"GET /snapshots=429 x2 retry-after=1\"\n"
           "  --fault \"/pull/=cut@10M x2\"\n";
}

Faults::Faults(const std::vector<std::string> &rules)
{
    for (const auto &text : rules) {
        if (const auto rule = parseFault(text))
            m_rules.push_back(*rule);
    }
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
        if (rule.times == 0 || (!rule.method.empty() && rule.method != method) ||
            path.find(rule.path) == std::string::npos)
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
