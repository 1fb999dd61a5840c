import { decode, encode, type Understanding } from "../properties/codec.ts";
import { containsSecrets, isMap, type PropertyMap, Secret, withoutOutputs } from "../properties/value.ts";
import { provider as messages } from "../protocol/wire.ts";
import { parseUrn } from "../urn.ts";
import type { CheckArgs, CheckFailure, DiffArgs } from "./provider.ts";

/** The request of Check and CheckConfig. */
export function checkRequest(args: CheckArgs, understanding: Understanding) {
  const { name, type } = parseUrn(args.urn);
  return new messages.CheckRequest()
    .setUrn(args.urn)
    .setName(name)
    .setType(type)
    .setOlds(encode(args.olds, understanding))
    .setNews(encode(args.news, understanding))
    .setRandomseed(args.randomSeed);
}

/** The request of Diff and DiffConfig. */
export function diffRequest(args: DiffArgs, understanding: Understanding) {
  const { name, type } = parseUrn(args.urn);
  const all = { ...understanding, unknowns: args.allowUnknowns };
  return new messages.DiffRequest()
    .setId(args.id)
    .setUrn(args.urn)
    .setName(name)
    .setType(type)
    .setOlds(encode(args.oldOutputs, all))
    .setOldInputs(encode(args.oldInputs, all))
    .setNews(encode(args.news, all))
    .setIgnorechangesList([...args.ignoreChanges]);
}

/** The answer to Check and CheckConfig; a provider that knows no secrets gets its secret marks back. */
export function checkResult(
  response: InstanceType<typeof messages.CheckResponse>,
  news: PropertyMap,
  secrets: boolean,
) {
  const inputs = withoutOutputs(decode(response.getInputs()));
  return {
    inputs: secrets ? inputs : keepSecrets(inputs, news),
    failures: failuresOf(response.getFailuresList()),
  };
}

/** Reasons against inputs or arguments. */
export function failuresOf(list: readonly InstanceType<typeof messages.CheckFailure>[]): CheckFailure[] {
  return list.map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}

/** For providers that know no secrets: what was secret when it was sent is secret when it comes back. */
export function keepSecrets(results: PropertyMap, given: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(results).map(([key, value]) => {
      const before = given[key];
      if (before === undefined || value instanceof Secret) return [key, value];
      if (isMap(value) && isMap(before)) return [key, keepSecrets(value, before)];
      return [key, containsSecrets(before) ? new Secret(value) : value];
    }),
  );
}

/** Every value of a map, made secret. */
export function hidden(map: PropertyMap): PropertyMap {
  const entries = Object.entries(map);
  return Object.fromEntries(entries.map(([key, value]) => [key, value instanceof Secret ? value : new Secret(value)]));
}
