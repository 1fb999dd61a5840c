import { UnknownValueError } from "@pulumi/policy";
import type { Judged } from "./judged.ts";
import { textAt } from "./reading.ts";
import { SITE, type SiteRecord, siteRecord } from "./site-record.ts";
import { today } from "./today.ts";

interface Index {
  readonly byValue: Map<string, Judged[]>;
  /** The first resource whose value is not known yet: it might be the one that is looked for. */
  readonly open: UnknownValueError | undefined;
}

interface Memo {
  readonly value: unknown;
  readonly missed: UnknownValueError | undefined;
}

/** All resources of a program, indexed once so that a rule's cost does not grow with their number. */
export class Stack {
  readonly resources: readonly Judged[];
  readonly site: SiteRecord | undefined;
  /** The day on which it is judged, `YYYY-MM-DD`. */
  readonly today: string;
  readonly #byType: ReadonlyMap<string, readonly Judged[]>;
  readonly #indexes = new Map<string, Index>();
  readonly #memo = new Map<unknown, Memo>();
  #missed: UnknownValueError | undefined;

  constructor(resources: readonly Judged[], day: string = today()) {
    this.resources = resources;
    this.today = day;
    this.#byType = Map.groupBy(resources, ({ type }) => type);
    this.site = this.#recorded();
  }

  /** The site as it is recorded; one that is not known yet is none, so that nothing is waived by it. */
  #recorded(): SiteRecord | undefined {
    try {
      return siteRecord(this.#byType.get(SITE)?.[0]);
    } catch (error) {
      if (error instanceof UnknownValueError) return undefined;
      throw error;
    }
  }

  /** The resources of some types. */
  of(...types: readonly string[]): readonly Judged[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /** The resources of a type in one home whose property, such as `metadata.name`, has this value. */
  where(type: string, home: string, property: string, value: string): readonly Judged[] {
    const index = this.#index(type, property);
    if (index.open) this.missed(index.open);

    return (index.byValue.get(value) ?? []).filter((resource) => resource.home === home);
  }

  /** What is worked out from the whole stack, worked out once; what it could not see is missed by all who ask. */
  once<T>(work: (stack: Stack) => T): T {
    const known = this.#memo.get(work) ?? this.#workOut(work);
    if (known.missed) this.missed(known.missed);
    return known.value as T;
  }

  /** The resources of some types that match; one that cannot be seen yet is missed. */
  known(types: readonly string[], matches: (resource: Judged) => boolean): Judged[] {
    return this.of(...types).filter((resource) => {
      try {
        return matches(resource);
      } catch (error) {
        if (!(error instanceof UnknownValueError)) throw error;
        this.missed(error);
        return false;
      }
    });
  }

  /** Remembers that something could not be seen, so that a verdict against a resource may be wrong. */
  missed(error: UnknownValueError): void {
    this.#missed ??= error;
  }

  /** Judges, and throws rather than accuse a resource while something relevant could not be seen. */
  surely(judge: () => readonly string[]): readonly string[] {
    this.#missed = undefined;
    const wrong = judge();
    if (wrong.length > 0 && this.#missed) throw this.#missed;
    return wrong;
  }

  #workOut(work: (stack: Stack) => unknown): Memo {
    const before = this.#missed;
    this.#missed = undefined;
    const memo = { value: work(this), missed: this.#missed };
    this.#missed = before;
    this.#memo.set(work, memo);
    return memo;
  }

  #index(type: string, property: string): Index {
    const key = `${type} ${property}`;
    const known = this.#indexes.get(key);
    if (known) return known;
    const index = indexed(this.of(type), property);
    this.#indexes.set(key, index);
    return index;
  }
}

function indexed(resources: readonly Judged[], property: string): Index {
  const byValue = new Map<string, Judged[]>();
  let open: UnknownValueError | undefined;
  for (const resource of resources) {
    try {
      const value = textAt(resource.props, ...property.split(".")) ?? "";
      byValue.set(value, [...(byValue.get(value) ?? []), resource]);
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      open ??= error;
    }
  }
  return { byValue, open };
}
