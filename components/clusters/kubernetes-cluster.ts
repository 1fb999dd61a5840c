import type * as pulumi from "@pulumi/pulumi";

/** A machine of a cluster as others see it. */
export interface ClusterMember {
  readonly name: string;
  readonly role: "control-plane" | "worker";
  readonly address: string;
}

/** What every cluster offers, whichever distribution it is: all above it needs to know no more. */
export interface KubernetesCluster {
  /** Where its API is reached, as a URL. */
  readonly endpoint: string;
  /** Opens its API as an administrator; a secret. Undefined while none of its control planes can be made. */
  readonly kubeconfig: pulumi.Output<string> | undefined;
  /** What must be there before anything can be deployed to it. */
  readonly ready: pulumi.Resource | undefined;
  readonly members: readonly ClusterMember[];
}
