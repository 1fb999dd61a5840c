import { randomBytes, randomUUID } from "node:crypto";
import { serveStandIn } from "../plugin-server.ts";
import type { InputRule, ResourceType } from "../resource-type.ts";
import type { Wire, WireMap } from "../values.ts";
import { generator, shuffle } from "./generator.ts";
import { randomPassword, randomString } from "./text.ts";
import { WORDS } from "./words.ts";

const keepers: InputRule = { type: "map", replaces: true };

const randomId: ResourceType = {
  inputs: {
    keepers,
    byteLength: { type: "integer", required: true, replaces: true },
    prefix: { type: "string", replaces: true },
  },
  computed: ["b64Std", "b64Url", "dec", "hex"],
  create: async (inputs) => identifier(randomBytes(Number(inputs["byteLength"])), String(inputs["prefix"] ?? "")),
  import(id) {
    const bytes = Buffer.from(id, "base64url");
    return { inputs: { byteLength: bytes.length }, outputs: identifier(bytes, "").outputs };
  },
};

function identifier(bytes: Buffer, prefix: string): { id: string; outputs: WireMap } {
  const outputs = {
    b64Std: prefix + bytes.toString("base64"),
    b64Url: prefix + bytes.toString("base64url"),
    dec: prefix + BigInt(`0x${bytes.toString("hex") || "0"}`).toString(),
    hex: prefix + bytes.toString("hex"),
  };
  return { id: bytes.toString("base64url"), outputs };
}

const randomBytesType: ResourceType = {
  inputs: { keepers, length: { type: "integer", required: true, replaces: true } },
  computed: ["base64", "hex"],
  secretOutputs: ["base64", "hex"],
  async create(inputs) {
    const bytes = randomBytes(Number(inputs["length"]));
    return { id: "none", outputs: { base64: bytes.toString("base64"), hex: bytes.toString("hex") } };
  },
};

const randomInteger: ResourceType = {
  inputs: {
    keepers,
    min: { type: "integer", required: true, replaces: true },
    max: { type: "integer", required: true, replaces: true },
    seed: { type: "string", replaces: true },
  },
  computed: ["result"],
  check: ({ min, max }) =>
    Number(max) < Number(min) ? [{ property: "max", reason: "must not be less than min" }] : [],
  async create({ min, max, seed }) {
    const result = Number(min) + generator(text(seed))(Number(max) - Number(min) + 1);
    return { id: String(result), outputs: { result } };
  },
};

const randomPet: ResourceType = {
  inputs: {
    keepers,
    length: { type: "integer", replaces: true, default: 2 },
    prefix: { type: "string", replaces: true },
    separator: { type: "string", replaces: true, default: "-" },
  },
  computed: [],
  async create({ length, prefix, separator }) {
    const pick = generator(undefined);
    const word = (list: readonly string[]) => list[pick(list.length)] ?? "";
    const count = Number(length);
    const adverbs = Array.from({ length: Math.max(0, count - 2) }, () => word(WORDS.adverbs));
    const words = [...adverbs, ...(count > 1 ? [word(WORDS.adjectives)] : []), word(WORDS.names)];
    const start = prefix === undefined ? [] : [String(prefix)];
    return { id: [...start, ...words].join(String(separator)), outputs: {} };
  },
};

const randomShuffle: ResourceType = {
  inputs: {
    keepers,
    inputs: { type: "list", required: true, replaces: true },
    resultCount: { type: "integer", replaces: true },
    seed: { type: "string", replaces: true },
  },
  computed: ["results"],
  async create({ inputs, resultCount, seed }) {
    const items = inputs as Wire[];
    const pick = generator(text(seed));
    const results: Wire[] = [];
    const count = Number(resultCount ?? items.length);
    // More results than items: the items are dealt out again, in a new order each time.
    while (results.length < count && items.length > 0) results.push(...shuffle(items, pick));
    return { id: "-", outputs: { results: results.slice(0, count) } };
  },
};

const randomUuid: ResourceType = {
  inputs: { keepers },
  computed: ["result"],
  async create() {
    const result = randomUUID();
    return { id: result, outputs: { result } };
  },
  import: (id) => ({ inputs: {}, outputs: { result: id } }),
};

const randomUuid7: ResourceType = {
  ...randomUuid,
  async create() {
    const [time, tail] = [Date.now().toString(16).padStart(12, "0"), randomUUID().slice(15)];
    const result = `${time.slice(0, 8)}-${time.slice(8)}-7${tail}`;
    return { id: result, outputs: { result } };
  },
};

function text(value: Wire | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

serveStandIn({
  version: "4.21.2",
  types: {
    "random:index/randomBytes:RandomBytes": randomBytesType,
    "random:index/randomId:RandomId": randomId,
    "random:index/randomInteger:RandomInteger": randomInteger,
    "random:index/randomPassword:RandomPassword": randomPassword,
    "random:index/randomPet:RandomPet": randomPet,
    "random:index/randomShuffle:RandomShuffle": randomShuffle,
    "random:index/randomString:RandomString": randomString,
    "random:index/randomUuid:RandomUuid": randomUuid,
    "random:index/randomUuid4:RandomUuid4": randomUuid,
    "random:index/randomUuid7:RandomUuid7": randomUuid7,
  },
});
