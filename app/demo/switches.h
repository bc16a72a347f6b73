#pragma once

#include "demo/options.h"

#include <functional>

namespace tidemark::demo {

/// One switch: its name, what stands after it (empty when nothing does), its line in --help, and what it sets.
struct Switch
{
    std::string section; ///< starts a section of the help when not empty
    std::string name;
    std::string argument;
    std::string help;
    std::function<bool(Options &, const std::string &)> set;
};

/// All switches, in the order of --help.
const std::vector<Switch> &switches();

} // namespace tidemark::demo
