"""What order_server.py shows of a small estate: projects, clusters, hosts, snapshots, automation. Facts only, as the
documentation of the Public API shapes them; nothing here changes by an order."""

import time

MINUTE, HOUR, DAY = 60, 3600, 86400

PROJECTS = {"Shop": "60bb00000000000000000001", "Rehearsal": "60bb00000000000000000002"}
ORG = "60aa00000000000000000001"
# name: project, id, shards as (id, type, replica set)
CLUSTERS = {
    "orders": ("Shop", "60cc000000000000000000a0", []),
    "staging": ("Shop", "60cc000000000000000000b0", []),
    "big": ("Shop", "60cc000000000000000000c0",
            [("60cc000000000000000000c1", "REPLICA_SET", "big_0"), ("60cc000000000000000000c2", "REPLICA_SET", "big_1"),
             ("60cc000000000000000000c3", "CONFIG_SERVER_REPLICA_SET", "bigCfg")]),
    "rehearsal": ("Rehearsal", "60cc000000000000000000d0", []),
}
SNAPSHOTS = 4  # of each cluster, six hours apart
VERSION = "6.0.14"


def iso(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def http_date(seconds):
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(seconds))


def timestamp(seconds, increment=1):
    return {"date": iso(seconds), "increment": increment}


def cluster_name(cluster_id):
    """The name of a cluster or of the cluster that a shard belongs to, or None."""
    for name, (_, own, shards) in CLUSTERS.items():
        if cluster_id == own or cluster_id in [shard[0] for shard in shards]:
            return name
    return None


def project_name(project_id):
    return next((name for name, one in PROJECTS.items() if one == project_id), None)


def parts_of(name):
    """Ids, types and replica sets that have a job and a snapshot part of their own."""
    _, own, shards = CLUSTERS[name]
    return shards or [(own, "REPLICA_SET", name)]


def checkpoint_ids(name):
    return [CLUSTERS[name][1][:20] + f"ee0{n}" for n in range(2)] if CLUSTERS[name][2] else []


