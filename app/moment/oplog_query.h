#pragma once

#include <QString>

namespace tidemark {

/// What is looked for in the oplog. Without a database all are searched, without a collection all of the database.
struct OplogSearch
{
    enum class Operation { Any, Drop, DropDatabase, RenameCollection, Delete, Insert, Update };

    QString database;
    QString collection;
    Operation operation = Operation::Any;
    qint64 from = 0; ///< seconds since the epoch
    qint64 to = 0;   ///< the last second that is looked at
};

/// The query for mongosh that finds these entries: they are read by readMoment(), each with its ts. Names are quoted
/// whatever is in them. In which field an operation stands is the server's own form of the oplog (commands have
/// op "c" and the namespace "db.$cmd"; writes of a transaction stand within applyOps).
QString oplogQuery(const OplogSearch &search);

} // namespace tidemark
