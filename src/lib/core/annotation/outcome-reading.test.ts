import { describe, expect, it } from 'vitest';
import type { InspectNode, Output, Picture } from '../protocol/messages.ts';
import { ANCHOR_LIMITS } from './anchor.ts';
import { outcomeReading } from './outcome-reading.ts';

const node = (text: string, change: Partial<InspectNode> = {}): InspectNode => ({
	...{ type: 'number', text, number: null, size: null, handle: null, entries: [] },
	...change
});
const value = (text: string): Output => ({ kind: 'value', value: node(text), lineage: null });
const chart = (rows: Picture['data'][number]['rows']): Output => ({
	kind: 'picture',
	lineage: null,
	picture: {
		...{ tree: ['svg', {}], title: 'Ventes', subtitle: '', caption: '' },
		...{ description: 'Barres', marks: rows.length, tips: null },
		data: [{ mark: 'bar', columns: ['région', 'ventes'], rows, total: rows.length }]
	}
});
const lineage = { sources: [], steps: [] };

describe('how a result reads', () => {
	it('is what a value says, with what it opens on', () => {
		expect(outcomeReading([value('12')])).toBe('12');
		const opened = node('Object', { size: 1, entries: [{ key: 'a', value: node('1') }] });
		expect(outcomeReading([{ kind: 'value', value: opened, lineage: null }])).toBe(
			'Object (1), a: 1'
		);
	});

	it('changes with what a chart is made of, and not with the words that describe it', () => {
		const before = outcomeReading([chart([['Montréal', 1234]])]);
		expect(before).toBe('Ventes; bar 1; région, ventes; Montréal 1234');
		expect(outcomeReading([chart([['Montréal', 1235]])])).not.toBe(before);
		expect(outcomeReading([chart([['Montréal', 1234.0000000000002]])])).toBe(before);
	});

	it('is the shape of a table, and the words of a text; a control is no result', () => {
		const table: Output = {
			...{ kind: 'table', table: 't1', named: null, rows: 3, lineage },
			columns: [{ name: 'a', type: 'text' }]
		};
		expect(outcomeReading([table, { kind: 'text', markdown: '# b\n\nc' }])).toBe(
			'3 × 1: a · # b c'
		);
		const toggle: Output = {
			...{ kind: 'control', control: 'a.0' },
			description: { type: 'toggle', label: '', value: true }
		};
		expect(outcomeReading([toggle])).toBe('');
	});

	it('is no longer than is kept', () => {
		expect(outcomeReading([value('x'.repeat(5_000))])).toHaveLength(ANCHOR_LIMITS.reading);
	});
});
