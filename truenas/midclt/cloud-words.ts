/** What programs put around the words that matter: restic's JSON, rclone's times and empty fields. */
const WRAPPINGS: readonly (readonly [pattern: RegExp, kept: string])[] = [
  [/\{"message_type":"exit_error","code":\d+,"message":"((?:[^"\\]|\\.)*)"\}/g, "$1"],
  [/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d ERROR : : error listing: /g, ""],
  [/RequestID: [^,]*, HostID: [^,]*, /g, ""],
];

/** What to do about what a cloud, or a program that talks to one, has said. The first match counts. */
const ADVICE: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [
    /wrong password or no key found/,
    "the repository is there already and another password opens it: state the one that it was made with, or another folder",
  ],
  [
    /This provider can't create buckets/,
    "the bucket is not there, and TrueNAS makes none: make it at the provider, or state one that is there",
  ],
  [
    /ListBuckets, .*AccessDenied/,
    "the key may not list the names of buckets, which making a repository needs: give it listAllBucketNames as well",
  ],
  [
    /InvalidAccessKeyId|SignatureDoesNotMatch/,
    "the cloud does not know the credential's key: state one that it has given out",
  ],
  [/AccessDenied|not entitled|Access Denied/, "the credential's key does not reach this bucket: state one that does"],
  [
    /Could not connect to the endpoint URL|StatusCode: 0,/,
    "the appliance does not reach the cloud: see that the credential's endpoint is right, and that its DNS and gateway work",
  ],
  [/StatusCode: 503|reduce your request rate/, "the cloud has too much to do: run again later"],
  [/repository is already locked/, "another program is at work in the repository: wait for it, and run again"],
];

/** The text with what surrounds it taken away, and with what to do where a cloud is the reason. */
export function withCloudAdvice(text: string): string {
  const plain = WRAPPINGS.reduce((words, [pattern, kept]) => words.replace(pattern, kept), text);
  const advice = ADVICE.find(([pattern]) => pattern.test(plain))?.[1];

  return advice === undefined ? plain : `${plain}; ${advice}`;
}
