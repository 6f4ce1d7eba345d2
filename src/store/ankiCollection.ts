// The tables of an Anki collection → notes and reviews. Its kinds of notes are JSON in old collections, tables in new ones.

import type { DatabaseSync } from 'node:sqlite';
import type { AnkiNote } from '../core/study/ankiNote.ts';
import { fillTemplate } from '../core/study/ankiTemplate.ts';

/** A review as Anki logged it. */
export interface AnkiReview {
  /** The guid of the card's note, as in AnkiNote. */
  readonly guid: string;
  readonly id: string;
  readonly at: number;
  readonly rating: number;
  readonly ms: number;
}

export interface AnkiPackage {
  readonly notes: readonly AnkiNote[];
  readonly reviews: readonly AnkiReview[];
}

/** How the cards of one kind of note are made. */
interface Kind {
  readonly fields: readonly string[];
  readonly templates: readonly Template[];
}

interface Template {
  readonly front: string;
  readonly back: string;
}

const mostNotes = 100_000;
const longestFields = 200_000;

/** Reads the collection in `db`; a string says what is wrong. */
export function readAnkiCollection(db: DatabaseSync): AnkiPackage | string {
  const tables = new Set(
    db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .all()
      .map(({ name }) => String(name)),
  );
  // Tables, not views: a view may be a query without end.
  if (!['notes', 'cards', 'col'].every((name) => tables.has(name))) return 'It holds no collection of Anki.';
  const kinds = tables.has('notetypes') ? kindsFromTables(db) : kindsFromJson(db);
  const notes: AnkiNote[] = [];
  const guids = new Map<string, string>();
  const rows = db.prepare(
    `SELECT CAST(c.id AS TEXT) AS card, c.ord AS ord, n.guid AS guid, CAST(n.mid AS TEXT) AS mid, n.flds AS flds, n.tags AS tags
     FROM cards c JOIN notes n ON n.id = c.nid ORDER BY c.id LIMIT ${mostNotes + 1}`,
  );
  for (const { card, ord, guid, mid, flds, tags } of rows.iterate()) {
    if (notes.length === mostNotes) return `It holds more than ${mostNotes} cards.`;
    if (typeof flds !== 'string' || flds.length > longestFields || typeof guid !== 'string') continue;
    const note = noteOf(kinds.get(String(mid)), Number(ord), guid, flds, String(tags));
    if (note.front.trim() === '') continue;
    notes.push(note);
    guids.set(String(card), note.guid);
  }
  if (notes.length === 0) return 'There are no cards in it.';
  return { notes, reviews: tables.has('revlog') ? reviewsOf(db, guids) : [] };
}

/** Without a template that we know, the first two fields are the sides. */
function noteOf(kind: Kind | undefined, ord: number, guid: string, flds: string, tags: string): AnkiNote {
  const values = flds.split('\u001f');
  const base = { guid: ord === 0 ? guid : `${guid}#${ord}`, tags: tags.split(/\s+/).filter((tag) => tag !== '') };
  const template = kind?.templates[ord] ?? (isCloze(kind?.templates[0]) ? kind?.templates[0] : undefined);
  if (!kind || !template || isPlain(kind, template)) {
    return { ...base, front: values[0] ?? '', back: values[1] ?? '' };
  }
  const fields = new Map(kind.fields.map((name, index) => [name, values[index] ?? '']));
  const front = fillTemplate(template.front, { fields, ord });
  // The question is there anyway, above the answer; what repeats it is left out.
  const answer = template.back.replace(/\{\{FrontSide\}\}[\s\S]*?<hr[^>]*id=["']?answer[^>]*>/i, '');
  return { ...base, front, back: fillTemplate(answer, { fields, ord, front }) };
}

function isCloze(template: Template | undefined): boolean {
  return template?.front.includes('cloze:') === true;
}

/** One field asks, one answers: the fields themselves are the card. */
function isPlain(kind: Kind, { front, back }: Template): boolean {
  const [first = '', second = ''] = kind.fields;
  const bare = back.replace(/\{\{FrontSide\}\}|<hr[^>]*>|\s/g, '');
  return front.trim() === `{{${first}}}` && bare === `{{${second}}}`.replace(/\s/g, '');
}

function kindsFromJson(db: DatabaseSync): ReadonlyMap<string, Kind> {
  const json = db.prepare('SELECT models FROM col LIMIT 1').get()?.['models'];
  const models: unknown = safeJson(json);
  const kinds = new Map<string, Kind>();
  if (typeof models !== 'object' || models === null) return kinds;
  for (const [id, model] of Object.entries(models)) {
    const fields = list(model, 'flds').map((field) => text(field, 'name'));
    const templates = list(model, 'tmpls').map((one) => ({ front: text(one, 'qfmt'), back: text(one, 'afmt') }));
    kinds.set(id, { fields, templates });
  }
  return kinds;
}

function kindsFromTables(db: DatabaseSync): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, { fields: string[]; templates: Template[] }>();
  const of = (id: unknown): { fields: string[]; templates: Template[] } => {
    const kind = kinds.get(String(id)) ?? { fields: [], templates: [] };
    kinds.set(String(id), kind);
    return kind;
  };
  // Without ORDER BY: the names are sorted by rules that only Anki has.
  const fields = db.prepare('SELECT CAST(ntid AS TEXT) AS ntid, ord, name FROM fields').all();
  for (const { ntid, ord, name } of fields) of(ntid).fields[small(ord)] = String(name);
  for (const { ntid, ord, config } of db
    .prepare('SELECT CAST(ntid AS TEXT) AS ntid, ord, config FROM templates')
    .all()) {
    const [front = '', back = ''] = config instanceof Uint8Array ? firstTexts(config) : [];
    of(ntid).templates[small(ord)] = { front, back };
  }
  return kinds;
}

function small(value: unknown): number {
  return Math.min(1000, Math.max(0, Math.trunc(Number(value)) || 0));
}

/** The texts numbered 1 and 2 of a protocol buffer: a template's two sides. */
function firstTexts(bytes: Uint8Array): string[] {
  const texts: string[] = [];
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; at < bytes.length && shift < 35; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const key = number();
    const [field, wire] = [Math.floor(key / 8), key & 7];
    if (wire === 2) {
      const length = number();
      if (field === 1 || field === 2) texts[field - 1] = new TextDecoder().decode(bytes.subarray(at, at + length));
      at += length;
    } else if (wire === 0) number();
    else if (wire === 5) at += 4;
    else if (wire === 1) at += 8;
    else break;
  }
  return texts;
}

function reviewsOf(db: DatabaseSync, guids: ReadonlyMap<string, string>): AnkiReview[] {
  const rows = db.prepare(
    `SELECT CAST(id AS REAL) AS at, CAST(cid AS TEXT) AS card, CAST(ease AS REAL) AS ease, CAST(time AS REAL) AS time
     FROM revlog WHERE ease BETWEEN 1 AND 4 AND type BETWEEN 0 AND 3 ORDER BY id LIMIT 1000000`,
  );
  return rows.all().flatMap(({ at, card, ease, time }): AnkiReview[] => {
    const guid = guids.get(String(card));
    if (guid === undefined || typeof at !== 'number') return [];
    const ms = Math.max(0, Math.round(Number(time) || 0));
    return [{ guid, id: `anki:${String(card)}:${at}`, at, rating: Number(ease), ms }];
  });
}

function safeJson(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
