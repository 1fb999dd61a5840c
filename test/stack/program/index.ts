import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as truenas from "../../../truenas/index.ts";

/** A resource as a test writes it; it is made after all that the list names before it in `after`. */
interface Written {
  readonly type: string;
  readonly name: string;
  readonly props: never;
  readonly after?: readonly string[];
  readonly protect?: boolean;
}

class Group extends pulumi.ComponentResource {
  constructor(type: string, name: string, parent?: pulumi.Resource) {
    super(`storage:index:${type}`, name, {}, parent ? { parent } : {});
    this.registerOutputs({});
  }
}

const classes = { ...truenas };

const site = new Group("Site", "home");
const parent = new Group("Appliance", "din", site);
// Not `parent.urn`: whoever depends on a component waits for all of its children, and these wait for the provider.
const home = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::storage:index:Site::home`;
const importParent = pulumi.createUrn("din", "storage:index:Appliance", home);
const provider = new truenas.Provider(
  "din",
  { host: "192.0.2.20", label: "din", importParent, secretName: "storage:sshKey" },
  { parent },
);
const made = new Map<string, pulumi.Resource>();
const written = JSON.parse(readFileSync(process.env["STORAGE_RESOURCES"] ?? "", "utf8")) as readonly Written[];

for (const { type, name, props, after = [], protect = false } of written) {
  const dependsOn = after.flatMap((key) => made.get(key) ?? []);
  const Class = classes[type as "Dataset"];
  made.set(`${type} ${name}`, new Class(name, props, { parent, provider, dependsOn, protect }));
}
