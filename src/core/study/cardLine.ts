/** A side of a card on one line of plain text, for a list. */
export function cardLine(text: string): string {
  const line = text
    .replace(/```[^\n]*|[*_`#>]|\$\$?/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
