/** The text on one line, without characters that nobody sees. */
export function oneLine(text: string): string {
  // Most texts are so already, and ten thousand of them are many.
  if (/^[ -~]*$/.test(text) && !text.includes('  ')) return text.trim();
  return text
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .trim();
}
