/**
 * A page is in one language, and its scripts say so: each script of the build is kept once a language, with the
 * sentences of that one alone. French scripts stand where Kit puts them, English ones in `en/` beside. The server's
 * build keeps both, and so do the messages that a page in one language shows in the other (a report's, a twin's).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifySync, type Plugin } from 'vite';
import { LANGUAGE_FOLDER, SCRIPTS } from './lib/core/page-scripts.ts';

/** Stands for the language until a script is kept. */
const MARK = '__PAGE_LANGUAGE__';
const MESSAGE = /[\\/]paraglide[\\/]messages[\\/](?!_index\.js)([\w-]+)\.js$/;
/** What Paraglide writes of a message: the sentence of each language, as a function. */
const SENTENCE = /^const (fr|en)_\w+ = \/\*\*.*?\*\/ \((i?)\) => \{([^]*?)\n?\};$/gm;
const IMPORT_REGISTRY = "import * as registry from '../registry.js'";

function* sources(folder: string): Generator<string> {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			if (entry.name !== 'paraglide') yield* sources(path);
		} else if (/(?<!\.test)\.(ts|svelte)$/.test(entry.name)) yield path;
	}
}

/** Messages of files in which a language is asked for by name. */
export function messagesInBoth(folder: string): Set<string> {
	const names = new Set<string>();
	for (const path of sources(folder)) {
		const text = readFileSync(path, 'utf8');
		if (!/[({,]\s*locale\b/.test(text)) continue;
		for (const [, name] of text.matchAll(/\bm\.(\w+)/g)) if (name) names.add(name);
	}
	return names;
}

/** A message's module, with a choice that is made when its script is kept. */
function chosenLater(name: string, code: string): string {
	const sentences = new Map([...code.matchAll(SENTENCE)].map((found) => [found[1], found[3]]));
	const [fr, en] = [sentences.get('fr'), sentences.get('en')];
	if (fr === undefined || en === undefined)
		throw new Error(`${name} is not written as Paraglide wrote messages`);
	return [
		code.includes(IMPORT_REGISTRY) ? IMPORT_REGISTRY : '',
		`export const ${name} = (i) => { if (${MARK} === "en") {${en}} else {${fr}} };`
	].join('\n');
}

/** The script with one language's sentences. */
function inLanguage(name: string, code: string, language: 'fr' | 'en'): string {
	if (!code.includes(MARK)) return code;
	const chosen = code.replaceAll(MARK, `"${language}"`);
	const { code: made, errors } = minifySync(name, chosen, { module: true, compress: true });
	if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}`);
	return made;
}

export function pageLanguage(): Plugin {
	let both: Set<string> = new Set();
	return {
		name: 'carnet-page-language',
		apply: 'build',
		enforce: 'post',
		applyToEnvironment: ({ name }) => name === 'client',
		buildStart() {
			both = messagesInBoth('src');
		},
		transform(code, id) {
			const name = MESSAGE.exec(id)?.[1];
			if (name === undefined || both.has(name)) return null;
			return { code: chosenLater(name, code), map: null };
		},
		generateBundle: {
			// After Vite has written what each import brings along.
			order: 'post',
			handler(_, bundle) {
				for (const chunk of Object.values(bundle)) {
					if (chunk.type !== 'chunk' || !SCRIPTS.test(chunk.fileName)) continue;
					const { fileName, code } = chunk;
					this.emitFile({
						type: 'asset',
						fileName: fileName.replace(SCRIPTS, LANGUAGE_FOLDER.en),
						// What is no script has one place.
						source: inLanguage(fileName, code, 'en').replaceAll(
							/(["'`,])\.\.\/(assets|workers)\//g,
							'$1../../$2/'
						)
					});
					chunk.code = inLanguage(fileName, code, 'fr');
				}
			}
		}
	};
}
