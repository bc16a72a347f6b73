"""What order_server.py tells of a host: its disks, its databases, and what is measured of them. Facts only, as the pages
"Disks", "Databases" and "Measurements" of the API's documentation have them. Nobody writes, and there is room."""

DATABASES = ["admin", "config", "local", "orders"]
PARTITIONS = ["xvda1"]
# name: (units, value)
OF_PROCESS = {"OPCOUNTER_INSERT": ("SCALAR_PER_SECOND", 0.0), "OPCOUNTER_UPDATE": ("SCALAR_PER_SECOND", 0.0),
              "OPCOUNTER_DELETE": ("SCALAR_PER_SECOND", 0.0)}
OF_DATABASE = {"DATABASE_DATA_SIZE": ("BYTES", 503779557.0)}
OF_PARTITION = {"DISK_PARTITION_SPACE_FREE": ("BYTES", 2.0e11), "DISK_PARTITION_SPACE_USED": ("BYTES", 1.0e10)}


def measurements(names, told, now, iso, extra):
    points = [{"timestamp": iso(now - 60 * ago), "value": None} for ago in (4, 3, 2, 1)]
    found = [{"name": name, "units": units, "dataPoints": [{**point, "value": value} for point in points]}
             for name, (units, value) in told.items() if not names or name in names]
    return {"start": iso(now - 300), "end": iso(now), "granularity": "PT1M", "links": [], "measurements": found, **extra}


def of_host(rest, names, now, iso):
    """What is below hosts/{ID}: a list of names, an answer, or nothing where there is no such thing."""
    if rest == ["measurements"]:
        return measurements(names, OF_PROCESS, now, iso, {})
    for word, all_of_them, key, told in (("databases", DATABASES, "databaseName", OF_DATABASE),
                                         ("disks", PARTITIONS, "partitionName", OF_PARTITION)):
        if rest == [word]:
            return [{key: name, "links": []} for name in all_of_them]
        if len(rest) == 3 and rest[0] == word and rest[1] in all_of_them and rest[2] == "measurements":
            return measurements(names, told, now, iso, {key: rest[1]})
    return None
