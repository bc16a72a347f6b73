#pragma once

#include <QString>

#include <chrono>
#include <functional>

class QWidget;

namespace tidemark {

/// One thing that a person does, and how one sees that it happened.
struct WalkthroughStep
{
    QString title;   ///< for the printed line
    QString picture; ///< the picture's name without number and ending
    /// Does it. Returns what stands in the way (and has then changed nothing), empty when it was done. Tried again
    /// until the limit, since a window may need a moment.
    std::function<QString()> act;
    /// What is still missing after that, in words; empty when the step really happened.
    std::function<QString()> missing;
    /// The window whose picture is saved.
    std::function<QWidget *()> window;
    std::chrono::seconds limit{20};
};

} // namespace tidemark
