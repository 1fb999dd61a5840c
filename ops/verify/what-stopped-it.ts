/** Words of TrueNAS, restic and the cloud, each with what to do about it. */
const CAUSES: readonly (readonly [words: RegExp, remedy: string])[] = [
  [
    /Authentication failed/,
    "the target does not take the key: see that its account is not locked and that from= in its key is the sender's address; npm run pulumi -- up --refresh puts both back, and the next run goes on",
  ],
  [
    /Host key for server .* does not match/,
    "the target shows another host key: read it at its console (cat /etc/ssh/ssh_host_ed25519_key.pub). If it was reinstalled, state the new one as its ssh.hostKey and run npm run pulumi -- up; otherwise somebody is in between. Nothing was sent",
  ],
  [
    /Unable to connect to port|No route to host/,
    "the target is not reached: see that it is up, that its ssh service runs and that the storage network leads there; the next run goes on",
  ],
  [
    /sudo: a password is required/,
    "the target's account may not run zfs: npm run pulumi -- up --refresh gives it back, and the next run goes on",
  ],
  [
    /out of space/,
    "the target is full: free space there, or add disks. What has arrived is kept, and the next run goes on; snapshots that wait are held at the source",
  ],
  [
    /replication from scratch is not allowed/,
    "the target holds what this replication did not bring, or nothing that both sides know: rename it there (zfs rename), so that nothing is lost, and the next run begins anew; a second copy needs its room",
  ],
  [/dataset is busy/, "something uses the target: end that use there; the next run goes on"],
  [/Broken pipe|Connection reset/, "the transfer broke off; the next run takes it up where it broke"],
  [
    /wrong password or no key found/,
    "another password opens the repository: put back the one on the recovery sheet, or give the copy a folder of its own",
  ],
  [
    /InvalidAccessKeyId|AccessDenied|Access Denied|SignatureDoesNotMatch/i,
    "the cloud turns the key away: see that the application key is still there and reaches this bucket, set it anew with pulumi config set --secret, and run npm run pulumi -- up",
  ],
  [
    /i\/o timeout|connection refused|no such host/i,
    "the appliance does not reach the cloud: see its gateway and DNS; the next run makes up for it",
  ],
  [/reduce your request rate/i, "the cloud was too busy; the next run makes up for it"],
];

/** What to do about a copy that was not made, by what TrueNAS says of it; where to look when nobody knows. */
export function remedyFor(reason: string | undefined, otherwise: string): string {
  return CAUSES.find(([words]) => words.test(reason ?? ""))?.[1] ?? otherwise;
}
