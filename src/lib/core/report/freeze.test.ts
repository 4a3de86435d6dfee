import { describe, expect, it } from 'vitest';
import type { Lineage } from '../governance/terms.ts';
import type { ControlDescription, InspectNode, Output } from '../protocol/messages.ts';
import { freezeReport, outputKey, type ReportChoices, type RunCell } from './freeze.ts';
import { settingOf } from './setting.ts';
import { REPORT_LIMITS } from './report.ts';
import { valueText } from './value-text.ts';
import { cellText, longDay } from './cell-text.ts';

const lineage: Lineage = {
	sources: [
		{
			datasetId: 'd1',
			slug: 'billets',
			version: 3,
			hash: 'a'.repeat(64),
			title: 'Billets',
			organisation: 'Théâtre',
			licence: 'CC-BY-4.0',
			publication: 'rows',
			synthetic: true,
			rows: 5
		}
	],
	steps: []
};
const node = (
	type: InspectNode['type'],
	text: string,
	more: Partial<InspectNode> = {}
): InspectNode => ({ type, text, number: null, size: null, handle: null, entries: [], ...more });
const table: Output = {
	kind: 'table',
	table: 't1',
	named: null,
	rows: 5000,
	columns: [
		{ name: 'ville', type: 'text' },
		{ name: '__proto__', type: 'number' }
	],
	lineage
};
const picture: Output = {
	kind: 'picture',
	picture: {
		tree: ['svg', {}],
		title: 'Ventes',
		subtitle: '',
		caption: '',
		description: 'Les ventes montent.',
		data: [],
		marks: 1,
		tips: null
	},
	lineage
};
const number: Output = {
	kind: 'value',
	value: node('number', '1', { number: 1234.5 }),
	lineage: null
};
const cells: readonly RunCell[] = [
	{
		id: 'a',
		kind: 'text',
		source: '# Bonjour',
		outputs: [{ kind: 'text', markdown: '# Bonjour' }]
	},
	{ id: 'b', kind: 'transform', source: 'billets', outputs: [table, picture] },
	{ id: 'c', kind: 'code', source: '1234.5', outputs: [number] },
	{ id: 'd', kind: 'code', source: 'function f() {}', outputs: [] }
];
const choices: ReportChoices = {
	lang: 'fr',
	title: ' Titre ',
	summary: '',
	authors: ['Ana', ' ', 'Luc '],
	licence: 'CC-BY-4.0',
	shown: new Set(),
	omitted: new Set(),
	alts: new Map(),
	captions: new Map([[outputKey('b', 0), 'Par ville']])
};
const column = Array.from({ length: 150 }, (_, i) => i);
const parts = {
	windows: new Map([['t1', { offset: 0, columns: [column.map((i) => `v${i}`), column] }]]),
	controls: new Map()
};

describe('freezeReport', () => {
	const content = freezeReport(cells, parts, choices);
	it('keeps the cells that show something, in their order, without code', () => {
		expect(content.blocks.map(({ cell, source }) => [cell, source])).toEqual([
			['a', null],
			['b', null],
			['c', null]
		]);
		expect(content.title).toBe('Titre');
		expect(content.authors).toEqual(['Ana', 'Luc']);
		expect(content.sources.map(({ slug }) => slug)).toEqual(['billets']);
	});
	it('keeps at most a hundred rows, and says how many there were', () => {
		const kept = content.blocks[1]?.outputs[0];
		if (kept?.kind !== 'table') throw new Error('no table');
		expect(kept.rows).toHaveLength(100);
		expect(kept.rows[99]).toEqual(['v99', 99]);
		expect(kept.total).toBe(5000);
		expect(kept.caption).toBe('Par ville');
	});
	it('takes the chart’s own description until the author gives another', () => {
		const alt = (given: ReportChoices) => {
			const output = freezeReport(cells, parts, given).blocks[1]?.outputs[1];
			return output?.kind === 'picture' ? output.alt : null;
		};
		expect(alt(choices)).toBe('Les ventes montent.');
		expect(alt({ ...choices, alts: new Map([[outputKey('b', 1), 'Autre']]) })).toBe('Autre');
		expect(alt({ ...choices, alts: new Map([[outputKey('b', 1), '']]) })).toBe('');
	});
	it('keeps how many columns a table has, where it publishes fewer', () => {
		const wide = (count: number): Output => ({
			...(table as Extract<Output, { kind: 'table' }>),
			columns: Array.from({ length: count }, (_, i) => ({ name: `c${i}`, type: 'integer' }))
		});
		const frozen = (count: number) =>
			freezeReport(
				[{ id: 'b', kind: 'transform', source: '', outputs: [wide(count)] }],
				parts,
				choices
			).blocks[0]?.outputs[0];
		expect(frozen(203)).toMatchObject({ columnsTotal: 203 });
		expect(frozen(203)).toHaveProperty('columns.length', REPORT_LIMITS.columns);
		expect(frozen(200)).not.toHaveProperty('columnsTotal');
	});
	it('shows code where the author chose so, and leaves out what they left out', () => {
		const omitted = new Set([outputKey('b', 0), outputKey('c', 0)]);
		const { blocks } = freezeReport(cells, parts, { ...choices, omitted, shown: new Set(['d']) });
		expect(blocks.map(({ cell, outputs, source }) => [cell, outputs.length, source])).toEqual([
			['a', 1, null],
			['b', 1, null],
			['d', 0, 'function f() {}']
		]);
	});
});

