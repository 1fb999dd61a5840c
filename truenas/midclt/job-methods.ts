/** Methods that start a job: without `-j` they succeed at once whatever happens, with it other methods hang. */
export const JOB_METHODS: ReadonlySet<string> = new Set([
  "core.bulk",
  "filesystem.chown",
  "filesystem.setacl",
  "filesystem.setperm",
  "pool.create",
  "pool.update",
  "service.control",
]);

/** Methods that answer with text, which is printed bare and may look like a number. */
export const TEXT_METHODS: ReadonlySet<string> = new Set(["system.version_short"]);
