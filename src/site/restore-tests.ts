import { z } from "zod";
import { datasetRef } from "./datasets.ts";
import { date } from "./dates.ts";
import { lifetime } from "./lifetimes.ts";
import { plainName } from "./names.ts";
import { size } from "./sizes.ts";
import { choice, named, reference, text, wholeNumber } from "./value.ts";
import { RESTORE_TIERS } from "./vocabulary.ts";

/** A file or directory below a dataset; nothing that leads out of it. */
const samplePath = text({
  rule: "sample-path",
  allowed: "a path below the dataset, without a slash in front and without . or .. in it",
  remedy: "write where the file lies below the dataset, such as 2024/summer.jpg",
  examples: ["2024/summer.jpg"],
  read: (input) => {
    const wrong = input.split("/").some((step) => step === "" || step === "." || step === ".." || /\p{Cc}/u.test(step));
    return wrong ? { refused: { says: `"${input}" is not a path below the dataset` } } : { value: input };
  },
});

const sample = z.strictObject({
  files: wholeNumber(1, 1000, "files", "write how many files are compared")
    .default(20)
    .meta({ description: "How many files are compared, chosen anew each time." }),
  bytes: size()
    .prefault("1 GB")
    .meta({ description: "Most bytes that are compared, so that a test of large files ends; 1 GB when left out." }),
  paths: z
    .array(samplePath)
    .default([])
    .meta({ description: "Files that are always among them, by path below the dataset." }),
});

const restoreTest = z.strictObject({
  source: datasetRef.meta({ description: "The data whose copy is restored." }),
  tier: choice(RESTORE_TIERS).meta({ description: "Which copy is restored: where it comes from." }),
  copy: reference("a replication or an offsite copy")
    .exactOptional()
    .meta({ description: "Which one, by name, where several carry the data." }),
  into: choice(["source", "copy"]).default("source").meta({
    description:
      "Where a replica is restored to: on the appliance that the data comes from, or beside the copy where it is too large to travel.",
  }),
  sample: sample.prefault({}).meta({ description: "What is compared." }),
  every: lifetime().meta({ description: "How often; older evidence is stale: 3 months." }),
  firstBy: date()
    .exactOptional()
    .meta({ description: "The day by which it is first performed; until then there need be no evidence." }),
  compare: choice(["checksum"])
    .default("checksum")
    .meta({ description: "How: SHA-256 of each file, computed on the appliances." }),
});

/** Restores that are tried regularly, by name. */
export const restoreTests = named(plainName, restoreTest)
  .default({})
  .meta({ description: "Restores that are tried regularly, by name." });
