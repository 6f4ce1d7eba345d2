// The numbers of GGUF, all little-endian.

export type NumberType =
  'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'uint64' | 'int64' | 'float64';

interface NumberFormat {
  /** What GGUF calls the type of a metadata value. */
  readonly id: number;
  readonly bytes: number;
  readonly read: (bytes: Buffer, at: number) => number;
  readonly write: (bytes: Buffer, value: number) => void;
}

export const numberFormats: Readonly<Record<NumberType, NumberFormat>> = {
  uint8: { id: 0, ...unsigned(1) },
  int8: { id: 1, ...signed(1) },
  uint16: { id: 2, ...unsigned(2) },
  int16: { id: 3, ...signed(2) },
  uint32: { id: 4, ...unsigned(4) },
  int32: { id: 5, ...signed(4) },
  float32: {
    id: 6,
    bytes: 4,
    read: (bytes, at) => bytes.readFloatLE(at),
    write: (bytes, value) => void bytes.writeFloatLE(value),
  },
  uint64: {
    id: 10,
    bytes: 8,
    read: (bytes, at) => Number(bytes.readBigUInt64LE(at)),
    write: (bytes, value) => void bytes.writeBigUInt64LE(BigInt(value)),
  },
  int64: {
    id: 11,
    bytes: 8,
    read: (bytes, at) => Number(bytes.readBigInt64LE(at)),
    write: (bytes, value) => void bytes.writeBigInt64LE(BigInt(value)),
  },
  float64: {
    id: 12,
    bytes: 8,
    read: (bytes, at) => bytes.readDoubleLE(at),
    write: (bytes, value) => void bytes.writeDoubleLE(value),
  },
};

function unsigned(bytes: number): Omit<NumberFormat, 'id'> {
  return {
    bytes,
    read: (from, at) => from.readUIntLE(at, bytes),
    write: (to, value) => void to.writeUIntLE(value, 0, bytes),
  };
}

function signed(bytes: number): Omit<NumberFormat, 'id'> {
  return {
    bytes,
    read: (from, at) => from.readIntLE(at, bytes),
    write: (to, value) => void to.writeIntLE(value, 0, bytes),
  };
}