class Estate:
    """The documents. `now` is the server's clock at the start: snapshots do not move while a test runs."""

    def __init__(self, now, version=VERSION):
        self.now = int(now)
        self.version, self.fcv = version, version.rpartition(".")[0]

    def projects(self):
        return [self.project(name) for name in PROJECTS]

    def project(self, name):
        own = [cluster for cluster in CLUSTERS.values() if cluster[0] == name]
        return {"id": PROJECTS[name], "name": name, "orgId": ORG, "activeAgentCount": 3, "replicaSetCount": len(own),
                "shardCount": 2 if name == "Shop" else 0, "publicApiEnabled": True, "tags": [], "links": [],
                "lastActiveAgent": iso(self.now)}

    def clusters(self, project):
        found = []
        for name, (of, own, shards) in CLUSTERS.items():
            if of != project:
                continue
            entry = {"clusterName": name, "groupId": PROJECTS[of], "lastHeartbeat": iso(self.now), "links": []}
            top = {"id": own, "typeName": "SHARDED_REPLICA_SET"} if shards else \
                {"id": own, "typeName": "REPLICA_SET", "replicaSetName": name}
            found.append({**entry, **top})
            for shard, kind, replica_set in shards:
                found.append({**entry, "id": shard, "typeName": kind, "replicaSetName": replica_set,
                              "shardName": "config" if kind.startswith("CONFIG") else replica_set})
        return found

    def all_clusters(self):
        return [{"groupId": one, "groupName": name, "orgId": ORG, "orgName": "Acme", "planType": "Ops Manager",
                 "tags": [], "clusters": [
                     {"clusterId": own, "name": cluster, "type": "sharded cluster" if shards else "replica set",
                      "availability": "available", "versions": [self.version], "backupEnabled": True,
                      "authEnabled": True,
                      "sslEnabled": True, "alertCount": 0, "dataSizeBytes": 503779557, "nodeCount": 1}
                     for cluster, (of, own, shards) in CLUSTERS.items() if of == name]}
                for name, one in PROJECTS.items()]

    def backup_configs(self, project):
        return [{"groupId": PROJECTS[of], "clusterId": own, "statusName": "STARTED", "storageEngineName": "WIRED_TIGER",
                 "sslEnabled": True, "excludedNamespaces": [], "includedNamespaces": [], "links": []}
                for of, own, _ in CLUSTERS.values() if of == project]

    def schedule(self, name):
        return {"clusterId": CLUSTERS[name][1], "groupId": PROJECTS[CLUSTERS[name][0]], "snapshotIntervalHours": 6,
                "snapshotRetentionDays": 2, "dailySnapshotRetentionDays": 7, "weeklySnapshotRetentionWeeks": 4,
                "monthlySnapshotRetentionMonths": 13, "pointInTimeWindowHours": 24, "links": []}

    def processes(self, project):
        """(process name, host id, cluster id, replica set, type) of every process."""
        found = []
        for name, (of, _, _) in CLUSTERS.items():
            if of != project:
                continue
            for own, kind, replica_set in parts_of(name):
                found.append((f"{replica_set}_1", own[-2:] * 16, own, replica_set, kind))
        return found

    def hosts(self, project):
        types = {True: "SHARD_CONFIG_PRIMARY", False: "REPLICA_PRIMARY"}
        return [{"id": host, "hostname": f"{process}.example.net", "port": 27017, "clusterId": own,
                 "groupId": PROJECTS[project], "typeName": types[kind.startswith("CONFIG")],
                 "replicaSetName": replica_set, "replicaStateName": "PRIMARY", "version": self.version,
                 "lastPing": iso(self.now), "links": []}
                for process, host, own, replica_set, kind in self.processes(project)]

    def agents(self, project):
        return [{"typeName": "AUTOMATION", "hostname": f"{process[0]}.example.net", "stateName": "ACTIVE",
                 "confCount": 18211, "lastConf": iso(self.now)} for process in self.processes(project)]

    def automation_config(self, project, automation):
        """`automation` is what the control interface set: goal, restore_job."""
        processes = []
        for process, _, own, replica_set, kind in self.processes(project):
            arguments = {"replication": {"replSetName": replica_set}, "net": {"port": 27017},
                         "storage": {"dbPath": f"/data/{replica_set}"}}
            if cluster_name(own) == "big":
                arguments["sharding"] = {"clusterRole": "configsvr" if kind.startswith("CONFIG") else "shardsvr"}
            document = {"name": process, "hostname": f"{process}.example.net", "processType": "mongod",
                        "version": self.version, "featureCompatibilityVersion": self.fcv, "args2_6": arguments}
            if process in automation["restore_jobs"]:
                document["backupRestoreJobId"] = automation["restore_jobs"][process]
            processes.append(document)
        sharding = [{"name": "big", "configServerReplica": "bigCfg", "shards": [
            {"_id": replica_set, "rs": replica_set} for _, kind, replica_set in parts_of("big")
            if not kind.startswith("CONFIG")]}] if project == "Shop" else []
        sets = [{"_id": process[3], "members": [{"_id": 0, "host": process[0]}]} for process in self.processes(project)]
        return {"version": automation["goal"], "auth": {"disabled": True}, "processes": processes, "replicaSets": sets,
                "sharding": sharding}

    def automation_status(self, project, automation):
        entries = []
        for process, *_ in self.processes(project):
            entry = {"name": process, "hostname": f"{process}.example.net", "plan": [], "errorCode": 0,
                     "errorCodeDescription": "", "errorCodeHumanReadable": "", "errorString": "",
                     "lastGoalVersionAchieved": automation["achieved"].get(process, automation["goal"])}
            entries.append({**entry, **automation["processes"].get(process, {})})
        return {"goalVersion": automation["goal"], "processes": entries}

    def snapshot_ids(self, name):
        return [CLUSTERS[name][1][:8] + "dd" + CLUSTERS[name][1][-2:] + f"{n:012x}" for n in range(SNAPSHOTS)]

    def snapshots(self, name):
        found = []
        for n, one in enumerate(self.snapshot_ids(name)):
            at = self.now - HOUR - n * 6 * HOUR
            found.append({
                "id": one, "groupId": PROJECTS[CLUSTERS[name][0]], "clusterId": CLUSTERS[name][1], "complete": True,
                "created": timestamp(at), "doNotDelete": False, "expires": iso(at + 7 * DAY),
                "isPossiblyInconsistent": False, "lastOplogAppliedTimestamp": timestamp(at - 1, 4), "missingShards": [],
                "namespaceFilterList": {"filterList": [], "filterType": "denyList"}, "links": [],
                "parts": [{"typeName": kind, "clusterId": own, "replicaSetName": replica_set,
                           "mongodVersion": self.version,
                           "fcv": self.fcv, "compressionSetting": "GZIP", "dataSizeBytes": 503779557,
                           "storageSizeBytes": 547516416, "fileSizeBytes": 2855605344, "encryptionEnabled": False}
                          for own, kind, replica_set in parts_of(name)]})
        return found

    def ranges(self, name):
        document = {"start": timestamp(self.now - 20 * HOUR), "end": timestamp(self.now - 5 * MINUTE),
                    "snapshotId": self.snapshot_ids(name)[0]}
        if CLUSTERS[name][2]:
            document.update({"shardCount": 2, "configServerType": "Dedicated"})
        return [document]

    def checkpoints(self, name):
        return [{"id": one, "groupId": PROJECTS[CLUSTERS[name][0]], "clusterId": CLUSTERS[name][1],
                 "started": iso(self.now - HOUR), "completed": iso(self.now - HOUR + 6),
                 "timestamp": iso(self.now - HOUR), "restorable": True, "links": [],
                 "parts": [{"shardName": replica_set, "replicaSetName": replica_set, "tokenDiscovered": True,
                            "tokenTimestamp": timestamp(self.now - HOUR), "typeName": kind}
                           for _, kind, replica_set in parts_of(name)]} for one in checkpoint_ids(name)]
