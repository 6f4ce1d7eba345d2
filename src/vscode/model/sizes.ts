// Sizes and speeds as people read them.

/** "3.1 GB", "512 MB", "36 kB": powers of ten, as disks and downloads are counted. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;
  let value = Math.max(0, bytes);
  let unit = 0;
  while (unit < units.length - 1 && value >= 999.5) {
    value /= 1000;
    unit++;
  }
  return `${rounded(value, unit === 0 ? 0 : undefined)} ${units[unit]}`;
}

/** "8,192". */
export function countWords(count: number): string {
  return Math.round(count).toLocaleString('en-GB');
}

/** Tokens a second, "41.3"; undefined where nothing was measured. */
export function rate(tokens: number, milliseconds: number): string | undefined {
  return tokens > 0 && milliseconds > 0 ? rounded((tokens * 1000) / milliseconds) : undefined;
}

/** "1.2 s", "85 ms". */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${rounded(milliseconds / 1000)} s`;
}

/** "0.5 billion", "360 million". */
export function parameterWords(parameters: number): string {
  return parameters >= 999.5e6 ? `${rounded(parameters / 1e9)} billion` : `${rounded(parameters / 1e6)} million`;
}

/** Two significant figures below ten, none after the point above a hundred. */
function rounded(value: number, digits = value < 10 ? 1 : value < 100 ? 1 : 0): string {
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.0$/, '') : text;
}
