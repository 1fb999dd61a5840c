import * as pulumi from "@pulumi/pulumi";
import type { providerConfig } from "../model/provider-config.ts";
import type { ArgsOf } from "./args.ts";

/** Arguments of `Provider`. */
export type ProviderArgs = ArgsOf<typeof providerConfig>;

/** One TrueNAS appliance; it is reached at the first call that needs it, never while configuring or planning. */
export class Provider extends pulumi.ProviderResource {
  /** True for an instance of this class, whichever copy of the package made it. */
  static override isInstance(value: unknown): value is Provider {
    return Object(value).__pulumiType === "pulumi:providers:truenas";
  }

  /**
   * @param name unique name of the provider in the program
   * @param args address and identity of the appliance
   * @param opts options that control how Pulumi treats it
   */
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
    super("truenas", name, { ...args, privateKey: secret(args.privateKey) }, opts);
  }
}

/** The key is a secret even where the program passes it as plain text. */
function secret(key: pulumi.Input<string> | undefined): pulumi.Output<string> | undefined {
  return key === undefined ? undefined : pulumi.secret(key);
}
