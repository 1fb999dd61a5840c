import * as grpc from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import protocol from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import type { Values } from "../model/property.ts";
import { resourceType } from "../model/registry.ts";
import type { Problem } from "../model/resource-type.ts";
import { packageSchema, VERSION } from "../model/schema.ts";
import { secretNames } from "../model/secrets.ts";
import { type Decoded, decode, encode, marked } from "./codec.ts";
import { HalfDone } from "./create.ts";
import type { Difference } from "./diff.ts";
import type { Subject, TrueNasProvider } from "./provider.ts";
import type { Redactor } from "./redact.ts";
import { serviceError } from "./service-error.ts";

type Handler<Q, S> = grpc.handleUnaryCall<Q, S>;
type Kinds = typeof protocol.PropertyDiff.Kind;

const KINDS: Readonly<Record<Difference["kind"], readonly [change: Kinds[keyof Kinds], replace: Kinds[keyof Kinds]]>> =
  {
    add: [protocol.PropertyDiff.Kind.ADD, protocol.PropertyDiff.Kind.ADD_REPLACE],
    delete: [protocol.PropertyDiff.Kind.DELETE, protocol.PropertyDiff.Kind.DELETE_REPLACE],
    update: [protocol.PropertyDiff.Kind.UPDATE, protocol.PropertyDiff.Kind.UPDATE_REPLACE],
  };

/** Serves the provider over the engine's protocol: each method decodes, delegates and encodes. */
export function serve(provider: TrueNasProvider, redactor: Redactor): grpc.Server {
  const unary = <Q, S>(answer: (request: Q) => S | Promise<S>): Handler<Q, S> => {
    return (call, callback) => {
      Promise.resolve()
        .then(() => answer(call.request))
        .then(
          (reply) => callback(null, reply),
          (error) => callback(serviceError(error, redactor)),
        );
    };
  };
  const open: Open = (struct, subject) => decode(struct, redactor, subject && resourceType(subjectOf(subject).type));
  const failures = (problems: readonly Problem[]) =>
    problems.map(({ property, reason }) =>
      new protocol.CheckFailure().setProperty(property).setReason(redactor.text(reason)),
    );
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(ResourceProviderService, {
    ...configurationMethods(provider, unary, open, failures),
    ...resourceMethods(provider, unary, open, failures),
  } satisfies Partial<IResourceProviderServer> as unknown as IResourceProviderServer);

  return server;
}

type Unary = <Q, S>(answer: (request: Q) => S | Promise<S>) => Handler<Q, S>;
type Open = (struct: Parameters<typeof decode>[0], subject?: Addressed) => Decoded;
type Addressed = Parameters<typeof subjectOf>[0];
type Failures = (problems: readonly Problem[]) => InstanceType<typeof protocol.CheckFailure>[];

function configurationMethods(provider: TrueNasProvider, unary: Unary, open: Open, failures: Failures) {
  return {
    handshake: unary(() => new protocol.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true)),
    getPluginInfo: unary(() => new plugins.PluginInfo().setVersion(VERSION)),
    getSchema: unary(() => new protocol.GetSchemaResponse().setSchema(JSON.stringify(packageSchema()))),
    checkConfig: unary((request: InstanceType<typeof protocol.CheckRequest>) => {
      const news = open(request.getNews());
      return checked(request, failures(provider.checkConfig(news.values)));
    }),
    diffConfig: unary((request: InstanceType<typeof protocol.DiffRequest>) => {
      const olds = open(request.getOldInputs() ?? request.getOlds());
      const changes = provider.diffConfig(olds.values, open(request.getNews()).values);
      return diffResponse(
        changes.map((change) => ({ ...change, replaces: false })),
        false,
      );
    }),
    configure: unary((request: InstanceType<typeof protocol.ConfigureRequest>) => {
      const urn = request.getUrn();
      const name = request.getName();
      provider.configure(open(request.getArgs()).values, { ...(urn ? { urn } : {}), ...(name ? { name } : {}) });
      return new protocol.ConfigureResponse().setAcceptsecrets(true).setAcceptresources(true).setSupportspreview(true);
    }),
    cancel: unary(() => {
      provider.cancel();
      return new empties.Empty();
    }),
  };
}

