/** The key that marks a map as one of Pulumi's special values, on the wire and in state. */
export const MARK = "4dabf18193072939515e22adb298388d";
export const SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270";
export const RESOURCE_MARK = "5cf8f73096256a8f31e491e813e4eb8e";
export const OUTPUT_MARK = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/** The string that stands for any unknown value on the wire. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Every string that means "unknown"; SDKs other than this one's may send one per kind of value. */
export const UNKNOWN_STRINGS: ReadonlySet<string> = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
