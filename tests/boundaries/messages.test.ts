/** French and English say the same things, and every visible word goes through them. */
import { globSync, readFileSync, readdirSync } from 'node:fs';
import { parse, type AST } from 'svelte/compiler';
import { describe, expect, test } from 'vitest';

const FOLDER = 'src/messages';
type Messages = Record<string, unknown>;
const read = (file: string): Messages =>
	Object.fromEntries(
		Object.entries(JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Messages).filter(
			([key]) => key !== '$schema'
		)
	);

/** Every sentence of a message: one, or one for each variant. */
function sentences(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(sentences);
	if (typeof value === 'object' && value !== null && 'match' in value)
		return Object.values(value.match as Record<string, string>);
	return [];
}
const parameters = (value: unknown): string[] =>
	[
		...new Set(
			sentences(value).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))
		)
	].sort() as string[];

const files = readdirSync(FOLDER);
const domains = [...new Set(files.map((file) => file.split('.')[0] ?? ''))];

describe.each(domains)('messages of %s', (domain) => {
	const fr = read(`${domain}.fr.json`);
	const en = read(`${domain}.en.json`);
	test('have the same keys in both languages', () => {
		expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
	});
	test('have the same parameters in both languages', () => {
		const differing = Object.keys(fr).filter(
			(key) => parameters(fr[key]).join() !== parameters(en[key]).join()
		);
		expect(differing).toEqual([]);
	});
	test('are never empty', () => {
		const empty = [...Object.entries(fr), ...Object.entries(en)]
			.filter(([, value]) => {
				const all = sentences(value);
				return all.length === 0 || all.some((text) => text.trim() === '');
			})
			.map(([key]) => key);
		expect(empty).toEqual([]);
	});
	test('French plurals have their three forms', () => {
		expect(Object.keys(fr).filter((key) => missesForms(fr[key]))).toEqual([]);
	});
	test('French is set as in Québec', () => {
		expect(Object.values(fr).flatMap(sentences).flatMap(typographyFaults)).toEqual([]);
	});
});

/** Whether a French plural lacks one of its forms: 1, a million (« un million de billets »), any other. */
function missesForms(value: unknown): boolean {
	const forms = JSON.stringify(value);
	return (
		forms.includes('plural') && !['=one', '=many', '=other'].every((form) => forms.includes(form))
	);
}

test('the check on plurals sees each form that lacks', () => {
	const forms = ['one', 'many', 'other'];
	const message = (of: string[]) => [
		{
			declarations: ['input n', 'local p = n: plural'],
			selectors: ['p'],
			match: Object.fromEntries(of.map((form) => [`p=${form}`, `{n} ${form}`]))
		}
	];
	expect(missesForms(message(forms))).toBe(false);
	expect(missesForms('Une phrase.')).toBe(false);
	for (const form of forms)
		expect(missesForms(message(forms.filter((other) => other !== form))), form).toBe(true);
});

/** fr-CA: a no-break space before « : », inside guillemets, before % and $; none before ; ! ?; ’ as apostrophe. */
function typographyFaults(text: string): string[] {
	const rules: [RegExp, string][] = [
		[/\p{L}'\p{L}/u, 'straight apostrophe'],
		[/ [:»%$](?!\w)/, 'breaking space before : » % or $'],
		[/[\p{L}\d)»]:(?=\s|$)/u, 'no space before :'],
		[/« |«[^\u00a0]/, 'no no-break space after «'],
		[/[ \u00a0\u202f][;!?](?=\s|$|»)/, 'space before ; ! or ?'],
		[/[\p{L}\d]»/u, 'no no-break space before »']
	];
	const sentence = text.replace(/\{\w+\}/g, 'x').replace(/https?:\/\/\S+/g, '');
	return rules.filter(([rule]) => rule.test(sentence)).map(([, why]) => `${why}: ${text}`);
}

test('the typography check sees each fault', () => {
	expect(typographyFaults('Le carnet\u00a0: «\u00a0l’atelier\u00a0», 5\u00a0%! Ça va?')).toEqual(
		[]
	);
	for (const fault of [
		"l'atelier",
		'Le carnet : ici',
		'Le carnet: ici',
		'« atelier »',
		'5 %',
		'Bravo !',
		'«\u00a0mot»'
	])
		expect(typographyFaults(fault), fault).not.toEqual([]);
});

test('every file is listed for the message compiler, and no key is twice', () => {
	const settings = readFileSync('src/project.inlang/settings.json', 'utf8');
	for (const domain of domains) expect(settings).toContain(`./messages/${domain}.{locale}.json`);
	const keys = domains.flatMap((domain) => Object.keys(read(`${domain}.fr.json`)));
	expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test('every key is used', () => {
	const source = globSync('src/**/*.{ts,svelte}', { exclude: ['src/lib/paraglide/**'] })
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');
	const words = new Set(source.match(/\w+/g));
	const keys = domains.flatMap((domain) => Object.keys(read(`${domain}.fr.json`)));
	expect(keys.filter((key) => !words.has(key))).toEqual([]);
});

/** Attributes and properties whose text a person sees or hears. */
const SEEN =
	/^(aria-(label|description|placeholder|roledescription|valuetext)|alt|title|placeholder|label|description|hint|heading|caption)$/;
/** Names of keys and code are the same in both languages. */
const NOT_WORDS = new Set(['kbd', 'code', 'style', 'script']);
const hasWord = (text: string): boolean => /\p{L}{2,}/u.test(text);

/** Words written straight into a component's markup. */
export function wordsIn(source: string): string[] {
	const found: string[] = [];
	const visit = (value: unknown): void => {
		if (Array.isArray(value)) return value.forEach(visit);
		if (typeof value !== 'object' || value === null) return;
		const node = value as AST.SvelteNode & { name?: string; value?: unknown };
		if (node.type === 'RegularElement' && NOT_WORDS.has(node.name)) return;
		if (node.type === 'Text') {
			if (hasWord(node.data)) found.push(node.data.trim());
			return;
		}
		if (node.type === 'Attribute') {
			if (!SEEN.test(node.name) || !Array.isArray(node.value)) return;
			for (const part of node.value)
				if (part.type === 'Text' && hasWord(part.data)) found.push(`${node.name}="${part.data}"`);
			return;
		}
		Object.values(node).forEach(visit);
	};
	visit(parse(source, { modern: true }).fragment);
	return found;
}

test('the check on markup sees words, and nothing else', () => {
	expect(wordsIn('<p>Bonjour</p>')).toEqual(['Bonjour']);
	expect(wordsIn('<Button label="Ouvrir" />')).toEqual(['label="Ouvrir"']);
	expect(wordsIn('{#if a}<span title="Fermer"></span>{/if}')).toEqual(['title="Fermer"']);
	expect(
		wordsIn('<p class="flex">{m.a()} · {b}</p><kbd>Ctrl</kbd><style>p { color: red }</style>')
	).toEqual([]);
});

test('no component holds a visible word of its own', () => {
	const found = globSync('src/**/*.svelte').flatMap((file) =>
		wordsIn(readFileSync(file, 'utf8')).map((words) => `${file}: ${words}`)
	);
	expect(found).toEqual([]);
});
