/// Whatever a server calls its file, it is saved under one name inside the folder.
#include "check.h"
#include "downloads/safe_name.h"

using namespace tidemark;

namespace {

void checkName(const QString &name)
{
    CHECK(!name.isEmpty() && name != QStringLiteral(".") && name != QStringLiteral(".."));
    CHECK(!name.contains(QLatin1Char('/')) && !name.contains(QChar(u'\0')));
    CHECK(name.toUtf8().size() + 16 <= 255);
    CHECK(QString::fromUtf8(name.toUtf8()) == name);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length)
{
    const QString server = QString::fromUtf8(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length));
    const QString name = safeFileName(server);
    checkName(name);
    const QString numbered = numberedName(name, 2);
    checkName(numbered);
    CHECK(numbered != name);
    return 0;
}
