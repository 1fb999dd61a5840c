/** The walls between the rooms. Each rule says what to do instead. */
const DOOR = "(?!index[.]ts$)";

export default {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      comment: "data flows one way; move what both need below them",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      comment: "the import leads nowhere; install the package or mend the path",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-orphans",
      severity: "error",
      comment: "nobody imports this file and nothing starts it; delete it",
      from: {
        orphan: true,
        pathNot: "^(test/|src/index[.]ts$|policies/start[.]mjs$|[.]dependency-cruiser[.]mjs$|vitest[.]config[.]ts$)",
      },
      to: {},
    },
    {
      name: "the-stack-is-the-top",
      severity: "error",
      comment: "nobody imports src; policies share its vocabulary, components its model, ops the names of its secrets",
      from: { pathNot: "^(src|test)/" },
      to: { path: "^src/", pathNot: "^src/(site/|secrets[.]ts$)" },
    },
    {
      name: "policies-know-only-the-provider-door-and-the-vocabulary",
      severity: "error",
      comment:
        "a policy judges resources; if it needs a component, the rule belongs in the component or in truenas/model",
      from: { path: "^policies/" },
      to: { path: [`^truenas/${DOOR}`, "^src/(?!site/vocabulary[.]ts$)", "^(components|lab|ops|test)/"] },
    },
    {
      name: "components-enter-the-provider-through-its-door",
      severity: "error",
      comment: "import from truenas/index.ts",
      from: { path: "^(src|components)/" },
      to: { path: `^truenas/${DOOR}` },
    },
    {
      name: "the-owner-enters-through-the-doors",
      severity: "error",
      comment: "import from truenas/index.ts, inspect.ts or restore.ts, and from src/site/index.ts",
      from: { path: "^ops/" },
      to: { path: ["^truenas/(?!(index|inspect|restore)[.]ts$)", `^src/site/${DOOR}`] },
    },
    {
      name: "components-know-the-site-through-its-door",
      severity: "error",
      comment: "import from src/site/index.ts",
      from: { path: "^components/" },
      to: { path: `^src/site/${DOOR}` },
    },
    {
      name: "the-provider-knows-nobody",
      severity: "error",
      comment: "truenas is a package in waiting; it may not know the homelab that uses it",
      from: { path: "^truenas/" },
      to: { path: "^(src|components|policies|lab|ops|test)/" },
    },
    {
      name: "the-model-is-pure",
      severity: "error",
      comment: "no I/O and no Pulumi in the model; it describes the types",
      from: { path: "^truenas/model/" },
      to: {
        path: ["^truenas/(resources|plugin|midclt)/", "node_modules/(ssh2|@grpc)", "^(node:)?(fs|net|child_process)"],
      },
    },
    {
      name: "resources-do-no-work",
      severity: "error",
      comment: "what programs see has no I/O; it belongs in truenas/plugin",
      from: { path: "^truenas/resources/" },
      to: { path: "^truenas/(plugin|midclt)/" },
    },
    {
      name: "the-lab-is-independent",
      severity: "error",
      comment: "shared code would hide shared mistakes; the lab knows protocols only",
      from: { path: "^lab/" },
      to: { path: "^(src|components|policies|truenas|ops|test)/" },
    },
    {
      name: "engine-and-appliance-are-strangers",
      severity: "error",
      comment: "only lab/cli composes them",
      from: { path: "^lab/(engine|plugins)/" },
      to: { path: "^lab/(truenas|cli)/" },
    },
    {
      name: "appliance-and-engine-are-strangers",
      severity: "error",
      comment: "only lab/cli composes them",
      from: { path: "^lab/truenas/" },
      to: { path: "^lab/(engine|plugins|cli)/" },
    },
    {
      name: "the-lab-is-for-tests-and-commands",
      severity: "error",
      comment: "production rooms must not know that the lab exists",
      from: { pathNot: "^(lab|test)/" },
      to: { path: "^lab/" },
    },
    {
      name: "few-doors-to-ssh",
      severity: "error",
      comment: "talk to TrueNAS through truenas/midclt",
      from: { pathNot: "^(truenas/midclt/ssh|lab/truenas/ssh-server|lab/plugins/command/[a-z-]+)[.]ts$|^test/" },
      to: { path: "node_modules/ssh2" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "test/.*fixtures/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
