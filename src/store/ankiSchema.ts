// The collection inside a package of Anki, in the form that every version of Anki reads.

import { ankiDeck } from '../core/study/ankiNote.ts';

/** One kind of note, always the same, so that a later package finds the notes of an earlier one. */
export const ankiModelId = 1_764_000_000_001;
export const ankiDeckId = 1_764_000_000_002;

export const ankiTables = `
  CREATE TABLE col (
    id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null,
    dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null,
    decks text not null, dconf text not null, tags text not null
  );
  CREATE TABLE notes (
    id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null,
    tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null,
    data text not null
  );
  CREATE TABLE cards (
    id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null,
    usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null,
    factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null,
    odid integer not null, flags integer not null, data text not null
  );
  CREATE TABLE revlog (
    id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null,
    lastIvl integer not null, factor integer not null, time integer not null, type integer not null
  );
  CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
  CREATE INDEX ix_notes_usn ON notes (usn);
  CREATE INDEX ix_cards_usn ON cards (usn);
  CREATE INDEX ix_revlog_usn ON revlog (usn);
  CREATE INDEX ix_cards_nid ON cards (nid);
  CREATE INDEX ix_cards_sched ON cards (did, queue, due);
  CREATE INDEX ix_revlog_cid ON revlog (cid);
  CREATE INDEX ix_notes_csum ON notes (csum);
`;

const field = (name: string, ord: number): object => ({
  name, ord, sticky: false, rtl: false, font: 'Arial', size: 20, media: [],
}); // prettier-ignore

const css = `.card { font: 20px/1.5 sans-serif; max-width: 40em; margin: 1em auto; text-align: left; }
pre { overflow-x: auto; padding: 0.5em; border: 1px solid gray; border-radius: 4px; font-size: 0.8em; }`;

/** The one row of `col`; `seconds` is the time. */
export function ankiCollection(seconds: number): Readonly<Record<string, string | number>> {
  const model = {
    id: ankiModelId, name: 'Generative AI Handbook', type: 0, mod: seconds, usn: -1, sortf: 0, did: ankiDeckId,
    tmpls: [
      {
        name: 'Card 1', ord: 0, did: null, bqfmt: '', bafmt: '',
        qfmt: '{{Front}}', afmt: '{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}',
      },
    ],
    flds: [field('Front', 0), field('Back', 1)],
    css, latexPre: '', latexPost: '', tags: [], vers: [], req: [[0, 'any', [0]]],
  }; // prettier-ignore
  const deck = (id: number, name: string): object => ({
    id, name, mod: seconds, usn: -1, desc: '', dyn: 0, conf: 1, collapsed: false, browserCollapsed: false, extendNew: 10,
    extendRev: 50, newToday: [0, 0], revToday: [0, 0], lrnToday: [0, 0], timeToday: [0, 0],
  }); // prettier-ignore
  const options = {
    id: 1, name: 'Default', mod: 0, usn: 0, maxTaken: 60, autoplay: true, timer: 0, replayq: true, dyn: false,
    new: { delays: [1, 10], ints: [1, 4, 7], initialFactor: 2500, order: 1, perDay: 20, bury: false, separate: true },
    rev: { perDay: 200, ease4: 1.3, fuzz: 0.05, ivlFct: 1, maxIvl: 36500, bury: false, minSpace: 1, hardFactor: 1.2 },
    lapse: { delays: [10], mult: 0, minInt: 1, leechFails: 8, leechAction: 1 },
  }; // prettier-ignore
  const conf = {
    nextPos: 1, estTimes: true, activeDecks: [1], sortType: 'noteFld', timeLim: 0, sortBackwards: false, addToCur: true,
    curDeck: 1, newBury: true, newSpread: 0, dueCounts: true, curModel: String(ankiModelId), collapseTime: 1200,
  }; // prettier-ignore
  return {
    id: 1, crt: seconds, mod: seconds * 1000, scm: seconds * 1000, ver: 11, dty: 0, usn: 0, ls: 0,
    conf: JSON.stringify(conf),
    models: JSON.stringify({ [ankiModelId]: model }),
    decks: JSON.stringify({ 1: deck(1, 'Default'), [ankiDeckId]: deck(ankiDeckId, ankiDeck) }),
    dconf: JSON.stringify({ 1: options }),
    tags: '{}',
  }; // prettier-ignore
}