describe('settingOf', () => {
	const select: ControlDescription = {
		type: 'select',
		label: 'Ville',
		options: [{ label: 'Québec' }, { label: 'Laval' }, { label: 'Secret' }],
		multiple: true,
		value: [0]
	};
	it('keeps what was chosen and nothing of what was not', () => {
		expect(settingOf(select, undefined)).toEqual({ type: 'choices', labels: ['Québec'] });
		expect(settingOf(select, [1, 7, null])).toEqual({ type: 'choices', labels: ['Laval'] });
		expect(JSON.stringify(settingOf(select, [1]))).not.toContain('Secret');
	});
	it('reads each type, and gives a button none', () => {
		const range = { type: 'range', label: '', min: 0, max: 9, step: 1, value: 4 } as const;
		expect(settingOf(range, undefined)).toEqual({ type: 'number', value: 4 });
		expect(settingOf(range, 'x')).toEqual({ type: 'number', value: null });
		const dates: ControlDescription = {
			type: 'date-range',
			label: '',
			min: null,
			max: null,
			value: [null, null]
		};
		expect(settingOf(dates, ['2026-01-02', 'demain'])).toEqual({
			type: 'dates',
			from: '2026-01-02',
			to: null
		});
		expect(settingOf({ type: 'toggle', label: '', value: false }, true)).toEqual({
			type: 'toggle',
			on: true
		});
		expect(settingOf({ type: 'button', label: '', value: 0 }, 1)).toBeNull();
	});
});

describe('words and figures', () => {
	const words = { yes: 'oui', no: 'non' };
	it('are those of the report’s language', () => {
		expect(valueText(node('number', '', { number: 1234.5 }), 'fr')).toBe('1\u00a0234,5');
		expect(valueText(node('number', '', { number: 1234.5 }), 'en')).toBe('1,234.5');
		expect(cellText(1234.567, { name: 'prix', type: 'number' }, 'fr', words)).toBe('1\u00a0234,57');
		expect(cellText(2024, { name: 'année', type: 'integer' }, 'fr', words)).toBe('2024');
		expect(cellText(Date.UTC(2026, 0, 5), { name: 'jour', type: 'date' }, 'fr', words)).toBe(
			'2026-01-05'
		);
		expect(cellText(true, { name: 'x', type: 'boolean' }, 'en', { yes: 'yes', no: 'no' })).toBe(
			'yes'
		);
		expect(longDay(Date.UTC(2026, 10, 24, 12), 'fr')).toBe('24 novembre 2026');
	});
	it('say nothing of what has no words, and open a list level by level', () => {
		expect(valueText(node('function', 'ƒ'), 'fr')).toBe('');
		const list = node('object', '{…}', {
			size: 3,
			entries: [
				{ key: 'a', value: node('number', '1', { number: 1 }) },
				{
					key: 'b',
					value: node('array', '[]', {
						size: 1,
						entries: [{ key: '0', value: node('string', 'x') }]
					})
				}
			]
		});
		expect(valueText(list, 'en')).toBe('a: 1; b: (x); …');
	});
});
