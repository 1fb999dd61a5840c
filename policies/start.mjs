// Loaded by `require`, which allows no top-level await; an older Node would fail on the first .ts file without saying why.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `the policy pack needs Node 22.18 or newer, this is ${process.version}; run it through: npm run pulumi -- …`,
  );
  process.exit(1);
}
void import("./index.ts");
