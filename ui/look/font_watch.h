#pragma once

#include <QObject>

namespace tidemark {

/// Tells when the application's font changes. A widget with a font of its own is not told by Qt, and if each watched
/// all of the application's events that would cost; so one does it for all.
class FontWatch : public QObject
{
    Q_OBJECT

public:
    /// The application's; goes with it.
    static FontWatch *instance();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed();

private:
    explicit FontWatch(QObject *application);
};

} // namespace tidemark
