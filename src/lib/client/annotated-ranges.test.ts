import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { cellText, writeNotebook } from '../collab/document.ts';
import type { Anchor } from '../core/annotation/anchor.ts';
import type { Thread } from '../core/annotation/thread.ts';
import { toNotebook } from '../core/notebook/notebook.ts';
import { rangeFor, rangesOf, refreshed } from './annotated-ranges.ts';

const SOURCE = 'Les ventes montent depuis mars.';

function begun() {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ title: 'T', cells: [{ id: 'a', mode: 'md', source: SOURCE }] }));
	const text = cellText(doc, 'a');
	const range = rangeFor(doc, 'a', 4, 18);
	if (!text || !range) throw new Error('no range');
	return { doc, text, anchor: { kind: 'text', cell: 'a', ...range } as const };
}
const thread = (id: string, anchor: Anchor): Thread => ({
	id,
	anchor,
	excerpt: '',
	excerptChecked: true,
	createdAt: 0,
	resolved: null,
	mayResolve: false,
	comments: []
});

describe('the words that discussions are about', () => {
	it('are placed by discussion, and nothing else is', () => {
		const { doc, text, anchor } = begun();
		text.insert(0, 'Oui. ');
		const ranges = rangesOf(doc, [thread('t', anchor), thread('c', { kind: 'cell', cell: 'a' })]);
		expect([...ranges]).toEqual([['t', { from: 9, to: 23, standing: 'here' }]]);
	});

	it('are sent as they stand by then', () => {
		const { doc, text, anchor } = begun();
		expect(anchor.quote).toBe('ventes montent');
		text.insert(10, ' du midi');
		expect(refreshed(doc, anchor).quote).toBe('ventes du midi montent');
		text.delete(0, text.length);
		expect(refreshed(doc, anchor)).toEqual(anchor);
	});

	it('are looked for nearly as far as it takes no long time for all', () => {
		const { doc, text, anchor } = begun();
		text.delete(0, text.length);
		text.insert(0, `${'. '.repeat(2000)}les Ventes monteront depuis`);
		const many = Array.from({ length: 500 }, (_, i) => thread(`t${String(i)}`, anchor));
		const changed = (threads: Thread[]) =>
			[...rangesOf(doc, threads).values()].filter(({ standing }) => standing === 'changed').length;
		expect(changed(many.slice(0, 100))).toBe(100);
		expect(changed(many)).toBeGreaterThan(100);
		expect(changed(many)).toBeLessThan(200);
	});

	it('are none where nothing stands', () => {
		const { doc } = begun();
		expect(rangeFor(doc, 'a', 4, 4)).toBeNull();
		expect(rangeFor(doc, 'b', 0, 1)).toBeNull();
	});
});
