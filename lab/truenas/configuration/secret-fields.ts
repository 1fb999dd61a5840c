/** Names of fields whose values the middleware keeps encrypted with the appliance's secret seed, or never shows. */
export const SECRET_FIELDS =
  /^(pass|password|passphrase|key|secret|peersecret|keyhash|(private|service|api|secret_access|aws_secret_access)_key|v3_(auth|priv)key|(bot|refresh)_token|webhook|.*_password|.*_salt|.*_secret|.*passphrase)$/;

/** True for the pair of a user property, whose `key` is no secret. */
export function isPublicPair(record: object): boolean {
  return "key" in record && ("value" in record || "remove" in record);
}
