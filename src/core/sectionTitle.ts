import type { Section } from './curriculum.ts';

const numerals = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** The section's title with its number as the handbook writes it: "I. Foundations of Sequential Prediction". */
export function sectionTitle(section: Section): string {
  const numeral = numerals[section.number] ?? String(section.number);
  return numeral === '' ? section.title : `${numeral}. ${section.title}`;
}
