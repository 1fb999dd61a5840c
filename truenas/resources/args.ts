import type * as pulumi from "@pulumi/pulumi";
import type { INHERIT, RequiredKeys, ValueOf } from "../model/property.ts";

/** Arguments of a resource, derived from its property table: plain values or outputs at every level. */
export type ArgsOf<F> = { readonly [K in RequiredKeys<F>]: InputOf<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: InputOf<F[K]> | undefined;
};

type InputOf<P> = pulumi.Input<
  | (P extends { readonly kind: "list"; readonly items: infer I }
      ? readonly InputOf<I>[]
      : P extends { readonly kind: "object"; readonly fields: infer F }
        ? ArgsOf<F>
        : P extends { readonly kind: "map"; readonly values: infer M }
          ? Readonly<Record<string, InputOf<M>>>
          : ValueOf<P>)
  | (P extends { readonly inheritable: true } ? typeof INHERIT : never)
>;

/** Properties of a resource that programs can read: its arguments as TrueNAS has them, and what it computes. */
export type OutputsOf<F, O> = { readonly [K in keyof F]: pulumi.Output<OutputValue<F, K>> } & {
  readonly [K in keyof O]: pulumi.Output<ValueOf<O[K]>>;
};

type OutputValue<F, K extends keyof F> = K extends RequiredKeys<F> ? ValueOf<F[K]> : ValueOf<F[K]> | undefined;
