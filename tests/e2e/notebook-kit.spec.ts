/**
 * The same notebook file, opened here and built with Observable's own notebook-kit: what the cells come to is equal.
 * Files that the product writes go there, and files written with what Observable documents come here.
 */
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { toNotebook, type Notebook } from '../../src/lib/core/notebook/notebook.ts';
import { printNotebookFile } from '../../src/lib/core/notebook/print-notebook-file.ts';
import { makeDemoDatasets } from '../../src/lib/server/demo/datasets.ts';
import { newcomersNotebook } from '../../src/lib/server/demo/notebooks/newcomers.ts';
import { seatsNotebook } from '../../src/lib/server/demo/notebooks/seats.ts';
import { expect, test } from '../support/fixtures.ts';
import { buildKitNotebook } from '../support/kit-notebook.ts';

/** A text that tells, as JSON, what a notebook's names stand for; its tables as rows. */
const tells = (names: readonly string[], tables: readonly string[] = []): string => {
	const values = [
		...names.map((name) => `${name}`),
		...tables.map((name) => `${name}: ${name}.objects()`)
	];
	return `~~~\nVALEURS \${JSON.stringify({${values.join(', ')}})}\n~~~`;
};

const withText = (notebook: Notebook, text: string): Notebook =>
	toNotebook({
		...notebook,
		cells: [...notebook.cells, { id: 'valeurs', mode: 'md', source: text }]
	});

const DEMOS: readonly [name: string, notebook: Notebook][] = [
	[
		'seats',
		withText(
			seatsNotebook('fr', 'representations-demo@1.arrow'),
			tells(['discipline'], ['parVille', 'parMois'])
		)
	],
	[
		'newcomers',
		withText(
			newcomersNotebook('en', {
				tickets: 'billetterie-demo@1.arrow',
				web: 'audience-web-demo@1.arrow'
			}),
			tells([], ['byChannel', 'bySource'])
		)
	]
];

/** As a person would write it in Observable's application. */
const file = (title: string, cells: readonly (readonly [type: string, source: string])[]): string =>
	`<!doctype html>\n<notebook>\n  <title>${title}</title>\n${cells
		.map(
			([type, source], i) =>
				`  <script id="${i + 1}" type="${type}">\n    ${source.replaceAll('\n', '\n    ')}\n  </script>`
		)
		.join('\n')}\n</notebook>\n`;

const DOCUMENTED: readonly [name: string, html: string][] = [
	[
		'generators and promises',
		file('Générateurs', [
			['module', 'const i = (function* () { for (let i = 0; i <= 6; ++i) yield i; })();'],
			['module', 'const doubled = i * 2;'],
			['module', 'const late = Promises.delay(20, "arrivé");'],
			['module', 'const shout = late.toUpperCase();'],
			[
				'module',
				'const counted = Generators.observe((notify) => {\n  let n = 0;\n  const timer = setInterval(() => notify(Math.min(++n, 3)), 10);\n  return () => clearInterval(timer);\n});'
			],
			[
				'module',
				'async function* upTo(n) { for (let k = 1; k <= n; k++) { await null; yield k; } }'
			],
			['module', 'const pulled = upTo(4);'],
			['text/markdown', tells(['i', 'doubled', 'late', 'shout', 'counted', 'pulled'])]
		])
	],
	[
		'views and mutables',
		file('Contrôles', [
			[
				'module',
				'const level = view(Inputs.range([0, 10], {label: "Niveau", value: 4, step: 1}));'
			],
			['module', 'const choice = view(Inputs.select(["un", "deux", "trois"], {value: "deux"}));'],
			[
				'module',
				'const several = view(Inputs.checkbox(new Map([["A", 1], ["B", 2], ["C", 3]]), {value: [1, 3]}));'
			],
			['module', 'const on = view(Inputs.toggle({label: "Actif", value: true}));'],
			[
				'module',
				'const input = Inputs.number([0, 100], {value: 12});\nconst number = Generators.input(input);\ndisplay(input);'
			],
			['module', 'const sum = on ? level + number + several.length : 0;'],
			['module', 'const total = Mutable(1);\nconst raise = () => (total.value += 41);'],
			['module', 'raise();\nconst raised = true;'],
			[
				'text/markdown',
				tells(['level', 'choice', 'several', 'on', 'number', 'sum', 'total', 'raised'])
			]
		])
	],
	[
		'several declarations, in any order',
		file('Déclarations', [
			['module', 'const area = width_ * height_;'],
			['module', 'const width_ = 6, height_ = 7, [first, ...rest] = [1, 2, 3];'],
			['module', 'let {a, b: {c = 5, ...others}, ...more} = {a: 1, b: {d: 2, e: 3}, f: 4};'],
			[
				'module',
				'function twice(x) { return 2 * x; }\nclass Box { constructor(v) { this.v = v; } get double() { return twice(this.v); } }'
			],
			['module', 'const box = new Box(area).double;'],
			['module', 'const waited = await Promise.all([Promises.delay(5, 1), 2]);'],
			[
				'module',
				'const rows = aq.table({k: ["x", "y", "x"], v: [1, 2, 3]}).groupby("k").rollup({s: (d) => aq.op.sum(d.v)});'
			],
			['module', 'display(first);\ndisplay(rest);'],
			['text/markdown', '# Aire : ${area}'],
			[
				'text/markdown',
				tells(['area', 'first', 'rest', 'a', 'c', 'others', 'more', 'box', 'waited'], ['rows'])
			]
		])
	]
];

