import { parse } from "yaml";
import { z } from "zod";

const base64 = z.string().regex(/^[A-Za-z0-9+/_-]+=*$/);
const token = z.string().regex(/^[a-z0-9]{6}[.][a-z0-9]{16}$/);
const pair = z.object({ crt: base64, key: base64 });

const bundle = z.object({
  cluster: z.object({ id: base64, secret: base64 }),
  secrets: z.object({ bootstraptoken: token, secretboxencryptionsecret: base64 }),
  trustdinfo: z.object({ token }),
  certs: z.object({
    etcd: pair,
    k8s: pair,
    k8saggregator: pair,
    k8sserviceaccount: z.object({ key: base64 }),
    os: pair,
  }),
});

/** What only the machines of one cluster know, as `talosctl gen secrets` makes it. */
export type TalosSecrets = z.infer<typeof bundle>;

/** Reads what `talosctl gen secrets` printed. @throws when it is something else; the message quotes none of it. */
export function readSecrets(text: string): TalosSecrets {
  const result = bundle.safeParse(parse(text));
  if (result.success) return result.data;
  const where = result.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new Error(`the secrets of the cluster are not what talosctl gen secrets prints; look at ${where}`);
}

const SAMPLE = "c2FtcGxl";
const SAMPLE_PAIR = { crt: SAMPLE, key: SAMPLE };

/** Secrets of nobody: with them a configuration can be checked before there are any. */
export const SAMPLE_SECRETS: TalosSecrets = {
  cluster: { id: SAMPLE, secret: SAMPLE },
  secrets: { bootstraptoken: "sample.sample0123456789", secretboxencryptionsecret: SAMPLE },
  trustdinfo: { token: "sample.sample0123456789" },
  certs: {
    etcd: SAMPLE_PAIR,
    k8s: SAMPLE_PAIR,
    k8saggregator: SAMPLE_PAIR,
    k8sserviceaccount: { key: SAMPLE },
    os: SAMPLE_PAIR,
  },
};
