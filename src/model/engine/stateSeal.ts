// Our own header of a state file. llama.cpp believes what a state file says: one missing byte aborts the process, and the
// state of another model loads without a word. So nothing of a file reaches it before the header has been checked against
// every byte. llama.cpp reads its part from the start of the file and stops where that ends: our header is put after it,
// so that writing needs no second copy.
//
//   llama.cpp's state · header as JSON · 32 bytes SHA-256 of all before · uint32 length of the JSON · 8 bytes magic

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

const magic = Buffer.from('HBSTATE1');
const tailBytes = 32 + 4 + magic.length;
const mostHeaderBytes = 4096;
const chunkBytes = 1 << 20;

/** llama.cpp's part begins with its magic, its version and the number of tokens, four bytes each; then the token ids. */
const tokensAt = 12;

/** What a state belongs to: in any other engine it would be nonsense, or worse. */
export interface StateOrigin {
  readonly engine: string;
  readonly model: string;
  readonly kvCache: string;
  readonly flashAttention: boolean;
}

interface SealHeader extends StateOrigin {
  readonly version: 1;
  readonly tokens: number;
  readonly tokensHash: string;
  readonly payload: number;
}

/** Hash of token ids, in hex. */
export function hashTokens(tokens: ArrayLike<number>): string {
  const ids = Uint32Array.from(tokens);
  return createHash('sha256').update(new Uint8Array(ids.buffer)).digest('hex');
}

/** Puts the header behind a state that llama.cpp has just written, and has the disk hold all of it. Returns the file's size. */
export async function sealState(path: string, origin: StateOrigin, tokens: ArrayLike<number>): Promise<number> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const header: SealHeader = {
      version: 1,
      engine: origin.engine,
      model: origin.model,
      kvCache: origin.kvCache,
      flashAttention: origin.flashAttention,
      tokens: tokens.length,
      tokensHash: hashTokens(tokens),
      payload: size,
    };
    const json = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    const hash = await hashOf(file, size, json);
    const seal = Buffer.concat([json, hash, length, magic]);
    await file.write(seal, 0, seal.length, size);
    await file.sync();
    return size + seal.length;
  } finally {
    await file.close();
  }
}

/**
 * Checks every byte of a state file. Resolves with what is wrong with it, or undefined where llama.cpp may read it.
 * @param tokens What the file is to hold.
 */
export async function checkState(
  path: string,
  origin: StateOrigin,
  tokens: ArrayLike<number>,
): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < tailBytes) return 'too short';
    const tail = await bytesAt(file, size - tailBytes, tailBytes);
    if (!tail.subarray(36).equals(magic)) return 'cut short, or no state file';
    const jsonBytes = tail.readUInt32LE(32);
    const payload = size - tailBytes - jsonBytes;
    if (jsonBytes > mostHeaderBytes || payload < tokensAt) return 'a damaged header';
    const json = await bytesAt(file, payload, jsonBytes);
    if (!(await hashOf(file, payload, json)).equals(tail.subarray(0, 32))) return 'a wrong checksum';
    // From here on these are the bytes that we wrote: what they say can only be of another engine, model or prompt.
    const expected: SealHeader = {
      version: 1,
      engine: origin.engine,
      model: origin.model,
      kvCache: origin.kvCache,
      flashAttention: origin.flashAttention,
      tokens: tokens.length,
      tokensHash: hashTokens(tokens),
      payload,
    };
    return json.toString() === JSON.stringify(expected) ? undefined : 'a state of something else';
  } finally {
    await file.close();
  }
}

/** The token ids that a state file claims to hold; undefined where it can't be one. Nothing of it has been checked. */
export async function claimedTokens(path: string): Promise<Uint32Array | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < tokensAt + tailBytes) return undefined;
    const count = (await bytesAt(file, 0, tokensAt)).readUInt32LE(8);
    if (count === 0 || tokensAt + count * 4 > size) return undefined;
    const bytes = await bytesAt(file, tokensAt, count * 4);
    return Uint32Array.from({ length: count }, (_, index) => bytes.readUInt32LE(index * 4));
  } finally {
    await file.close();
  }
}

async function hashOf(file: FileHandle, payload: number, json: Buffer): Promise<Buffer> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, payload)));
  for (let at = 0; at < payload;) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, payload - at), at);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read');
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return hash.update(json).digest();
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}
