#pragma once

#include "session/freshness.h"

#include <QWidget>

namespace tidemark {

class LookIcon;
class LookLabel;

/// Beside **Refresh**: how old what the screen shows is; in warning's colour, with its icon, where it should be newer.
class FreshnessLabel : public QWidget
{
    Q_OBJECT

public:
    explicit FreshnessLabel(QWidget *parent = nullptr);

    void show(const Freshness &freshness, const QDateTime &now);

private:
    LookIcon *m_icon;
    LookLabel *m_fresh;
    LookLabel *m_late;
};

} // namespace tidemark
