import { exportConfiguration } from "../configuration/configuration.ts";
import { enclose } from "../configuration/envelope.ts";
import { filesBelow, isDirectory, removeAt, writeAt } from "../filesystem/files.ts";
import type { Command } from "./command.ts";

/** What such a command says: whose copies, how many stay, where, and for whom. */
const FORM =
  /\bn=(?<name>\S+) k=(?<keep>\d+)[^;]*;.*\bcd '(?<directory>[^']+)'.*\becho (?<certificate>[A-Za-z0-9+/=]+) \| base64 -d/s;
const MARKS = ["/data/freenas-v1.db", "-C /data pwenc_secret", "openssl cms -encrypt"];

/** The database and the secret seed go, encrypted for a certificate, into a directory; older copies go away. */
export const configurationCopy: Command = {
  recognises: (line) => MARKS.every((mark) => line.includes(mark)) && FORM.test(line),
  run: ({ state, clock }, line) => {
    const { name = "", keep = "", directory = "", certificate = "" } = FORM.exec(line)?.groups ?? {};
    if (!isDirectory(state, directory)) return { status: 2, output: `sh: 1: cd: can't cd to ${directory}\n` };
    let content: string;
    try {
      content = enclose(exportConfiguration(state), Buffer.from(certificate, "base64"));
    } catch {
      return { status: 1, output: "Could not read recipient certificate from /tmp/tmp.c\n" };
    }
    const day = new Date(clock.time).toISOString().slice(0, 10);
    writeAt(state, `${directory}/${name}-${day}.tar.cms`, { content, at: clock.time });
    const dated = new RegExp(`^${name.replaceAll(".", "\\.")}-....-..-..\\.tar\\.cms$`);
    const copies = filesBelow(state, directory)
      .map(({ path }) => path)
      .filter((path) => dated.test(path));
    for (const path of copies.slice(0, Math.max(0, copies.length - Number(keep))))
      removeAt(state, `${directory}/${path}`);
    return { status: 0, output: "" };
  },
};