const VALUES = 'main pre code, pre code';

/** What the text tells once it stands still: a generator goes on for a while. */
async function valuesOf(page: Page): Promise<unknown> {
	const told = page.locator(VALUES, { hasText: 'VALEURS' }).first();
	let last = '';
	await expect
		.poll(
			async () => {
				// The word is there before its value is.
				const text = ((await told.textContent()) ?? '').replace(/^VALEURS\s*/, '');
				const still = text !== '' && text === last;
				last = text;
				return still;
			},
			{ intervals: [500], timeout: 60_000 }
		)
		.toBe(true);
	return JSON.parse(last) as unknown;
}

/** As notebook-kit builds and runs it; nothing is asked off this machine. */
async function inKit(browser: Browser, name: string, html: string): Promise<unknown> {
	const files = new Map(
		Object.values(makeDemoDatasets()).map(({ slug, bytes }) => [`${slug}@1.arrow`, bytes])
	);
	const folder = join('tests', '.output', `kit-${name.replace(/\W+/g, '-')}`);
	const kit = await buildKitNotebook(folder, html, files, 'package.json');
	const page = await browser.newPage();
	try {
		const away: string[] = [];
		page.on('request', (request) => {
			const { protocol, hostname } = new URL(request.url());
			if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') away.push(request.url());
		});
		await page.goto(kit.origin);
		const values = await valuesOf(page);
		expect(away).toEqual([]);
		return values;
	} finally {
		await page.close();
		await kit.close();
	}
}

/** As the product imports and runs it. */
async function inCarnet(page: Page, name: string, html: string): Promise<unknown> {
	await page.goto('/carnets');
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: `${name}.html`, mimeType: 'text/html', buffer: Buffer.from(html) });
	await page.getByRole('button', { name: 'Importer' }).click();
	await page.waitForURL(/\/carnets\/[a-z0-9]+$/);
	const values = await valuesOf(page);
	await expect(page.locator('[data-cell-state=error]')).toHaveCount(0);
	return values;
}

for (const [name, html] of [
	...DEMOS.map(([name, notebook]) => [name, printNotebookFile(notebook)] as const),
	...DOCUMENTED
])
	test(`${name}: here and in notebook-kit, the same values`, async ({ browser, asFacilitator }) => {
		const theirs = await inKit(browser, name, html);
		expect(Object.keys(theirs as object).length).toBeGreaterThan(1);
		expect(await inCarnet(asFacilitator, name, html)).toEqual(theirs);
	});
