import type { TalosNode, TalosPlan } from "./plan.ts";

/** Name, addresses, name servers, and on control planes the address that they share: one document each. */
export function networkDocuments(plan: TalosPlan, node: TalosNode): object[] {
  const apiVersion = "v1alpha1";
  const resolver = {
    apiVersion,
    kind: "ResolverConfig",
    nameservers: node.nameservers.map((address) => ({ address })),
  };
  const shared = { apiVersion, kind: "Layer2VIPConfig", name: plan.endpoint, link: linkName(node.card) };

  return [
    { apiVersion, kind: "HostnameConfig", auto: "off", hostname: node.name },
    ...node.interfaces.map(({ address, gateway, mtu }, at) => ({
      apiVersion,
      kind: "LinkConfig",
      name: linkName(at),
      up: true,
      mtu,
      addresses: [{ address }],
      ...(gateway ? { routes: [{ gateway }] } : {}),
    })),
    ...(node.nameservers.length > 0 ? [resolver] : []),
    ...(node.role === "control-plane" ? [shared] : []),
  ];
}

/** nocloud images name interfaces in the order of their cards. */
function linkName(card: number): string {
  return `eth${card}`;
}
