import { describe, expect, it } from 'vitest';
import type { ReportBlock, ReportOutput } from '../report/report.ts';
import { barOf, exploredCells } from './explore.ts';
import type { ProvenanceCell } from './provenance.ts';
import type { LineageSource } from './terms.ts';

const TODAY = '2026-06-15';
const FILE = 'billets@1.arrow';
const SOURCE: LineageSource = {
	datasetId: 'd',
	slug: 'billets',
	version: 1,
	hash: 'a'.repeat(64),
	title: 'Billets',
	organisation: 'Théâtre',
	licence: 'CC-BY-4.0',
	publication: 'rows',
	synthetic: true,
	rows: 10
};
const reasonOf = (source: LineageSource | null) =>
	barOf([FILE], () => source, TODAY)?.reason ?? null;

describe('the terms of every dataset', () => {
	it('let rows be published, and have not ended', () => {
		expect(reasonOf(SOURCE)).toBe(null);
		expect(reasonOf({ ...SOURCE, validUntil: TODAY })).toBe(null);
		expect(reasonOf({ ...SOURCE, validUntil: '2026-06-14' })).toBe('expired');
	});
	it('of a dataset that is withdrawn or unknown are none', () => {
		expect(reasonOf(null)).toBe('unknown');
	});
	it('that let less than rows be published hold back', () => {
		expect(reasonOf({ ...SOURCE, publication: 'nothing' })).toBe('rows');
		expect(reasonOf({ ...SOURCE, publication: 'aggregates' })).toBe('rows');
	});
	it('that name a smallest group hold back, though rows may be published', () => {
		expect(reasonOf({ ...SOURCE, minimumGroup: 5 })).toBe('group');
	});
	it('are those of each: one is enough to hold back, and is named', () => {
		const other = { ...SOURCE, title: 'Abonnés', publication: 'aggregates' } as const;
		expect(barOf([FILE, 'x@1.arrow'], (file) => (file === FILE ? SOURCE : other), TODAY)).toEqual({
			reason: 'rows',
			dataset: 'Abonnés'
		});
		expect(barOf([], () => null, TODAY)).toBe(null);
	});
});

const cell = (
	id: string,
	source: string,
	defines: string[] = [],
	uses: string[] = []
): ProvenanceCell => ({ id, mode: 'js', source, defines, uses });
const CONTROL: ReportOutput = {
	kind: 'control',
	label: 'Seuil',
	setting: { type: 'number', value: 3 }
};
const VALUE: ReportOutput = { kind: 'value', caption: '', text: '1', lineage: null };
const block = (id: string, outputs: ReportOutput[] = [VALUE]): ReportBlock => ({
	cell: id,
	kind: 'code',
	source: null,
	outputs
});
const NOTEBOOK = [
	cell(
		'data',
		`const billets = FileAttachment("${FILE}").arquero()`,
		['billets'],
		['FileAttachment']
	),
	cell('apart', 'FileAttachment("salles@1.arrow").arquero()', [], ['FileAttachment']),
	cell('seuil', 'const seuil = view(Inputs.range([0, 9]))', ['seuil'], ['view', 'Inputs']),
	cell(
		'chers',
		'const chers = billets.filter(d => d.prix > seuil)',
		['chers'],
		['billets', 'seuil']
	),
	cell('combien', 'chers.numRows()', [], ['chers']),
	cell('moitie', 'chers.numRows() / 2', [], ['chers'])
];

describe('what readers run', () => {
	it('is what follows from the controls shown, with what that needs, and no other cell', () => {
		const blocks = [block('apart'), block('seuil', [CONTROL]), block('combien')];
		expect(exploredCells(NOTEBOOK, blocks)).toEqual({
			live: ['seuil', 'combien'],
			needed: ['data', 'seuil', 'chers', 'combien'],
			files: [FILE],
			everyFile: [FILE, 'salles@1.arrow'],
			readable: true
		});
	});
	it('is nothing where no control is shown, or no result follows from one', () => {
		expect(exploredCells(NOTEBOOK, [block('seuil', []), block('combien')])).toBe(null);
		expect(exploredCells(NOTEBOOK, [block('seuil', [CONTROL]), block('apart')])).toBe(null);
	});
	it('ends, though cells use each other', () => {
		const round = [
			cell('seuil', '', ['seuil'], ['b']),
			cell('a', '', ['a'], ['seuil', 'b']),
			cell('b', '', ['b'], ['a'])
		];
		expect(exploredCells(round, [block('seuil', [CONTROL]), block('a')])?.needed).toEqual([
			'seuil',
			'a',
			'b'
		]);
	});
	it('is told apart where a file is read by a name that is not written', () => {
		const hidden = [...NOTEBOOK, cell('f', 'FileAttachment(nom)', [], ['FileAttachment', 'nom'])];
		const blocks = [block('seuil', [CONTROL]), block('combien')];
		expect(exploredCells(hidden, blocks)?.readable).toBe(false);
	});
});