function resourceMethods(provider: TrueNasProvider, unary: Unary, open: Open, failures: Failures) {
  return {
    check: unary((request: InstanceType<typeof protocol.CheckRequest>) => {
      const olds = request.getOlds() ? open(request.getOlds(), request).values : undefined;
      const news = open(request.getNews(), request);
      const problems = failures(provider.check(subjectOf(request), news.values, olds));
      return checked(request, problems, secretsOf(request));
    }),
    diff: unary(async (request: InstanceType<typeof protocol.DiffRequest>) => {
      const outputs = open(request.getOlds(), request).values;
      const oldInputs = request.getOldInputs() ? open(request.getOldInputs(), request).values : outputs;
      const states = {
        id: request.getId(),
        oldInputs,
        oldOutputs: outputs,
        news: open(request.getNews(), request).values,
      };
      const result = await provider.diff(subjectOf(request), { ...states, ignore: request.getIgnorechangesList() });
      return diffResponse(result.differences, result.deleteFirst);
    }),
    create: unary(async (request: InstanceType<typeof protocol.CreateRequest>) => {
      const inputs = open(request.getProperties(), request);
      const { id, outputs } = await keepingSecrets(withSecretsOf(request, inputs.secrets), () =>
        provider.create(subjectOf(request), inputs.values, request.getPreview()),
      );
      return new protocol.CreateResponse()
        .setId(id)
        .setProperties(encode(outputs, withSecretsOf(request, inputs.secrets)));
    }),
    update: unary(async (request: InstanceType<typeof protocol.UpdateRequest>) => {
      const olds = open(request.getOlds(), request);
      const news = open(request.getNews(), request);
      const oldInputs = request.getOldInputs() ? open(request.getOldInputs(), request).values : olds.values;
      const states = { id: request.getId(), oldInputs, oldOutputs: olds.values, news: news.values };
      const ignore = request.getIgnorechangesList();
      const outputs = await provider.update(subjectOf(request), { ...states, ignore }, request.getPreview());
      return new protocol.UpdateResponse().setProperties(encode(outputs, withSecretsOf(request, news.secrets)));
    }),
    read: unary(async (request: InstanceType<typeof protocol.ReadRequest>) => {
      const inputs = open(request.getInputs(), request);
      const outputs = open(request.getProperties(), request);
      const recorded = isEmpty(inputs.values) ? undefined : { inputs: inputs.values, outputs: outputs.values };
      const state = await provider.read(subjectOf(request), request.getId(), recorded);
      if (!state) return new protocol.ReadResponse();
      const secrets = withSecretsOf(request, new Set([...inputs.secrets, ...outputs.secrets]));
      return new protocol.ReadResponse()
        .setId(request.getId())
        .setInputs(encode(state.inputs, secrets))
        .setProperties(encode(state.outputs, secrets));
    }),
    delete: unary(async (request: InstanceType<typeof protocol.DeleteRequest>) => {
      const outputs = open(request.getProperties(), request).values;
      const inputs = request.getOldInputs() ? open(request.getOldInputs(), request).values : outputs;
      await provider.delete(subjectOf(request), request.getId(), { inputs, outputs });
      return new empties.Empty();
    }),
  };
}

/** What is recorded of an object that is made in part only has the same secrets as one that is made. */
async function keepingSecrets<T>(secrets: ReadonlySet<string>, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof HalfDone) error.secrets = secrets;
    throw error;
  }
}

/** Checked inputs go back as they came: nothing is filled in, so that state holds what the program says. */
function checked(
  request: InstanceType<typeof protocol.CheckRequest>,
  failures: InstanceType<typeof protocol.CheckFailure>[],
  always: ReadonlySet<string> = new Set(),
): InstanceType<typeof protocol.CheckResponse> {
  return new protocol.CheckResponse().setInputs(marked(request.getNews(), always)).setFailuresList(failures);
}

function diffResponse(
  differences: readonly Difference[],
  deleteFirst: boolean,
): InstanceType<typeof protocol.DiffResponse> {
  const top = (path: string) => path.split(/[.[]/)[0] ?? path;
  const { DIFF_SOME, DIFF_NONE } = protocol.DiffResponse.DiffChanges;
  const replaces = differences.filter((difference) => difference.replaces).map((difference) => top(difference.path));
  const response = new protocol.DiffResponse()
    .setChanges(differences.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...new Set(differences.map((difference) => top(difference.path)))])
    .setReplacesList([...new Set(replaces)])
    .setDeletebeforereplace(deleteFirst && replaces.length > 0)
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces: replace } of differences) {
    response
      .getDetaileddiffMap()
      .set(path, new protocol.PropertyDiff().setKind(KINDS[kind][replace ? 1 : 0]).setInputdiff(true));
  }

  return response;
}

/** Names that are secrets whatever the program says of them. */
function secretsOf(request: Addressed): ReadonlySet<string> {
  const type = resourceType(subjectOf(request).type);

  return type ? secretNames(type) : new Set();
}

function withSecretsOf(request: Addressed, secrets: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...secrets, ...secretsOf(request)]);
}

/** Engines before 3.150 send the URN only. */
function subjectOf(request: { getUrn(): string; getName(): string; getType(): string }): Subject {
  const urn = request.getUrn();
  const [, , types = "", name = ""] = urn.split("::");

  return { urn, name: request.getName() || name, type: request.getType() || (types.split("$").at(-1) ?? "") };
}

function isEmpty(values: Values): boolean {
  return Object.keys(values).length === 0;
}
