import { describe, expect, it } from 'vitest';
import type { Output } from '../protocol/messages.ts';
import { liveContent } from './live.ts';
import type { ReportContent, ReportOutput } from './report.ts';
import { settingOf, valueOf } from './setting.ts';

const NUMBER = {
	type: 'number',
	text: '7',
	number: 7,
	size: null,
	entries: [],
	handle: null
} as unknown as Extract<Output, { kind: 'value' }>['value'];
const value: Output = { kind: 'value', value: NUMBER, lineage: null };
const text: Output = { kind: 'text', markdown: 'Vivant' };
const said = (caption: string): ReportOutput => ({
	kind: 'value',
	caption,
	text: '1',
	lineage: null
});
const block = (cell: string, outputs: ReportOutput[]) => ({
	cell,
	kind: 'code' as const,
	source: null,
	outputs
});
const CONTENT: ReportContent = {
	lang: 'fr',
	title: 'T',
	summary: '',
	authors: ['Ana'],
	licence: 'CC-BY-4.0',
	blocks: [block('a', [said('Fixe')]), block('b', [said('Premier'), said('Second')])],
	sources: []
};
const cellOf = (outputs: Output[]) => ({ id: 'b', kind: 'code' as const, source: '', outputs });

describe('a report made again', () => {
	it('changes its live blocks alone, under the captions that they were published with', () => {
		const made = liveContent(
			CONTENT,
			{ live: ['b'], leftOut: [{ cell: 'b', index: 1, kind: 'value' }] },
			[cellOf([value, value, text, value])],
			new Map(),
			new Map()
		);
		expect(made.blocks[0]).toBe(CONTENT.blocks[0]);
		expect(made.blocks[1]?.outputs).toMatchObject([
			{ kind: 'value', caption: 'Premier', text: '7' },
			{ kind: 'text', markdown: 'Vivant' },
			{ kind: 'value', caption: 'Second', text: '7' }
		]);
	});
	it('shows nothing where a cell gives nothing, rather than what it gave before', () => {
		const made = liveContent(
			CONTENT,
			{ live: ['b'], leftOut: [] },
			[cellOf([])],
			new Map(),
			new Map()
		);
		expect(made.blocks.map(({ outputs }) => outputs.length)).toEqual([1, 0]);
	});
});

describe('a control put at its published setting', () => {
	const options = ['a', 'b', 'c'].map((label) => ({ label }));
	it('stands there', () => {
		const select = { type: 'select', label: '', options, multiple: false, value: 0 } as const;
		const several = { ...select, multiple: true, value: [] };
		for (const [description, given] of [
			[{ type: 'range', label: '', min: 0, max: 9, step: 1, value: 1 }, 4],
			[{ type: 'number', label: '', min: null, max: null, step: null, value: 1 }, null],
			[select, 2],
			[several, [0, 2]],
			[{ type: 'checkbox', label: '', options, value: [] }, [1]],
			[{ type: 'toggle', label: '', value: false }, true],
			[{ type: 'text', label: '', placeholder: '', value: '' }, 'été'],
			[{ type: 'date', label: '', min: null, max: null, value: null }, '2026-01-02'],
			[
				{ type: 'date-range', label: '', min: null, max: null, value: [null, null] },
				['2026-01-02', null]
			]
		] as const) {
			const setting = settingOf(description, given);
			expect(setting && valueOf(description, setting)).toEqual(given);
		}
	});
	it('stays where it is when its option is gone, or it is another sort of control', () => {
		const radio = { type: 'radio', label: '', options, value: 0 } as const;
		expect(valueOf(radio, { type: 'choices', labels: ['z'] })).toBe(undefined);
		expect(valueOf(radio, { type: 'number', value: 2 })).toBe(undefined);
		const range = { type: 'range', label: '', min: 0, max: 9, step: 1, value: 1 } as const;
		expect(valueOf(range, { type: 'number', value: null })).toBe(undefined);
	});
});
