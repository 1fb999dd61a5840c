import type { Goal } from "../planner/goal.ts";
import { type PropertyMap, Secret } from "../properties/value.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { providerType } from "../urn.ts";

/** Which plugin a resource asks for when it names no provider. */
export interface ProviderRequest {
  readonly package: string;
  readonly version: string;
  readonly pluginDownloadUrl: string;
}

type Register = (goal: Goal) => Promise<ResourceState>;

/** The providers that the engine registers by itself, one for each package, version and download address. */
export class DefaultProviders {
  readonly #register: Register;
  readonly #config: Readonly<Record<string, string>>;
  readonly #secretKeys: ReadonlySet<string>;
  readonly #references = new Map<string, Promise<string>>();

  constructor(register: Register, config: Readonly<Record<string, string>>, secretKeys: readonly string[]) {
    this.#register = register;
    this.#config = config;
    this.#secretKeys = new Set(secretKeys);
  }

  /** Reference `urn::id` of the default provider. */
  reference(request: ProviderRequest): Promise<string> {
    const name = defaultName(request);
    const key = `${request.package} ${name}`;
    const known = this.#references.get(key);
    if (known !== undefined) return known;
    const reference = this.#register(this.#goal(request, name)).then(({ urn, id }) => `${urn}::${id}`);
    this.#references.set(key, reference);
    return reference;
  }

  #goal(request: ProviderRequest, name: string): Goal {
    const { version, pluginDownloadUrl } = request;
    const internal: PropertyMap = pluginDownloadUrl === "" ? {} : { pluginDownloadURL: pluginDownloadUrl };
    return {
      ...PLAIN_GOAL,
      type: providerType(request.package),
      name,
      inputs: {
        ...this.#packageConfig(request.package),
        ...(version === "" && pluginDownloadUrl === "" ? {} : { __internal: internal }),
        ...(version === "" ? {} : { version }),
      },
    };
  }

  #packageConfig(pkg: string): PropertyMap {
    const own = Object.entries(this.#config).filter(([key]) => key.startsWith(`${pkg}:`));
    return Object.fromEntries(
      own.map(([key, value]) => [key.slice(pkg.length + 1), this.#secretKeys.has(key) ? new Secret(value) : value]),
    );
  }
}

/** A custom resource without options. */
const PLAIN_GOAL: Omit<Goal, "type" | "name" | "inputs"> = {
  custom: true,
  parent: "",
  protect: undefined,
  retainOnDelete: undefined,
  dependencies: [],
  propertyDependencies: {},
  provider: "",
  deleteBeforeReplace: undefined,
  ignoreChanges: [],
  replaceOnChanges: [],
  additionalSecretOutputs: [],
  aliases: [],
  importId: "",
  customTimeouts: {},
  deletedWith: "",
};

/** `default`, with version and download address in characters that a name may have. */
export function defaultName({ version, pluginDownloadUrl }: Omit<ProviderRequest, "package">): string {
  const address = pluginDownloadUrl
    .split("/")
    .filter((part) => part !== "")
    .join("/");
  return ["default", version.replace(/\W/g, "_"), address.replace(/[^\w./-]/g, "_")]
    .filter((part) => part !== "")
    .join("_");
}
