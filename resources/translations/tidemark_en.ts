<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>tidemark::DecisionFact</name>
    <message numerus="yes">
        <source>Sharded cluster, %n shards</source>
        <translation>
            <numerusform>Sharded cluster, %n shard</numerusform>
            <numerusform>Sharded cluster, %n shards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>by a link for %n hours</source>
        <translation>
            <numerusform>by a link for %n hour</numerusform>
            <numerusform>by a link for %n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::DownloadStarter</name>
    <message numerus="yes">
        <source>%1, %n archives</source>
        <translation>
            <numerusform>%1, %n archive</numerusform>
            <numerusform>%1, %n archives</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::DownloadsTab</name>
    <message numerus="yes">
        <source>%n downloads are hidden.</source>
        <translation>
            <numerusform>%n download is hidden.</numerusform>
            <numerusform>%n downloads are hidden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n downloads are under way. They go on at the next start.</source>
        <translation>
            <numerusform>A download is under way. It goes on at the next start.</numerusform>
            <numerusform>%n downloads are under way. They go on at the next start.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ImportBar</name>
    <message numerus="yes">
        <source>%n profiles of Atlas were left out.</source>
        <translation>
            <numerusform>%n profile of Atlas was left out.</numerusform>
            <numerusform>%n profiles of Atlas were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connections were imported.</source>
        <translation>
            <numerusform>%n connection was imported.</numerusform>
            <numerusform>%n connections were imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::JobsTab</name>
    <message numerus="yes">
        <source>%n restore jobs are hidden.</source>
        <translation>
            <numerusform>%n restore job is hidden.</numerusform>
            <numerusform>%n restore jobs are hidden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::LogProgress</name>
    <message numerus="yes">
        <source>%n more parts not collected.</source>
        <translation>
            <numerusform>%n more part not collected.</numerusform>
            <numerusform>%n more parts not collected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::LogTexts</name>
    <message numerus="yes">
        <source>%n logs read.</source>
        <translation>
            <numerusform>%n log read.</numerusform>
            <numerusform>%n logs read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Times covered, on %n hosts each its own part: %1.</source>
        <translation>
            <numerusform>Times covered on one host: %1.</numerusform>
            <numerusform>Times covered, on %n hosts each its own part: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n hosts not the moment on the page.</source>
        <translation>
            <numerusform>On one host not the moment on the page.</numerusform>
            <numerusform>On %n hosts not the moment on the page.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more hosts</source>
        <translation>
            <numerusform>%n more host</numerusform>
            <numerusform>%n more hosts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more findings not listed: the older and the less certain ones.</source>
        <translation>
            <numerusform>%n more finding not listed: the older or less certain one.</numerusform>
            <numerusform>%n more findings not listed: the older and the less certain ones.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are empty.</source>
        <translation>
            <numerusform>%n file is empty.</numerusform>
            <numerusform>%n files are empty.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n links not followed: %1.</source>
        <translation>
            <numerusform>%n link not followed: %1.</numerusform>
            <numerusform>%n links not followed: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There are more files: only the first %n were read.</source>
        <translation>
            <numerusform>There are more files: only the first one was read.</numerusform>
            <numerusform>There are more files: only the first %n were read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more files or folders could not be read.</source>
        <translation>
            <numerusform>%n more file or folder could not be read.</numerusform>
            <numerusform>%n more files or folders could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines left out: longer than 1 MiB.</source>
        <translation>
            <numerusform>%n line left out: longer than 1 MiB.</numerusform>
            <numerusform>%n lines left out: longer than 1 MiB.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files left out, no log of MongoDB: %1.</source>
        <translation>
            <numerusform>%n file left out, no log of MongoDB: %1.</numerusform>
            <numerusform>%n files left out, no log of MongoDB: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::MessagesModel</name>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>once</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::NoticeBar</name>
    <message numerus="yes">
        <source>And %n more.</source>
        <translation>
            <numerusform>And %n more.</numerusform>
            <numerusform>And %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::PendingOrdersModel</name>
    <message numerus="yes">
        <source>%1, %n jobs</source>
        <translation>
            <numerusform>%1, %n job</numerusform>
            <numerusform>%1, %n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::RangesView</name>
    <message numerus="yes">
        <source>and %n earlier</source>
        <translation>
            <numerusform>and %n earlier</numerusform>
            <numerusform>and %n earlier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::UnpackBar</name>
    <message numerus="yes">
        <source>Unpacked %1: %2, %n entries in %3</source>
        <translation>
            <numerusform>Unpacked %1: %2, %n entry in %3</numerusform>
            <numerusform>Unpacked %1: %2, %n entries in %3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What %n interrupted unpackings had left in this folder was removed.</source>
        <translation>
            <numerusform>What an interrupted unpacking had left in this folder was removed.</numerusform>
            <numerusform>What %n interrupted unpackings had left in this folder was removed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::DownloadQuestions</name>
    <message numerus="yes">
        <source>Cancel %n downloads? %1 are already here.</source>
        <translation>
            <numerusform>Cancel the download? %1 are already here.</numerusform>
            <numerusform>Cancel %n downloads? %1 are already here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::JobPane</name>
    <message numerus="yes">
        <source>%1, a batch of %n jobs</source>
        <translation>
            <numerusform>%1, a batch of %n job</numerusform>
            <numerusform>%1, a batch of %n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::OverallProgress</name>
    <message numerus="yes">
        <source>%n downloads have ended, none is under way</source>
        <translation>
            <numerusform>%n download has ended, none is under way</numerusform>
            <numerusform>%n downloads have ended, none is under way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::SnapshotDetails</name>
    <message numerus="yes">
        <source>%n parts</source>
        <translation>
            <numerusform>%n part</numerusform>
            <numerusform>%n parts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::JobTexts</name>
    <message numerus="yes">
        <source>up to %n downloads</source>
        <translation>
            <numerusform>up to %n download</numerusform>
            <numerusform>up to %n downloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::ClusterCells</name>
    <message numerus="yes">
        <source>%1, %n shards</source>
        <translation>
            <numerusform>%1, %n shard</numerusform>
            <numerusform>%1, %n shards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n clusters</source>
        <translation>
            <numerusform>%n cluster</numerusform>
            <numerusform>%n clusters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::HistoryDialog</name>
    <message numerus="yes">
        <source>%n lines, and each follows from the one before it.</source>
        <translation>
            <numerusform>%n line, and it follows from nothing before it.</numerusform>
            <numerusform>%n lines, and each follows from the one before it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The older %n of them are checked and not shown: they are in the file.</source>
        <translation>
            <numerusform>The oldest of them is checked and not shown: it is in the file.</numerusform>
            <numerusform>The older %n of them are checked and not shown: they are in the file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries are hidden.</source>
        <translation>
            <numerusform>%n entry is hidden.</numerusform>
            <numerusform>%n entries are hidden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries are in %1.</source>
        <translation>
            <numerusform>%n entry is in %1.</numerusform>
            <numerusform>%n entries are in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::RestorableText</name>
    <message numerus="yes">
        <source>with %n gaps</source>
        <translation>
            <numerusform>with %n gap</numerusform>
            <numerusform>with %n gaps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::SnapshotsModel</name>
    <message numerus="yes">
        <source>%n parts</source>
        <translation>
            <numerusform>%n part</numerusform>
            <numerusform>%n parts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::SnapshotTexts</name>
    <message numerus="yes">
        <source>%n shards missing: %1</source>
        <translation>
            <numerusform>%n shard missing: %1</numerusform>
            <numerusform>%n shards missing: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>tidemark::UseTexts</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>not above 3 a minute in the last %n hours</source>
        <translation>
            <numerusform>not above 3 a minute in the last hour</numerusform>
            <numerusform>not above 3 a minute in the last %n hours</numerusform>
        </translation>
    </message>
</context>
</TS>
