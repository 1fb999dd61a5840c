import { filesystemAcl } from "../model/filesystem-acl.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `FilesystemAcl`. */
export type FilesystemAclArgs = ArgsOf<typeof filesystemAcl.properties>;

/** Owner, group and permissions of a directory; its id is the directory. */
export class FilesystemAcl extends resourceClass(filesystemAcl) {}
