#pragma once

#include "moment/moment.h"

#include <QWidget>

#include <vector>

namespace tidemark {

class WrapLayout;

/// The moments that a text can mean, a button each: the person says which. Hidden while there is nothing to say.
class MomentChoices : public QWidget
{
    Q_OBJECT

public:
    explicit MomentChoices(QWidget *parent = nullptr);

    /// `zones`: shown beside UTC where they show something else.
    void setChoices(const std::vector<Moment> &choices, const std::vector<QTimeZone> &zones);

Q_SIGNALS:
    void chosen(const tidemark::Moment &moment);

private:
    std::vector<Moment> m_choices;
    std::vector<QTimeZone> m_zones;
    WrapLayout *m_layout;
};

/// What an answer leaves to be said: its choices, or the whole seconds around a part of one.
std::vector<Moment> choicesOf(const MomentAnswer &answer);

} // namespace tidemark
