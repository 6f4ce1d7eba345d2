import { addMissingBuiltIns } from './missingBuiltIns.ts';

addMissingBuiltIns();
