import type { Site } from "../site.ts";
import { ancestorsOf, type DatasetAt, datasetsOf } from "../walk.ts";
import type { Check } from "./check.ts";
import { type Identity, othersWrite, reaches } from "./reach.ts";

/** Somebody who comes to a dataset, and how. */
interface Consumer {
  readonly protocol: "nfs" | "smb";
  readonly who: Identity;
  /** The identity in words. */
  readonly as: string;
  readonly readOnly: boolean;
}

const NOBODY = { user: "nobody", group: "nogroup" };

function consumersOf({ nfs, smb }: DatasetAt["spec"]["access"]): Consumer[] {
  const mapped = nfs?.as ?? nfs?.rootAs ?? NOBODY;
  const viaNfs = nfs && {
    protocol: "nfs" as const,
    who: mapped,
    as: `${mapped.user}:${mapped.group}`,
    readOnly: nfs.readOnly,
  };
  const viaSmb = smb && {
    protocol: "smb" as const,
    who: { group: smb.group },
    as: `a member of ${smb.group}`,
    readOnly: smb.readOnly,
  };
  return [viaNfs, viaSmb].filter((consumer) => consumer !== undefined);
}

/** Whoever comes through a share can do there what it promises: write, or read where it is read-only. */
export const consumersReachData: Check = {
  rule: "consumers-reach-data",
  find: ({ site, intact }) =>
    datasetsOf(site).flatMap(({ spec, path }) =>
      consumersOf(spec.access).flatMap(({ protocol, who, as, readOnly }) => {
        const want = readOnly ? "read" : "write";
        const known = intact([...path, "access"]) && intact([...path, "permissions"]);
        const undecided = spec.permissions !== undefined && !spec.permissions.mode && !spec.permissions.acl;
        if (!known || undecided || reaches(spec.permissions, who, want)) return [];

        const says = `${as} comes by ${protocol} but cannot ${want}`;
        const allowed = `permissions that let ${as} ${want}`;
        const remedy = spec.permissions
          ? "grant it, or change who comes"
          : "declare permissions; the default is root:root 755";
        return [{ path: [...path, "permissions"], says, allowed, remedy }];
      }),
    ),
};

/** Whoever comes through a share can pass the directories above. */
export const parentsLetPass: Check = {
  rule: "parents-let-pass",
  find: ({ site, intact }) =>
    datasetsOf(site).flatMap((at) =>
      consumersOf(at.spec.access).flatMap(({ who, as }) =>
        ancestorsOf(at.name).flatMap((parent) => {
          const holder = poolDatasets(site, at)[parent];
          const path = [...at.path.slice(0, -1), parent, "permissions"];
          if (holder?.permissions === undefined || reaches(holder.permissions, who, "pass") || !intact(path)) return [];

          const says = `${as} cannot pass on the way to ${at.name}`;
          return [
            {
              path,
              says,
              allowed: `permissions that let ${as} traverse`,
              remedy: "grant TRAVERSE, or move the dataset",
            },
          ];
        }),
      ),
    ),
};

/** Only those whom the permissions name can write. */
export const othersCannotWrite: Check = {
  rule: "others-cannot-write",
  find: ({ site }) =>
    datasetsOf(site)
      .filter(({ spec }) => spec.permissions !== undefined && othersWrite(spec.permissions))
      .map(({ spec, path }) => ({
        path: [...path, "permissions", spec.permissions?.acl ? "acl" : "mode"],
        says: "everybody can write",
        allowed: "write access for the owner, its group or named accounts only",
        remedy: "take the right from others and name who needs it",
      })),
};

/** Permissions are a mode or an ACL. */
export const modeOrAcl: Check = {
  rule: "mode-or-acl",
  find: ({ site, written }) =>
    datasetsOf(site).flatMap(({ spec: { permissions }, path: top }) => {
      const path = [...top, "permissions"];
      const given = ["mode", "acl"].filter((key) => written.declares(...path, key));
      if (permissions === undefined || given.length === 1) return [];

      const says = given.length === 0 ? "say neither mode nor acl" : "say both mode and acl";
      return [{ path, says, allowed: "mode or acl", remedy: "keep the one that is meant" }];
    }),
};

/** NFS clients are mapped in one way. */
export const oneNfsIdentity: Check = {
  rule: "one-nfs-identity",
  find: ({ site }) =>
    datasetsOf(site)
      .filter(({ spec }) => spec.access.nfs?.as !== undefined && spec.access.nfs.rootAs !== undefined)
      .map(({ path }) => ({
        path: [...path, "access", "nfs", "rootAs"],
        says: "clients become somebody by as already",
        allowed: "as or rootAs",
        remedy: "keep the one that is meant",
      })),
};

/** ACL type and mode of a dataset fit each other, as the middleware demands, and an ACL has somewhere to live. */
export const aclFitsDataset: Check = {
  rule: "acl-fits-dataset",
  find: ({ site, intact }) =>
    datasetsOf(site).flatMap((at) => {
      const type = effective(site, at, "acltype", "POSIX");
      const mode = effective(site, at, "aclmode", "DISCARD");
      const path = [...at.path, "properties"];
      if (!intact(path)) return [];
      const allowed =
        "acltype NFSV4 with aclmode PASSTHROUGH or RESTRICTED, or acltype POSIX or OFF with aclmode DISCARD";

      if (at.spec.permissions?.acl !== undefined && type !== "NFSV4") {
        return [
          {
            path,
            says: `an acl needs acltype NFSV4, not ${type}`,
            allowed,
            remedy: "add acltype: NFSV4, aclmode: PASSTHROUGH",
          },
        ];
      }
      if ((type === "NFSV4") === (mode !== "DISCARD")) return [];
      const remedy = type === "NFSV4" ? "add aclmode: PASSTHROUGH" : "remove aclmode, or add acltype: NFSV4";
      return [{ path, says: `acltype ${type} does not go with aclmode ${mode}`, allowed, remedy }];
    }),
};

function effective(site: Site, at: DatasetAt, key: "acltype" | "aclmode", fallback: string): string {
  const values = [at.name, ...ancestorsOf(at.name)].map((name) => poolDatasets(site, at)[name]?.properties[key]);
  return values.find((value) => value !== undefined && value !== "INHERIT") ?? fallback;
}

function poolDatasets(site: Site, { appliance, pool }: DatasetAt) {
  return site.appliances[appliance]?.pools[pool]?.datasets ?? {};
}
