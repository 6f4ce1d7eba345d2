// Another window. Its first line of input are the options (JSON); then it does what each line says and answers with one.

import { createInterface } from 'node:readline';
import { openModel } from '../../../src/model/client.ts';
import type { ModelClient, OpenModelOptions } from '../../../src/model/client.ts';
import { answerOf } from './support.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

let client: ModelClient | undefined;
let options: OpenModelOptions | undefined;

for await (const line of createInterface(process.stdin)) {
  const [command = ''] = line.split(' ');
  if (!options) {
    options = { ...(JSON.parse(line) as OpenModelOptions), log: () => undefined, onLoading: () => undefined };
    print('here');
    continue;
  }
  try {
    switch (command) {
      case 'open':
        client = await openModel(options, new AbortController().signal);
        print(String(client.pid));
        break;
      case 'ask':
        print(client ? (await answerOf(client, line.slice('ask '.length))).replaceAll('\n', ' ') : 'no model');
        break;
      case 'dispose':
        await client?.dispose();
        print('disposed');
        break;
      // Like a window whose extension host hangs: nothing is read any more.
      case 'freeze':
        print('frozen');
        setTimeout(() => {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
        }, 50);
        break;
      default:
        print(`unknown command ${command}`);
    }
  } catch (error) {
    print(`failed ${String(error)}`);
  }
}
