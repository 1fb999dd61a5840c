import { cloudCredential } from "../model/cloud-credential.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `CloudCredential`. */
export type CloudCredentialArgs = ArgsOf<typeof cloudCredential.properties>;

/** With what a cloud is reached; its id is the name. */
export class CloudCredential extends resourceClass(cloudCredential) {}
