/** Text in lines of at most `width` characters, broken at blanks where there are any. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    for (let at = 0; at === 0 || at < word.length; at += width) lines.push(word.slice(at, at + width));
  }

  return lines.join("\n");
}
