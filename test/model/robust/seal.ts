// Reads the seal of a kept state as one who doesn't know what it should hold.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** 'whole' if every byte is what was sealed; what is wrong otherwise. */
export function readSeal(path: string): string {
  const bytes = readFileSync(path);
  if (bytes.subarray(-8).toString() !== 'HBSTATE1') return 'no seal';
  const tail = bytes.length - 44;
  const hash = bytes.subarray(tail, tail + 32);
  if (!createHash('sha256').update(bytes.subarray(0, tail)).digest().equals(hash)) return 'a wrong checksum';
  const header: unknown = JSON.parse(bytes.subarray(tail - bytes.readUInt32LE(tail + 32), tail).toString());
  return typeof header === 'object' && header !== null && 'payload' in header ? 'whole' : 'a header without words';
}
