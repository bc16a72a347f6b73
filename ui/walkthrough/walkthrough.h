#pragma once

#include <QObject>
#include <QString>

#include <memory>

namespace tidemark {

class MainWindow;

/// Drives the real windows, by their labels, through every restore mode against the stand-in Cloud Manager, from the
/// empty wizard to verified files and a mismatch that is caught. Prints one line and saves one picture for each step.
/// Ends at the first step that does not really happen.
class Walkthrough : public QObject
{
    Q_OBJECT

public:
    /// Pictures go to `directory` (made when missing) as NN-step.png; archives are downloaded into `downloadFolder`.
    Walkthrough(MainWindow &window, QString directory, QString downloadFolder, QObject *parent = nullptr);
    ~Walkthrough() override;

    void start();

Q_SIGNALS:
    /// 0 only if every step happened.
    void finished(int exitCode);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tidemark
