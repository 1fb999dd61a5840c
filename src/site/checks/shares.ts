import { formatPath, type PathPart } from "../problem.ts";
import type { Site } from "../site.ts";
import { appliancesOf, datasetsOf, zvolsOf } from "../walk.ts";
import type { Check } from "./check.ts";
import { repeated } from "./repeated.ts";

/** A way to data, and who may connect. */
interface ShareAt {
  readonly appliance: string;
  readonly protocol: "nfs" | "smb" | "iscsi";
  readonly networks: readonly string[];
  readonly hosts: readonly string[];
  readonly consumers?: readonly string[];
  readonly path: readonly PathPart[];
}

function sharesOf(site: Site): ShareAt[] {
  const files = datasetsOf(site).flatMap(({ appliance, spec: { access }, path }) => [
    ...(access.nfs ? [{ appliance, protocol: "nfs" as const, ...access.nfs, path: [...path, "access", "nfs"] }] : []),
    ...(access.smb
      ? [{ appliance, protocol: "smb" as const, hosts: [], ...access.smb, path: [...path, "access", "smb"] }]
      : []),
  ]);
  const blocks = zvolsOf(site).flatMap(({ appliance, spec: { access }, path }) =>
    access.iscsi
      ? [{ appliance, protocol: "iscsi" as const, hosts: [], ...access.iscsi, path: [...path, "access", "iscsi"] }]
      : [],
  );
  return [...files, ...blocks];
}

/** Nothing is shared with every network there is. */
export const shareHasClients: Check = {
  rule: "share-has-clients",
  find: ({ site, intact }) =>
    sharesOf(site)
      .filter(({ networks, hosts, path }) => networks.length + hosts.length === 0 && intact(path))
      .map(({ path }) => ({
        path: [...path, "networks"],
        says: "is open to every network",
        allowed: "at least one network of the site",
        remedy: "name the network of those who need it",
      })),
};

/** No client is named twice in one share, as the middleware demands. */
export const clientsDiffer: Check = {
  rule: "clients-differ",
  find: ({ site }) =>
    sharesOf(site).flatMap((share) =>
      (["networks", "hosts"] as const).flatMap((kind) => {
        const clients = share[kind].map((name, at) => ({ name, path: [...share.path, kind, at] }));
        return repeated(clients, ({ name }) => name).map(({ again }) => ({
          path: again.path,
          says: `${again.name} is named twice`,
          allowed: "each client once",
          remedy: "remove the line",
        }));
      }),
    ),
};

/** Who uses a share fits into its comment, for which the appliance has 120 characters. */
export const shareCommentFits: Check = {
  rule: "share-comment-fits",
  find: ({ site }) =>
    sharesOf(site).flatMap(({ consumers = [], path: top }) => {
      const { length } = consumers.join(", ");
      if (length <= 120) return [];

      const path = [...top, "consumers"];
      const says = `${length} characters do not fit into the share's comment`;
      return [
        { path, says, allowed: "at most 120 characters, commas included", remedy: "name fewer, or groups of them" },
      ];
    }),
};

/** People tell an appliance's shares apart; Samba does not tell upper from lower case. */
export const uniqueShareNames: Check = {
  rule: "unique-share-names",
  find: ({ site }) => {
    const names = datasetsOf(site).flatMap(({ appliance, spec: { access }, path }) =>
      access.smb ? [{ appliance, name: access.smb.name, path: [...path, "access", "smb", "name"] }] : [],
    );
    return repeated(names, ({ appliance, name }) => `${appliance}:${name.toLowerCase()}`).map(({ first, again }) => ({
      path: again.path,
      says: `"${again.name}" is also ${formatPath(first.path)}`,
      allowed: "a name that no other share of the appliance has, in upper or lower case",
      remedy: "rename one of the two",
    }));
  },
};

/** Storage classes and iSCSI targets each lead to one place. */
export const uniqueTargets: Check = {
  rule: "unique-targets",
  find: ({ site }) => {
    const classes = datasetsOf(site).flatMap(({ spec: { access }, path }) =>
      access.csi
        ? [
            {
              name: access.csi.storageClass,
              key: access.csi.storageClass,
              path: [...path, "access", "csi", "storageClass"],
            },
          ]
        : [],
    );
    const targets = zvolsOf(site).flatMap(({ appliance, spec: { access }, path }) =>
      access.iscsi
        ? [
            {
              name: access.iscsi.target,
              key: `${appliance}:${access.iscsi.target}`,
              path: [...path, "access", "iscsi", "target"],
            },
          ]
        : [],
    );
    return [classes, targets].flatMap((group) =>
      repeated(group, ({ key }) => key).map(({ first, again }) => ({
        path: again.path,
        says: `${again.name} is also ${formatPath(first.path)}`,
        allowed: "a name that leads to one place",
        remedy: "rename one of the two",
      })),
    );
  },
};

const SERVICES = { nfs: "nfs", smb: "cifs", iscsi: "iscsitarget" } as const;

/** What is shared is also served. */
export const servicesServeShares: Check = {
  rule: "services-serve-shares",
  find: ({ site, intact }) =>
    appliancesOf(site).flatMap(({ appliance, spec, path }) => {
      const made = datasetsOf(site).flatMap((at) =>
        at.appliance === appliance && at.spec.access.csi
          ? [{ protocol: at.spec.access.csi.protocol, path: [...at.path, "access", "csi"] }]
          : [],
      );
      const used = [...sharesOf(site).filter((share) => share.appliance === appliance), ...made];

      return (["nfs", "smb", "iscsi"] as const).flatMap((protocol) => {
        const first = used.find((share) => share.protocol === protocol);
        const service = SERVICES[protocol];
        if (first === undefined || spec.services.includes(service) || !intact([...path, "services"])) return [];
        const says = `${service} is not among them, but ${formatPath(first.path)} needs it`;
        return [{ path: [...path, "services"], says, allowed: `a list with ${service}`, remedy: `add ${service}` }];
      });
    }),
};
