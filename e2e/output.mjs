import { fileURLToPath } from 'node:url';

/** Where a run leaves what a person may want to look at; ignored by git. */
export const output = fileURLToPath(new URL('./output', import.meta.url));
