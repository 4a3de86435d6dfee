/** Loads the Parquet library from the disk, where a browser would ask for it by its address: import it for that. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initSync } from 'parquet-wasm/esm';

const path = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
initSync({ module: readFileSync(path) });
