import * as encoding from 'lib0/encoding';
import { expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { cellText, insertCell, setTitle, writeNotebook } from '../../collab/document.ts';
import { toCell, toNotebook } from '../../core/notebook/notebook.ts';
import { seeded } from '../../../../tests/fuzz/random.ts';
import { inspectUpdate } from './inspect-update.ts';
import { MAX_STEPS } from './placing-steps.ts';

function open(source: string): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 1;
	writeNotebook(doc, toNotebook({ title: 't', cells: [{ id: 'a', source }] }));
	return doc;
}

interface Letter {
	readonly origin: Y.ID | null;
	readonly right: Y.ID | null;
}

/** Letters of one client, each between two others: as a page writes them, or as none would. */
function letters(client: number, clock: number, all: readonly Letter[], within: Y.ID): Uint8Array {
	const e = encoding.createEncoder();
	const id = (one: Y.ID) => {
		encoding.writeVarUint(e, one.client);
		encoding.writeVarUint(e, one.clock);
	};
	for (const n of [1, all.length, client, clock]) encoding.writeVarUint(e, n);
	for (const { origin, right } of all) {
		encoding.writeUint8(e, 4 | (origin ? 128 : 0) | (right ? 64 : 0));
		if (origin) id(origin);
		if (right) id(right);
		if (!origin && !right) {
			encoding.writeVarUint(e, 0);
			id(within);
		}
		encoding.writeVarString(e, 'x');
	}
	encoding.writeVarUint(e, 0);
	return encoding.toUint8Array(e);
}

/** The steps that Yjs takes: it notes twice each item that it walks over. */
function stepsOf(work: () => void): number {
	const noted = vi.spyOn(Set.prototype, 'add');
	try {
		work();
		return noted.mock.calls.filter(([value]) => value instanceof Y.Item).length / 2;
	} finally {
		noted.mockRestore();
	}
}

it('counts the steps that Yjs takes, whatever stands beside what', () => {
	let most = 0;
	for (let seed = 0; seed < 150; seed++) {
		const below = seeded(seed);
		const doc = open('début');
		const text = cellText(doc, 'a');
		const within = text?._item?.id;
		const start = text?._start?.id;
		if (!within || !start) throw new Error('no text');
		const known: (Y.ID | null)[] = [null];
		for (let i = 0; i < 5; i++) known.push(Y.createID(start.client, start.clock + i));
		for (let writer = 0; writer < 6; writer++) {
			const client = 2 + below(1000);
			const clock = Y.getState(doc.store, client);
			const own: (Y.ID | null)[] = [...known];
			const all = Array.from({ length: 1 + below(25) }, (_, i): Letter => {
				const origin = own[below(3) ? below(own.length) : own.length - 1] ?? null;
				const right = own[below(2) ? below(own.length) : own.length - 1] ?? null;
				own.push(Y.createID(client, clock + i));
				return { origin, right };
			});
			const update = letters(client, clock, all, within);
			const { steps } = inspectUpdate(update, doc);
			expect(
				stepsOf(() => Y.applyUpdate(doc, update)),
				`seed ${seed}`
			).toBe(steps);
			known.splice(0, known.length, ...own);
			most = Math.max(most, steps);
		}
	}
	expect(most).toBeGreaterThan(100);
});

it('counts none for people who write, one after the other, all over a long text', () => {
	const doc = open('x'.repeat(50_000));
	const page = new Y.Doc();
	Y.applyUpdate(page, Y.encodeStateAsUpdate(doc));
	const before = Y.encodeStateVector(page);
	const below = seeded(7);
	const text = cellText(page, 'a');
	for (let i = 0; i < 3_000; i++) {
		if (i % 3) text?.insert(below(text.length), 'mot');
		else text?.insert(0, 'a');
		if (i % 5 === 0) text?.delete(below(text.length - 4), 4);
		if (i % 7 === 0) setTitle(page, `Titre ${i}`);
		if (i % 300 === 0) insertCell(page, 0, toCell({ id: `c${i}`, source: 'x' }));
	}
	expect(inspectUpdate(Y.encodeStateAsUpdate(page, before), doc).steps).toBe(0);
});

it('refuses letters that would have Yjs walk for minutes, and a title set as if nothing were before it', () => {
	const doc = open('y'.repeat(3_000));
	const start = cellText(doc, 'a')?._start?.id;
	if (!start) throw new Error('no text');
	const bomb = (count: number) =>
		letters(
			77,
			0,
			Array.from({ length: count }, (_, i) => ({
				origin: null,
				right: Y.createID(start.client, start.clock + i)
			})),
			start
		);
	expect(inspectUpdate(bomb(100), doc).steps).toBeGreaterThan(4_000);
	expect(() => inspectUpdate(bomb(2_000), doc)).toThrow(
		expect.objectContaining({ reason: 'too-large' }) as Error
	);

	const titles = (count: number) => {
		const e = encoding.createEncoder();
		for (const n of [1, count, 78, 0]) encoding.writeVarUint(e, n);
		for (let i = 0; i < count; i++) {
			encoding.writeUint8(e, 8 | 32);
			encoding.writeVarUint(e, 1);
			encoding.writeVarString(e, 'meta');
			encoding.writeVarString(e, 'title');
			encoding.writeVarUint(e, 1);
			encoding.writeUint8(e, 119);
			encoding.writeVarString(e, 'z');
		}
		encoding.writeVarUint(e, 0);
		return encoding.toUint8Array(e);
	};
	expect(inspectUpdate(titles(10), doc).steps).toBeLessThan(MAX_STEPS);
	expect(() => inspectUpdate(titles(5_000), doc)).toThrow(
		expect.objectContaining({ reason: 'too-large' }) as Error
	);
});

it('refuses more deletions than Yjs takes apart in a moment, and takes as many that are known', () => {
	const doc = open('y'.repeat(60_000));
	const start = cellText(doc, 'a')?._start?.id;
	if (!start) throw new Error('no text');
	const holes = (count: number) => {
		const e = encoding.createEncoder();
		for (const n of [0, 1, start.client, count]) encoding.writeVarUint(e, n);
		for (let i = 0; i < count; i++)
			for (const n of [start.clock + 2 * i, 1]) encoding.writeVarUint(e, n);
		return encoding.toUint8Array(e);
	};
	expect(() => inspectUpdate(holes(25_000), doc)).toThrow(
		expect.objectContaining({ reason: 'too-large' }) as Error
	);
	Y.applyUpdate(doc, holes(25_000));
	expect(inspectUpdate(holes(25_000), doc).known).toBe(true);
});
