import { z } from "zod";
import { rate } from "./rates.ts";
import { wholeNumber } from "./value.ts";

/** What the computed times of loss and recovery rest on (ADR-0041). */
export const recovery = z
  .strictObject({
    download: rate().prefault("100 Mbit/s").meta({ description: "How fast data comes from outside the house." }),
    upload: rate().prefault("40 Mbit/s").meta({ description: "How fast data leaves the house." }),
    dailyChange: wholeNumber(1, 100, "percent", "write the share of the data that a day changes")
      .default(1)
      .meta({ description: "Share of the data that changes within a day, in percent." }),
  })
  .prefault({})
  .meta({ description: "What computed times of loss and recovery rest on." });
