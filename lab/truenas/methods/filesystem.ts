import { groupWithId, userWithId } from "../accounts.ts";
import { familyAt } from "../filesystem/acl.ts";
import { aclReply, isTrivial } from "../filesystem/acl-reply.ts";
import { fileAt, isDirectory, namesIn } from "../filesystem/files.ts";
import { nodeAt } from "../filesystem/nodes.ts";
import { CallError, ValidationErrors } from "../middleware/errors.ts";
import { bool, defaulted, type Of, PythonFloat, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { NodeRow } from "../state/rows.ts";
import { datasetOfPath, mountpoint } from "../zfs/dataset-tree.ts";
import { humanSize } from "../zfs/sizes.ts";
import { available, usage } from "../zfs/space.ts";
import { chownArguments, mkdirArguments, setaclArguments, setpermArguments } from "./filesystem-models.ts";
import { affectedNodes, owned, permissionTarget, resolveOwner } from "./filesystem-owner.ts";
import { setAcl } from "./filesystem-setacl.ts";

const DIRECTORY_BITS = 0o040000;
const FILE_BITS = 0o100000;

function existing({ state }: Context, path: string): NodeRow {
  if (!path.startsWith("/")) throw new CallError(`${path}: path must be absolute`, "EINVAL");
  const plain = path.length > 1 ? path.replace(/\/+$/, "") : path;
  const node = plain === "/mnt" ? undefined : nodeAt(state, plain);
  if (node !== undefined) return node;
  if (plain !== "/mnt" && !isDirectory(state, plain) && fileAt(state, plain) === undefined)
    throw new CallError(`Path ${path} not found`, "ENOENT");
  return { path: plain, uid: 0, gid: 0, mode: 0o755 };
}

function statEntry(context: Context, node: NodeRow): Record<string, unknown> {
  const dataset = datasetOfPath(context.state, node.path);
  const file = fileAt(context.state, node.path);
  const isMountpoint = dataset !== undefined && mountpoint(dataset.id) === node.path;
  const at = new PythonFloat(Math.floor((file?.writtenAt ?? dataset?.createdAt ?? 0) / 1000));
  return {
    realpath: node.path,
    type: file === undefined ? "DIRECTORY" : "FILE",
    size: file?.bytes ?? 2,
    allocation_size: file === undefined ? 512 : Math.ceil(file.bytes / 512) * 512,
    mode: file === undefined ? DIRECTORY_BITS | node.mode : FILE_BITS | 0o644,
    uid: node.uid,
    gid: node.gid,
    atime: at,
    mtime: at,
    ctime: at,
    btime: at,
    mount_id: dataset?.createtxg ?? 1,
    dev: dataset?.createtxg ?? 1,
    inode: 34,
    nlink: 2,
    is_mountpoint: isMountpoint,
    is_ctldir: false,
    attributes: isMountpoint ? ["MOUNT_ROOT"] : [],
    user: userWithId(context.state, node.uid)?.username ?? null,
    group: groupWithId(context.state, node.gid)?.name ?? null,
    acl: !isTrivial(node, familyAt(context.state, node.path)),
  };
}

function dirEntry(context: Context, node: NodeRow): Record<string, unknown> {
  const { realpath, type, size, allocation_size, mode, acl, uid, gid, is_mountpoint, is_ctldir, mount_id, attributes } =
    statEntry(context, node);
  const name = node.path.slice(node.path.lastIndexOf("/") + 1);
  const rest = { type, size, allocation_size, mode, acl, uid, gid, is_mountpoint, is_ctldir, mount_id, attributes };
  return { name, path: node.path, realpath, ...rest, xattrs: [], zfs_attrs: ["ARCHIVE"] };
}

function makeDirectory(context: Context, { path, options }: Of<typeof mkdirArguments>): Record<string, unknown> {
  const { state } = context;
  if (!path.startsWith("/")) throw new CallError(`${path}: not an absolute path.`, "EINVAL");
  if (nodeAt(state, path) !== undefined) throw new CallError(`${path}: path already exists.`, "EEXIST");
  if (!path.startsWith("/mnt/")) throw new CallError(`${path}: path not permitted`, "EPERM");
  const above = path.slice(0, path.lastIndexOf("/"));
  if (nodeAt(state, above) === undefined)
    throw new CallError(`[Errno 2] No such file or directory: '${path}'`, "ENOENT");
  const mode = Number.parseInt(options.mode.replace("0o", ""), 8);
  return dirEntry(context, state.nodes.put(path, { path, uid: 0, gid: 0, mode }));
}

function setPermissions({ state }: Context, data: Of<typeof setpermArguments>): null {
  const errors = new ValidationErrors();
  const prefix = "filesystem.setperm";
  const ids = resolveOwner(state, errors, prefix, data);
  const node = permissionTarget(state, errors, prefix, data.path);
  if (!isTrivial(node, familyAt(state, data.path)) && !data.options.stripacl)
    errors.add(
      `${prefix}.mode`,
      `Non-trivial ACL present on [${data.path}]. Option "stripacl" required to change permission.`,
    );
  const mode = data.mode === null ? undefined : Number.parseInt(data.mode.replace("0o", ""), 8);
  if (mode === 0) errors.add(`${prefix}.mode`, "Empty permissions are not permitted.");
  errors.check();
  for (const target of affectedNodes(state, node, data.options)) {
    const { acl: _acl, ...bare } = owned(target, ids);
    state.nodes.put(target.path, { ...bare, mode: mode ?? bare.mode });
  }
  return null;
}

function changeOwner({ state }: Context, data: Of<typeof chownArguments>): null {
  const errors = new ValidationErrors();
  const ids = resolveOwner(state, errors, "filesystem.chown", data);
  const node = permissionTarget(state, errors, "filesystem.chown", data.path);
  errors.check();
  for (const target of affectedNodes(state, node, data.options)) state.nodes.put(target.path, owned(target, ids));
  return null;
}

const BLOCK = 131_072;

function statfs(context: Context, path: string): Record<string, unknown> {
  const node = existing(context, path);
  const dataset = datasetOfPath(context.state, node.path);
  if (dataset === undefined) throw new CallError("Path must begin with /mnt/", "EINVAL");
  const free = available(context.state, dataset);
  const total = free + usage(context.state, dataset).dataset;
  const amounts = { total, free, avail: free };
  const blocks = Object.entries(amounts).map(([name, bytes]) => [`${name}_blocks`, Math.floor(bytes / BLOCK)]);
  const bytes = Object.entries(amounts).flatMap(([name, value]) => [
    [`${name}_bytes`, value],
    [`${name}_bytes_str`, humanSize(value)],
  ]);
  const acl = { NFS4: "NFS4ACL", POSIX1E: "POSIXACL", DISABLED: "NOACL" }[familyAt(context.state, path)];
  return {
    flags: ["RW", "XATTR", acl, "CASESENSITIVE"],
    fstype: "zfs",
    source: dataset.id,
    dest: mountpoint(dataset.id),
    blocksize: BLOCK,
    ...Object.fromEntries([...blocks, ...bytes]),
  };
}

const permissions = { job: { lock: "perm_change" }, writes: true };

/** `filesystem.*`: directories, their owners, modes and access control lists. */
export const filesystemMethods: Methods = {
  "filesystem.stat": method({ path: str({ min: 1 }) }, (context, { path }) =>
    statEntry(context, existing(context, path)),
  ),
  "filesystem.statfs": method({ path: str({ min: 1 }) }, (context, { path }) => statfs(context, path)),
  "filesystem.listdir": method(
    { path: str({ min: 1 }), query_filters: queryFilters, query_options: queryOptions },
    (context, { path, query_filters, query_options }) => {
      const { path: above } = existing(context, path);
      const made = context.state.nodes
        .values()
        .filter((node) => node.path.slice(0, node.path.lastIndexOf("/")) === above);
      const others = namesIn(context.state, above).map((name) => `${above}/${name}`);
      const paths = [...new Set([...made.map((node) => node.path), ...others])].sort();
      const children = paths.map((child) => existing(context, child));
      return filterList(
        children.map((node) => dirEntry(context, node)),
        query_filters,
        query_options,
      );
    },
  ),
  "filesystem.mkdir": method(
    { filesystem_mkdir: mkdirArguments },
    (context, values) => makeDirectory(context, values.filesystem_mkdir),
    {
      writes: true,
    },
  ),
  "filesystem.setperm": method(
    { filesystem_setperm: setpermArguments },
    (context, values) => setPermissions(context, values.filesystem_setperm),
    permissions,
  ),
  "filesystem.chown": method(
    { filesystem_chown: chownArguments },
    (context, values) => changeOwner(context, values.filesystem_chown),
    permissions,
  ),
  "filesystem.getacl": method(
    { path: str({ min: 1 }), simplified: defaulted(bool, true), resolve_ids: defaulted(bool, false) },
    (context, { path, simplified, resolve_ids }) => {
      const node = nodeAt(context.state, path);
      if (node === undefined) throw new CallError("Path not found.", "ENOENT");
      return aclReply(context.state, node, familyAt(context.state, path), simplified, resolve_ids);
    },
  ),
  "filesystem.setacl": method(
    { filesystem_acl: setaclArguments },
    (context, values) => setAcl(context.state, values.filesystem_acl),
    permissions,
  ),
};
