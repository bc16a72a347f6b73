#pragma once

#include "moment/moment.h"

namespace tidemark {

/// A place in a text that tells of a moment.
struct FoundMoment
{
    qsizetype begin = 0;
    qsizetype end = 0;
    std::vector<Moment> moments; ///< several: `doubt` says why; none: `refusal` does
    MomentDoubt doubt = MomentDoubt::Several;
    MomentRefusal refusal;
    bool isMark = false; ///< an object id or a number beside a time is a name or a count, and no second time
};

/// A text with more is refused: what each place costs bounds what a key costs.
constexpr size_t MostPlaces = 500;

/// Stands in a text for what was found there, so that nothing else is read from it.
constexpr QChar Taken(0x1);

/// Takes the places from `first` on out of the text. Of many at once, since a text that a match still holds is copied
/// with the first change.
inline void blankAll(QString &text, const std::vector<FoundMoment> &all, size_t first)
{
    for (size_t i = first; i < all.size(); ++i) {
        for (qsizetype at = all[i].begin; at < all[i].end; ++at)
            text[at] = Taken;
    }
}

} // namespace tidemark
