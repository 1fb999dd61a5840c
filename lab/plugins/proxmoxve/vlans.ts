/** Whether a list of tags and ranges, such as `1 10 30-32`, holds a tag. */
export function allows(vids: string, tag: number): boolean {
  return vids.split(" ").some((part) => {
    const [first, last = first] = part.split("-").map(Number);
    return first !== undefined && last !== undefined && tag >= first && tag <= last;
  });
}
