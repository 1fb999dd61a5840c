/** Namespaces whose objects are the rows of one query. */
export const ROW_NAMESPACES = [
  "pool",
  "pool.snapshottask",
  "pool.scrub",
  "sharing.nfs",
  "sharing.smb",
  "service",
  "cronjob",
  "initshutdownscript",
  "staticroute",
  "group",
  "iscsi.portal",
  "iscsi.initiator",
  "iscsi.target",
  "iscsi.extent",
  "iscsi.targetextent",
  "reporting.exporters",
  "interface",
] as const;

/** Namespaces that hold exactly one object, which is always there. */
export const CONFIG_NAMESPACES = [
  "nfs",
  "smb",
  "network.configuration",
  "system.advanced",
  "iscsi.global",
  "alertclasses",
  "mail",
] as const;

/** Rows of which some fields are secret, so that only the others are asked for. */
export type SelectedNamespace =
  | "user"
  | "keychaincredential.pair"
  | "keychaincredential.connection"
  | "replication"
  | "cloudsync.credentials"
  | "alertservice"
  | "iscsi.auth"
  | "api_key"
  | "cloud_backup"
  | "cloudsync";

/** A namespace of rows that is read like any other. */
export type RowNamespace = (typeof ROW_NAMESPACES)[number];

/** A namespace of one object. */
export type ConfigNamespace = (typeof CONFIG_NAMESPACES)[number];

/** A place of the middleware that is read with one call and cached. */
export type Namespace = RowNamespace | ConfigNamespace | SelectedNamespace | "disk" | "pool.dataset";

/** Where rows go together with the dataset or volume that they stand on. */
export const ATTACHED = [
  ...(["sharing.nfs", "sharing.smb", "pool.snapshottask", "cloud_backup", "cloudsync"] as const),
  ...(["iscsi.extent", "iscsi.targetextent", "iscsi.target"] as const),
] as const;
