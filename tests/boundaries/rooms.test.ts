/** Proves that each forbidden import fails the lint, and that each allowed one passes. */
import { ESLint } from 'eslint';
import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { refusal } from './rooms.js';

const eslint = new ESLint();

/** Rules broken by `source`, were it the text of `filePath`. */
async function broken(filePath: string, source: string): Promise<(string | null)[]> {
	const [result] = await eslint.lintText(source, { filePath });
	return (result?.messages ?? []).map((message) => message.ruleId);
}
const svelte = (script: string): string => `<script lang="ts">\n${script}\n</script>\n`;

const ROOMS = ['core', 'tables', 'collab', 'sandbox', 'server', 'client', 'ui'] as const;
/** DESIGN's table, written once more: a slip in the rule's own table must not prove itself. */
const MAY_ENTER: Record<(typeof ROOMS)[number], readonly string[]> = {
	core: [],
	tables: ['core'],
	collab: ['core'],
	sandbox: ['core', 'tables'],
	server: ['core', 'tables', 'collab'],
	client: ['core', 'collab'],
	ui: ['core', 'client']
};

describe.each(ROOMS)('src/lib/%s', (room) => {
	for (const other of ROOMS.filter((name) => name !== room)) {
		const allowed = MAY_ENTER[room].includes(other);
		test(`${allowed ? 'may' : 'may not'} enter ${other}`, async () => {
			const found = await broken(
				`src/lib/${room}/thing/example.ts`,
				`import { a } from '../../${other}/thing/a.ts';\nexport const b = a;\n`
			);
			expect(found.includes('carnet/rooms')).toBe(!allowed);
		});
	}
	test('may not enter the routes', async () => {
		expect(
			await broken(`src/lib/${room}/example.ts`, `export { a } from '../../routes/a.ts';\n`)
		).toContain('carnet/rooms');
	});
});

test('a transaction of the server says how it begins', async () => {
	const of = (call: string) =>
		broken(
			'src/lib/server/thing/example.ts',
			`import type { App } from '../app.ts';\nexport const act = (app: App): void => ${call};\n`
		);
	const rule = 'no-restricted-syntax';
	expect(await of('app.db.transaction(() => undefined)')).toContain(rule);
	expect(await of('(({ db }) => db.transaction(() => undefined))(app)')).toContain(rule);
	expect(await of("app.db.transaction(() => undefined, { behavior: 'immediate' })")).not.toContain(
		rule
	);
});

describe('imports in every form', () => {
	const file = 'src/lib/core/thing/example.ts';
	test.each([
		['a type', `import type { A } from '../../server/app.ts';\nexport type B = A;\n`],
		['a re-export', `export * from '../../server/app.ts';\n`],
		['a named re-export', `export { a } from '../../server/app.ts';\n`],
		['a dynamic import', `export const a = () => import('../../server/app.ts');\n`],
		['Kit’s alias', `import { a } from '$lib/server/app';\nexport const b = a;\n`]
	])('%s', async (_form, source) => {
		expect(await broken(file, source)).toContain('carnet/rooms');
	});
});

describe('packages', () => {
	test.each([
		['src/lib/core/notebook/a.ts', 'node:fs'],
		['src/lib/core/notebook/a.ts', 'acorn'],
		['src/lib/core/analysis/a.ts', 'arquero'],
		['src/lib/tables/a.ts', 'node:fs'],
		['src/lib/collab/a.ts', '@hocuspocus/server'],
		['src/lib/sandbox/worker/a.ts', 'svelte'],
		['src/lib/server/reports/a.ts', 'arquero'],
		['src/lib/server/reports/a.ts', 'node:vm'],
		['src/lib/server/reports/a.ts', '@observablehq/plot'],
		['src/lib/client/a.ts', 'apache-arrow'],
		['src/lib/ui/cell/a.ts', '@hocuspocus/provider'],
		['src/lib/ui/cell/a.ts', 'node:fs'],
		['src/routes/+page.ts', 'drizzle-orm'],
		['src/routes/api/+server.ts', 'drizzle-orm']
	])('%s may not import %s', async (file, name) => {
		expect(await broken(file, `import a from '${name}';\nexport const b = a;\n`)).toContain(
			'carnet/rooms'
		);
	});
	test.each([
		['src/lib/core/analysis/a.ts', 'acorn'],
		['src/lib/core/control/a.ts', 'acorn'],
		['src/lib/tables/a.ts', 'apache-arrow'],
		['src/lib/collab/a.ts', 'yjs'],
		['src/lib/sandbox/worker/a.ts', '@observablehq/plot'],
		['src/lib/server/auth/a.ts', 'node:crypto'],
		['src/lib/client/a.ts', '@hocuspocus/provider'],
		['src/lib/ui/cell/a.ts', '@codemirror/view'],
		['src/lib/core/notebook/a.test.ts', 'node:fs']
	])('%s may import %s', async (file, name) => {
		expect(await broken(file, `import a from '${name}';\nexport const b = a;\n`)).toEqual([]);
	});
});

