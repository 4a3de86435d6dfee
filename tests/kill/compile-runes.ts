/** Lets Node load the page's own modules that hold runes (`*.svelte.ts`), compiled as for a server: plain fields. */
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileModule } from 'svelte/compiler';

registerHooks({
	load(url, context, next) {
		if (!url.endsWith('.svelte.ts')) return next(url, context);
		const filename = fileURLToPath(url);
		const plain = stripTypeScriptTypes(readFileSync(filename, 'utf8'));
		const { js } = compileModule(plain, { filename, generate: 'server' });
		return { format: 'module', source: js.code, shortCircuit: true };
	}
});
