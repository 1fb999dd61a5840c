import { tmpdir } from "node:os";
import { join } from "node:path";

/** Node.js keeps what it compiled, so that the many processes of the stories start sooner. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(tmpdir(), "homelab-compile-cache") };
