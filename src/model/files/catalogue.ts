// The models that the companion offers to fetch: open instruct models in several sizes. Addresses, sizes and checksums are those
// that public manifests had pinned on the day that catalogue.json names; a file that has changed since is refused, not taken.
// To revise it, edit that file; its test recomputes what can be recomputed.

import { isCount, isRecord, isText, isTruth, oneOf, shape } from '../check.ts';
import data from './catalogue.json' with { type: 'json' };
import { isOnThisMachine } from './fetchPart.ts';
import type { ModelShape } from './modelShape.ts';
import { safeFileName } from './safeFileName.ts';

export interface CatalogueModel extends ModelShape {
  readonly id: string;
  readonly title: string;
  readonly maker: string;
  readonly licence: string;
  readonly licenceUrl: string;
  /** The licence asks for agreement to its terms. */
  readonly mustAccept: boolean;
  /** Where the model describes itself. */
  readonly page: string;
  readonly url: string;
  readonly file: string;
  readonly sha256: string;
}

export interface Catalogue {
  /** The day on which the entries were checked: 2026-11-24. */
  readonly checked: string;
  readonly models: readonly CatalogueModel[];
  /** One line for each entry that was left out. */
  readonly problems: readonly string[];
}

type Entry = Omit<CatalogueModel, 'kvLayers'>;

const isEntry = shape<Entry>(
  {
    id: isText,
    title: isText,
    maker: isText,
    kind: oneOf('chat', 'embedding', 'ranking'),
    licence: isText,
    licenceUrl: isHttps,
    mustAccept: isTruth,
    page: isHttps,
    url: isFetchable,
    file: (value): value is string => isText(value) && safeFileName(value) === value,
    sha256: (value): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value),
    bytes: isPositive,
    quantisation: isText,
    parameters: isPositive,
    architecture: isText,
    layers: isPositive,
    heads: isPositive,
    kvHeads: isPositive,
    headDim: isPositive,
    embedding: isPositive,
    feedForward: isPositive,
    vocabulary: isPositive,
    trainContext: isPositive,
    slidingWindow: isPositive,
  },
  ['slidingWindow'],
);

/** The catalogue that comes with the companion. */
export function builtInCatalogue(): Catalogue {
  return readCatalogue(data);
}

/** Reads a catalogue. An entry that is wrong is left out and reported. */
export function readCatalogue(value: unknown): Catalogue {
  if (!isRecord(value) || !isText(value['checked']) || !Array.isArray(value['models'])) {
    return { checked: '', models: [], problems: ['the catalogue is not readable'] };
  }
  const entries: readonly unknown[] = value['models'];
  const problems: string[] = [];
  const models = new Map<string, CatalogueModel>();
  entries.forEach((entry, index) => {
    const id = isRecord(entry) && isText(entry['id']) ? entry['id'] : `entry ${index + 1}`;
    if (!isEntry(entry)) problems.push(`${id}: a field is missing or wrong`);
    else if (models.has(id)) problems.push(`${id}: stands there twice`);
    else models.set(id, { ...entry, kvLayers: entry.layers });
  });
  return { checked: value['checked'], models: [...models.values()], problems };
}

function isPositive(value: unknown): value is number {
  return isCount(value) && value > 0;
}

function isHttps(value: unknown): value is string {
  return isText(value) && URL.canParse(value) && new URL(value).protocol === 'https:';
}

function isFetchable(value: unknown): value is string {
  return isHttps(value) || (isText(value) && URL.canParse(value) && isOnThisMachine(new URL(value)));
}
