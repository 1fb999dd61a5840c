import { text } from "./value.ts";

/** A day of the calendar, kept as `YYYY-MM-DD`. */
export const date = () =>
  text({
    rule: "date",
    allowed: "a day as YYYY-MM-DD",
    remedy: "write a day of the calendar, such as 2027-03-31",
    examples: ["2027-03-31"],
    // YAML readers that know timestamps hand an unquoted date on as midnight UTC.
    read: (input) => {
      const [, day] = /^(\d{4}-\d{2}-\d{2})(T00:00:00(\.000)?Z| 00:00:00 \+0000 UTC)?$/.exec(input) ?? [];
      if (day === undefined) return { refused: { says: `"${input}" is not a date` } };

      const parsed = new Date(`${day}T00:00:00Z`);
      const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day);
      return exists ? { value: day } : { refused: { says: `${day} is not in the calendar` } };
    },
  });
