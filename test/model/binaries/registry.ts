// A package registry on loopback, and packages for it.

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { EngineRelease } from '../../../src/model/binaries/engineRelease.ts';
import type { GpuChoice } from '../../../src/model/binaries/gpuOffer.ts';

export interface TarEntry {
  readonly name: string;
  readonly content?: Buffer | string;
  /** '0' for a file, '5' for a folder, '2' for a symbolic link … */
  readonly type?: string;
  readonly mode?: number;
  readonly link?: string;
}

/** A gzipped tar archive, as registries serve them. */
export function archiveOf(entries: readonly TarEntry[]): Buffer {
  return gzipSync(tarOf(entries));
}

export function tarOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, content = '', type = '0', mode = 0o644, link = '' }) => {
    const data = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write('ustar\0' + '00', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export function integrityOf(archive: Buffer): string {
  return `sha512-${createHash('sha512').update(archive).digest('base64')}`;
}

/** Bytes that don't shrink when packed, the same every time. */
export function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, i) =>
    createHash('sha512').update(String(i)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

export const vulkanName = '@node-llama-cpp/linux-x64-vulkan';

export const vulkanEntries: readonly TarEntry[] = [
  { name: 'package/package.json', content: JSON.stringify({ name: vulkanName, version: '1.2.3', type: 'module' }) },
  { name: 'package/dist/index.js', content: 'export const gpu = "vulkan";\n' },
  { name: 'package/bins/linux-x64-vulkan/libggml-vulkan.so', content: noise(300_000) },
];

export interface Registry extends AsyncDisposable {
  readonly release: EngineRelease;
  readonly choice: GpuChoice;
  readonly requests: IncomingMessage[];
}

type Answer = (request: IncomingMessage, response: ServerResponse, archive: Buffer) => void;

/** Sends the archive, or the part of it that is asked for. */
export const honest: Answer = (request, response, archive) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (from >= archive.length) {
    response.writeHead(416, { 'content-range': `bytes */${archive.length}` }).end();
    return;
  }
  const rest = archive.subarray(from);
  const range = `bytes ${from}-${archive.length - 1}/${archive.length}`;
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': rest.length,
    ...(from > 0 && { 'content-range': range }),
  });
  response.end(rest);
};

/** Serves the archive at its address, by `answer`; anything else isn't there. */
export async function startRegistry(answer: Answer, archive = archiveOf(vulkanEntries)): Promise<Registry> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    if (request.url === `/npm/${vulkanName}/-/linux-x64-vulkan-1.2.3.tgz`) answer(request, response, archive);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const known = { integrity: integrityOf(archive), bytes: archive.length, unpackedBytes: 1_000_000 };
  return {
    release: { version: '1.2.3', registry: `http://127.0.0.1:${port}/npm/`, packages: { [vulkanName]: known } },
    choice: { gpu: 'vulkan', packages: [vulkanName], bytes: known.bytes, unpackedBytes: known.unpackedBytes },
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
