// Entry of the model's process: dist/model.mjs.

import { runModelProcess } from './modelProcess.ts';

runModelProcess(async () => (await import('./engine/llamaEngine.ts')).openLlamaEngine);
