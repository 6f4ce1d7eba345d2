// Transcripts of films: WebVTT and SubRip files as cues with times. Captions made live roll: each cue repeats the line
// before it. Joined, every word is there once.

/** Something that is said, with the time at which it is. In seconds. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Longer than any film; what is beyond is damage. */
const longest = 100 * 3600;
const mostCues = 100_000;
const mostLines = 20;

/** The cues of a .vtt or .srt file, in time, rolling ones joined; none if there are none. */
export function parseTranscript(file: string): Cue[] {
  const cues: Cue[] = [];
  const lines = file.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length && cues.length < mostCues; at++) {
    const times = timesOf(lines[at] ?? '');
    if (!times) continue;
    const words: string[] = [];
    for (at++; at < lines.length && (lines[at] ?? '').trim() !== ''; at++) {
      const line = lines[at] ?? '';
      // Some files have no empty line between cues: then the number above the times is no text either.
      if (timesOf(line)) {
        if (/^\s*\d+\s*$/.test(words.at(-1) ?? '')) words.pop();
        break;
      }
      if (words.length < mostLines) words.push(line);
    }
    if (timesOf(lines[at] ?? '')) at--;
    const text = words.map(bare).filter((line) => line !== '');
    if (text.length > 0) cues.push({ ...times, text: text.join('\n') });
  }
  return unrolled(cues.sort((a, b) => a.start - b.start || a.end - b.end));
}

const time = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[.,](\d{1,3})`;
const times = new RegExp(`^\\s*${time}[ \\t]+-->[ \\t]+${time}(?:\\s|$)`);

function timesOf(line: string): { readonly start: number; readonly end: number } | undefined {
  const found = times.exec(line);
  if (!found) return undefined;
  const [start, end] = [seconds(found.slice(1, 5)), seconds(found.slice(5, 9))];
  return start <= end && end < longest ? { start, end } : undefined;
}

function seconds([hours = '0', minutes = '0', whole = '0', part = '0']: readonly (string | undefined)[]): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(whole) + Number(part.padEnd(3, '0')) / 1000;
}

/** A line without its markup: voices, styles, karaoke times, positions. */
function bare(line: string): string {
  return line
    .replace(/<[^<>]{0,200}>/g, '')
    .replace(/\{\\[^{}]{0,100}\}/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_whole, name: string) => marks[name] ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ')
    .trim();
}

const marks: Readonly<Partial<Record<string, string>>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ' };

/** Each cue without the lines, or the beginning of a line, that the one before it has said already. */
function unrolled(cues: readonly Cue[]): Cue[] {
  const joined: Cue[] = [];
  let shown: readonly string[] = [];
  let shownUntil = -1;
  for (const cue of cues) {
    const lines = cue.text.split('\n');
    // After a pause of a second the same words are said again, not shown again.
    const fresh = cue.start > shownUntil + 1 ? lines : lines.slice(repeated(shown, lines));
    const last = joined.at(-1);
    if (fresh.length === 0) {
      if (last) joined[joined.length - 1] = { ...last, end: Math.max(last.end, cue.end) };
    } else if (last && cue.start <= shownUntil + 1 && grows(shown.at(-1), fresh[0], last.text)) {
      // The line grows word by word: the longer one takes the place of its beginning.
      const before = last.text.slice(0, last.text.length - (shown.at(-1)?.length ?? 0));
      joined[joined.length - 1] = { start: last.start, end: cue.end, text: `${before}${fresh.join(' ')}` };
    } else {
      joined.push({ start: cue.start, end: cue.end, text: fresh.join(' ') });
    }
    shown = lines;
    shownUntil = cue.end;
  }
  return joined;
}

function grows(line: string | undefined, longer: string | undefined, said: string): boolean {
  return line !== undefined && longer !== undefined && longer.startsWith(`${line} `) && said.endsWith(line);
}

/** How many of the first lines of `next` are the last ones of `before`. */
function repeated(before: readonly string[], next: readonly string[]): number {
  for (let count = Math.min(before.length, next.length); count > 0; count--) {
    if (before.slice(-count).every((line, at) => line === next[at])) return count;
  }
  return 0;
}
