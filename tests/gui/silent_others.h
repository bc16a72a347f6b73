#pragma once

#include <QProcess>

namespace tidemark::test {

/// Whoever the program depends on and who keeps it waiting, in one process of its own, so that nothing of them is in
/// the figures: a keychain, a proxy script's server and an address that say nothing, and an API's server that answers
/// as it should and, once told, with as much hostile JSON as it is asked for.
class SilentOthers
{
public:
    SilentOthers();
    ~SilentOthers();
    SilentOthers(const SilentOthers &) = delete;
    SilentOthers &operator=(const SilentOthers &) = delete;

    /// Empty once all of them are there.
    QString start();
    void becomeHostile();

    quint16 api() const { return m_ports[0]; }
    quint16 script() const { return m_ports[1]; }
    quint16 dead() const { return m_ports[2]; }

    /// What the other process does, which is this program with this argument.
    static constexpr const char *argument = "--others";
    static int run(int &argc, char **argv);

private:
    QProcess m_process;
    quint16 m_ports[3] = {};
};

} // namespace tidemark::test
