import { type Kind, kind } from "../middleware/kinds.ts";

/** An address over http or https, which comes back with the slash of an empty path. */
export const webAddress: Kind<string> = kind("url", (input, path, problems) => {
  if (typeof input !== "string") problems.push({ path, message: "URL input should be a string or URL" });
  else if (!URL.canParse(input))
    problems.push({ path, message: `Input should be a valid URL, ${parseProblem(input)}` });
  else if (!/^https?:/i.test(input)) problems.push({ path, message: "URL scheme should be 'http' or 'https'" });
  else return new URL(input).href;
  return String(input);
});

/** Such an address, or nothing. */
export const webAddressOrNone: Kind<string> = kind("url", (input, path, problems) =>
  input === "" ? "" : webAddress.check(input, path, problems),
);

function parseProblem(text: string): string {
  if (text === "") return "input is empty";
  return /^[a-z][a-z0-9+.-]*:/i.test(text) ? "empty host" : "relative URL without a base";
}
