/** Names of fields whose values the middleware keeps encrypted with the appliance's secret seed, or never shows. */
export const SECRET_FIELDS =
  /^(pass|password|passphrase|key|secret|peersecret|private_key|secret_access_key|.*_password|.*_salt|.*_secret|.*passphrase)$/;

/** True for the pair of a user property, whose `key` is no secret. */
export function isPublicPair(record: object): boolean {
  return "key" in record && ("value" in record || "remove" in record);
}
