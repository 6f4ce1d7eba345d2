/**
 * Text for a notification. VS Code makes a link of `[words](address)` there, and runs what it names if it is a command: a
 * file from elsewhere must not be able to put one into our words.
 */
export function withoutLinks(text: string): string {
  return text.replace(/\]\(/g, '] (');
}
