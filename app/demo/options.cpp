#include "demo/switches.h"
#include "demo/text.h"

#include <algorithm>

namespace tidemark::demo {

ParsedOptions parseOptions(const std::vector<std::string> &arguments)
{
    ParsedOptions parsed;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string name = arguments[i];
        if (name == "--help" || name == "-h") {
            parsed.help = true;
            return parsed;
        }
        std::optional<std::string> value;
        if (const auto equals = name.find('='); startsWith(name, "--") && equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        const auto &all = switches();
        const auto found = std::find_if(all.begin(), all.end(), [&](const Switch &s) { return s.name == name; });
        if (found == all.end()) {
            parsed.error = "Unknown option " + name + "; --help lists them.";
            return parsed;
        }
        if (found->argument.empty() == value.has_value()) {
            if (found->argument.empty() || i + 1 == arguments.size()) {
                parsed.error = found->argument.empty() ? name + " takes no value." : name + " needs a value.";
                return parsed;
            }
        }
        if (!found->argument.empty() && !value)
            value = arguments[++i];
        if (!found->set(parsed.options, value.value_or(std::string()))) {
            parsed.error = name + " cannot be \"" + value.value_or(std::string()) + "\": " + found->help + ".";
            return parsed;
        }
    }
    Options &options = parsed.options;
    const bool opsManager = options.product == "ops-manager";
    if (options.links.empty())
        options.links = opsManager ? "both" : "v2";
    if (options.serverVersion.empty())
        options.serverVersion = opsManager ? "8.0.17.500.20251208T1355Z" : "v20261111";
    const std::string why = whyUseless(options.faults);
    if (!why.empty())
        parsed.error = "--fault: " + why;
    return parsed;
}

std::string helpText()
{
    std::string help = "tidemark-demo-cloud: a stand-in Cloud Manager on 127.0.0.1.\n"
                       "The first line on standard output is one JSON object with baseUrl and keys; SIGTERM ends it.\n";
    for (const auto &s : switches()) {
        if (!s.section.empty())
            help += "\n" + s.section + "\n";
        std::string left = "  " + s.name + (s.argument.empty() ? "" : " " + s.argument);
        constexpr std::size_t column = 30;
        constexpr std::size_t width = 110;
        left.resize(std::max(left.size() + 1, column), ' ');
        std::string line = left;
        for (const auto &word : split(s.help, ' ')) {
            if (line.size() + word.size() > width) {
                help += line + "\n";
                line = std::string(column, ' ');
            }
            line += word + " ";
        }
        help += trim(" " + line).empty() ? "" : line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return help + "\n" + faultHelp();
}

} // namespace tidemark::demo