describe('routes', () => {
	test('a page may not enter the server', async () => {
		expect(
			await broken('src/routes/x/+page.svelte', svelte(`import { a } from '$lib/server/a';\na;`))
		).toContain('carnet/rooms');
	});
	test.each(['+page.server.ts', '+server.ts', '+layout.server.ts'])('%s may', (file) => {
		expect(refusal(`src/routes/x/${file}`, '$lib/server/a')).toBeNull();
	});
	test.each(['+page.ts', '+layout.ts', 'load.ts'])('%s may not', (file) => {
		expect(refusal(`src/routes/x/${file}`, '$lib/server/a')).not.toBeNull();
	});
	test.each(['tables', 'collab', 'sandbox'])('a server route may not enter %s', (room) => {
		expect(refusal('src/routes/x/+server.ts', `$lib/${room}/a`)).not.toBeNull();
	});
});

describe('the same word, elsewhere', () => {
	test('a folder of a room may bear another room’s name', () => {
		expect(refusal('src/lib/server/a/b.ts', '../sandbox/c.ts')).toBeNull();
		expect(refusal('src/lib/server/b.ts', '../sandbox/c.ts')).not.toBeNull();
	});
	test('client names a worker by its URL only', () => {
		expect(refusal('src/lib/client/a.ts', '../tables/import-worker.ts?worker&url')).toBeNull();
		expect(refusal('src/lib/client/a.ts', '../tables/import-worker.ts')).not.toBeNull();
		expect(refusal('src/lib/ui/a.ts', '../tables/import-worker.ts?worker&url')).not.toBeNull();
	});
});

describe('what else is never done', () => {
	const cases: [string, string, string, string][] = [
		[
			'any',
			'src/lib/core/a.ts',
			'export const a: any = 1;\n',
			'@typescript-eslint/no-explicit-any'
		],
		[
			'a non-null assertion',
			'src/lib/core/a.ts',
			'export const f = (a?: string): string => a!;\n',
			'@typescript-eslint/no-non-null-assertion'
		],
		[
			'the clock in core',
			'src/lib/core/a.ts',
			'export const a = Date.now();\n',
			'no-restricted-properties'
		],
		[
			'today in core',
			'src/lib/core/a.ts',
			'export const a = new Date();\n',
			'no-restricted-syntax'
		],
		[
			'chance in core',
			'src/lib/core/a.ts',
			'export const a = Math.random();\n',
			'no-restricted-properties'
		],
		[
			'the DOM in core',
			'src/lib/core/a.ts',
			'export const a = document.title;\n',
			'no-restricted-globals'
		],
		['fetch in ui', 'src/lib/ui/a.ts', "export const a = fetch('/x');\n", 'no-restricted-globals'],
		[
			'a socket in ui',
			'src/lib/ui/a.ts',
			"export const a = new WebSocket('/x');\n",
			'no-restricted-globals'
		],
		['eval on the server', 'src/lib/server/a.ts', "export const a = eval('1');\n", 'no-eval'],
		[
			'a made function on the server',
			'src/lib/server/a.ts',
			"export const a = new Function('1');\n",
			'no-new-func'
		],
		['raw markup', 'src/lib/ui/A.svelte', "{@html '<b>a</b>'}\n", 'svelte/no-at-html-tags'],
		['a drawer', 'src/lib/ui/utils.ts', 'export const a = 1;\n', 'carnet/file-name'],
		['a drawer folder', 'src/lib/helpers/a.ts', 'export const a = 1;\n', 'carnet/file-name'],
		['a camel-case module', 'src/lib/ui/someThing.ts', 'export const a = 1;\n', 'carnet/file-name'],
		['a kebab-case component', 'src/lib/ui/some-thing.svelte', '<p></p>\n', 'carnet/file-name']
	];
	test.each(cases)('%s', async (_what, file, source, rule) => {
		expect(await broken(file, source)).toContain(rule);
	});
	test('good names pass', async () => {
		for (const file of ['src/lib/ui/some-thing.ts', 'src/lib/client/workspace.svelte.ts'])
			expect(await broken(file, 'export const a = 1;\n')).toEqual([]);
		expect(await broken('src/lib/ui/SomeThing.svelte', '<p></p>\n')).toEqual([]);
		expect(await broken('src/routes/x/+page.svelte', '<p></p>\n')).toEqual([]);
	});
});

describe('imports in a circle', () => {
	// The check reads real files: two that import each other, removed afterwards.
	const one = 'tests/boundaries/circle-one.ts';
	const two = 'tests/boundaries/circle-two.ts';
	afterAll(() => {
		for (const file of [one, two]) rmSync(file, { force: true });
	});
	test('fail', async () => {
		const source = `import { two } from './circle-two.ts';\nexport const one = (): unknown => two;\n`;
		writeFileSync(one, source);
		writeFileSync(
			two,
			`import { one } from './circle-one.ts';\nexport const two = (): unknown => one;\n`
		);
		expect(await broken(one, source)).toContain('import-x/no-cycle');
		writeFileSync(two, `export const two = (): unknown => 2;\n`);
		expect(await new ESLint().lintText(source, { filePath: one })).toMatchObject([
			{ messages: [] }
		]);
	});
});
