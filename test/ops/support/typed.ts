import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A program that somebody started who typed what a page says. */
export interface Started {
  readonly program: string;
  readonly args: readonly string[];
  /** Whether it was started as root, and whether sudo could have asked for a password there. */
  readonly sudo: "no" | "asking" | "silent";
}

/** Replies of the middleware, in the shape that clients print, as far as what follows them looks at it. */
const REPLIES = {
  "cloud_backup.list_snapshots": [{ id: "5a0f", time: { $date: 1_793_600_000_000 } }],
  "system.info": { version: "TrueNAS-25.10.6" },
  "disk.query": [{ serial: "A", name: "sda", size: 1e12, model: "Disk", pool: null }],
};
const ROW = [{ id: 1, name: "a", description: "a", password: "b", state: { state: "FINISHED" } }];

/** Programs that are not really started; each is noted with its arguments. */
const PROGRAMS = "midclt zpool zfs restic npm openssl tar ls cp install scp shred du mkdir cat ssh-keyscan";

/** A shell in which programs note what they were called with; `ssh` runs here what it would run there. */
const SHELL = `
set -eo pipefail
SUDO=no TERMINAL=yes
note() { printf '%s\\x1f' "$SUDO" "$@" >> "$NOTED"; printf '\\x1e' >> "$NOTED"; }
for program in ${PROGRAMS}; do eval "$program() { note $program \\"\\$@\\"; }"; done
midclt() {
  note midclt "$@"
  for word in "$@"; do if [ -f "$ANSWERS/$word" ]; then command cat "$ANSWERS/$word"; return; fi; done
  command cat "$ANSWERS/rows"
}
sudo() { if [ $TERMINAL = yes ]; then SUDO=asking "$@"; else SUDO=silent "$@"; fi; }
ssh() {
  local terminal=no
  while [ "\${1#-}" != "$1" ]; do case $1 in -t) terminal=yes; shift;; -p) shift 2;; *) note ssh "$@"; return 1;; esac; done
  note ssh "$1"; shift
  if [ $# -gt 0 ]; then TERMINAL=$terminal eval "$*"; fi
}
`;

/** Types lines one after the other into a shell, and tells what that started; throws where one of them fails. */
export function typed(lines: readonly string[]): Started[] {
  const dir = mkdtempSync(join(tmpdir(), "homelab-typed-"));
  try {
    const [noted, answers] = [join(dir, "noted"), join(dir, "answers")];
    mkdirSync(answers);
    mkdirSync(join(dir, ".ssh"));
    for (const [name, reply] of Object.entries({ ...REPLIES, rows: ROW }))
      writeFileSync(join(answers, name), JSON.stringify(reply));
    for (const file of [noted, join(dir, ".ssh", "truenas_ed25519")]) writeFileSync(file, "");
    const env = { PATH: process.env["PATH"] ?? "", HOME: dir, NOTED: noted, ANSWERS: answers };
    const script = [SHELL, ...lines].join("\n");
    const { status, stderr } = spawnSync("bash", ["-c", script], { env, cwd: dir, encoding: "utf8" });
    if (status !== 0) throw new Error(`${lines.join("\n")}\n${stderr}`);
    return readFileSync(noted, "utf8").split("\x1e").filter(Boolean).map(started);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function started(text: string): Started {
  const [sudo = "no", program = "", ...args] = text.split("\x1f").slice(0, -1);
  return { program, args, sudo: sudo as Started["sudo"] };
}
