// The values in a GGUF header.

/** The types of values, as numbered in a file. */
export const valueTypes = [
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'bool',
  'string',
  'array',
  'uint64',
  'int64',
  'float64',
] as const;

type ValueType = (typeof valueTypes)[number];
export type ElementType = Exclude<ValueType, 'array'>;
export type NumberType = Exclude<ElementType, 'string'>;

/** Of a long array only type and length are kept, and of the words of a vocabulary what can be said of them together. */
export interface GgufArray {
  readonly type: 'array';
  readonly of: ElementType;
  readonly length: number;
  /** The elements of a short array of numbers. */
  readonly numbers?: readonly number[];
  readonly words?: WordsSeen;
}

/** What an array of texts was seen to hold. */
export interface WordsSeen {
  /** How many differ; each empty one counts by itself. */
  readonly distinct: number;
  /** How many stand for single bytes, written `<0x0A>`. */
  readonly bytes: number;
}

export type GgufValue =
  | { readonly type: NumberType; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | GgufArray;

/** In bytes. */
export const sizes: Readonly<Record<NumberType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  bool: 1,
  uint64: 8,
  int64: 8,
  float64: 8,
};

export function numberAt(view: DataView, type: NumberType, at: number): number {
  switch (type) {
    case 'uint8':
    case 'bool':
      return view.getUint8(at);
    case 'int8':
      return view.getInt8(at);
    case 'uint16':
      return view.getUint16(at, true);
    case 'int16':
      return view.getInt16(at, true);
    case 'uint32':
      return view.getUint32(at, true);
    case 'int32':
      return view.getInt32(at, true);
    case 'float32':
      return view.getFloat32(at, true);
    case 'uint64':
      return Number(view.getBigUint64(at, true));
    case 'int64':
      return Number(view.getBigInt64(at, true));
    case 'float64':
      return view.getFloat64(at, true);
  }
}
