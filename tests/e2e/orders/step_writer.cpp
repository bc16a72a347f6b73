// What step_shim_test.py watches: a program that writes files as Tidemark may, with Qt and with the C library, in an
// order that never changes. step_writer FOLDER; exit status 0 only if every step worked.

#include <QCoreApplication>
#include <QFile>
#include <QLockFile>
#include <QSaveFile>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>

static bool saveWithQt(const QString &path)
{
    // commit() alone does not tell when emptying the buffer fails, nor when the sync does (Qt 6.4).
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write("0123456789") == 10 && file.flush() && file.commit();
}

static bool appendWithTheLibrary(const std::string &path)
{
    const int descriptor = open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    const bool done = descriptor >= 0 && flock(descriptor, LOCK_EX) == 0 && write(descriptor, "0123456789", 10) == 10 &&
                      pwrite(descriptor, "x", 1, 0) == 1 && fsync(descriptor) == 0 && fdatasync(descriptor) == 0 &&
                      ftruncate(descriptor, 4) == 0;
    return close(descriptor) == 0 && done;
}

static bool moveAbout(const std::string &folder)
{
    std::error_code error;
    std::ofstream(folder + "/stream") << "stream";
    return link((folder + "/stream").c_str(), (folder + "/linked").c_str()) == 0 &&
           rename((folder + "/linked").c_str(), (folder + "/renamed").c_str()) == 0 &&
           QFile::rename(QString::fromStdString(folder + "/renamed"), QString::fromStdString(folder + "/moved")) &&
           unlink((folder + "/stream").c_str()) == 0 && std::filesystem::remove(folder + "/moved", error);
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::string folder = application.arguments().value(1).toStdString();
    const QString qtFolder = QString::fromStdString(folder);
    QLockFile lock(qtFolder + QStringLiteral("/lock"));
    return lock.lock() && saveWithQt(qtFolder + QStringLiteral("/saved")) &&
                   appendWithTheLibrary(folder + "/appended") && moveAbout(folder)
               ? 0
               : 1;
}
