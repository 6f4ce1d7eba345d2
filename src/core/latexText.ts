const special: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // Not \{ and \}: BibTeX counts the braces of a field without looking at backslashes.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Plain text as LaTeX sets it: every character that means something to TeX is escaped. */
export function latexText(text: string): string {
  return text.replace(/[\\{}~^#$%&_]/g, (character) => special[character] ?? `\\${character}`);
}
