#include "connection/mongocli_import.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <toml++/toml.h>

#include <algorithm>
#include <string_view>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::mongocli", text);
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A profile as it stands in the file.
struct Section
{
    QString name;
    toml::source_position place;
    MongocliSettings settings;
    QStringList odd; ///< settings whose value is no text
};

void read(const toml::table &table, Section &section)
{
    static const QStringList names = mongocliSettingNames();
    for (const auto &[key, node] : table) {
        const QString name = textOf(key.str()).toLower();
        if (!names.contains(name))
            continue;
        const bool isSwitch = name == QLatin1String("ops_manager_skip_verify") && node.is_boolean();
        QString text;
        if (const auto *string = node.as_string())
            text = textOf(string->get());
        else if (isSwitch)
            text = node.value_or(false) ? QStringLiteral("true") : QString();
        else
            section.odd << name;
        if (!text.trimmed().isEmpty() && !section.settings.contains(name))
            section.settings.insert(name, text);
    }
}

bool isProfile(const Section &section)
{
    for (const auto *name : {"public_api_key", "private_api_key", "ops_manager_url", "base_url"}) {
        if (section.settings.contains(QLatin1String(name)) || section.odd.contains(QLatin1String(name)))
            return true;
    }
    return false;
}

void collect(const toml::table &parent, const QString &prefix, std::vector<Section> &sections)
{
    for (const auto &[key, node] : parent) {
        const toml::table *table = node.as_table();
        if (!table)
            continue;
        Section section;
        section.name = prefix + textOf(key.str());
        section.place = key.source().begin;
        read(*table, section);
        collect(*table, section.name + QLatin1Char('.'), sections);
        sections.push_back(std::move(section));
    }
}

Error unreadable(const toml::parse_error &error)
{
    Error meant;
    meant.kind = ErrorKind::Parse;
    meant.sentence = tr("Line %1 of the mongocli configuration cannot be read.").arg(error.source().begin.line);
    meant.hint = tr("Expected [profile] or name = \"value\".");
    return meant;
}

MongocliImport imported(const toml::table &root)
{
    Section above;
    above.name = QStringLiteral("default");
    read(root, above);
    // A table of the name of a setting is a profile, not an odd value.
    above.odd.removeIf([&root](const QString &name) {
        return std::any_of(root.begin(), root.end(), [&name](const auto &entry) {
            return entry.second.is_table() && textOf(entry.first.str()).toLower() == name;
        });
    });
    std::vector<Section> sections;
    collect(root, {}, sections);
    std::erase_if(sections, [](const Section &section) { return !isProfile(section); });
    std::ranges::sort(sections, {}, [](const Section &one) { return std::pair(one.place.line, one.place.column); });
    if (sections.empty() && isProfile(above))
        sections.push_back({above.name, {}, {}, {}});

    MongocliImport result;
    for (Section &section : sections) {
        section.settings.insert(above.settings);
        std::optional<MongocliConnection> found = mongocliConnection(section.settings);
        if (!found) {
            ++result.atlasProfiles;
            continue;
        }
        found->connection.name = section.name;
        for (const QString &name : above.odd + section.odd)
            found->notes.prepend(tr("The value of %1 is no text and was left out.").arg(name));
        result.profiles.push_back(std::move(*found));
    }
    return result;
}

} // namespace

QStringList mongocliConfigFiles()
{
    QStringList folders;
    if (const QString xdg = qEnvironmentVariable("XDG_CONFIG_HOME"); !xdg.isEmpty())
        folders << xdg;
    folders << QDir::homePath() + QStringLiteral("/.config");
    QStringList candidates;
    for (const QString &folder : std::as_const(folders))
        candidates << folder + QStringLiteral("/mongocli/config.toml") << folder + QStringLiteral("/mongocli.toml");
    candidates << QDir::homePath() + QStringLiteral("/.mongocli.toml");
    candidates.removeDuplicates();
    candidates.removeIf([](const QString &path) { return !QFileInfo(path).isFile(); });
    return candidates;
}

Result<MongocliImport> importMongocli(const QByteArray &toml)
{
    try { // Debian's library is built to throw
        return imported(toml::parse(std::string_view(toml.constData(), static_cast<std::size_t>(toml.size()))));
    } catch (const toml::parse_error &error) {
        return failure(unreadable(error));
    }
}

} // namespace tidemark
