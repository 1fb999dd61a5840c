// Runs up in a process of its own, which can be killed: run-up.ts <stack options as JSON>.
import { Stack, type StackOptions } from "../../../lab/engine/index.ts";

await new Stack(JSON.parse(process.argv[2] ?? "{}") as StackOptions).up({ skipPreview: true });
