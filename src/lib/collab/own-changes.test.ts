import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seeded } from '../../../tests/support/seeded.ts';
import { toNotebook } from '../core/notebook/notebook.ts';
import {
	cellOrder,
	cellText,
	deleteCell,
	insertCell,
	moveCell,
	readCell,
	readNotebook,
	setCellMode,
	setTitle,
	writeNotebook
} from './document.ts';
import { OwnChanges } from './own-changes.ts';

/** One person's screen, and another's, which hear each other at once. */
function screens() {
	const mine = new Y.Doc();
	const other = new Y.Doc();
	writeNotebook(
		mine,
		toNotebook({
			title: 'Publics',
			cells: [
				{ id: 'a', source: '1' },
				{ id: 'b', source: '2' },
				{ id: 'c', source: '3' }
			]
		})
	);
	Y.applyUpdate(other, Y.encodeStateAsUpdate(mine));
	mine.on('update', (update: Uint8Array, origin: unknown) => {
		if (origin !== other) Y.applyUpdate(other, update, mine);
	});
	other.on('update', (update: Uint8Array, origin: unknown) => {
		if (origin !== mine) Y.applyUpdate(mine, update, other);
	});
	const own = new OwnChanges(mine);
	const typing = new Map<string, Y.UndoManager>();
	const typist = Symbol('typist');
	return {
		mine,
		other,
		own,
		/** Types in a cell as the editor does: each word apart. */
		type(id: string, text: string, at = 0): void {
			const shared = cellText(mine, id);
			if (!shared) throw new Error(`no cell ${id}`);
			let manager = typing.get(id);
			if (!manager) {
				manager = new Y.UndoManager(shared, {
					trackedOrigins: new Set([typist]),
					captureTimeout: 0
				});
				typing.set(id, manager);
				own.track(manager, [id]);
			}
			mine.transact(() => shared.insert(at, text), typist);
		},
		typing
	};
}
const source = (doc: Y.Doc, id: string): string | undefined => readCell(doc, id)?.source;

describe('what one person changed', () => {
	it('is taken back in the order in which it was done, wherever it was, and done again', () => {
		const { mine, other, own, type } = screens();
		const begin = readNotebook(mine);
		type('a', 'x');
		own.make(mine, ['d'], () =>
			insertCell(mine, 1, { id: 'd', mode: 'js', source: '4', pinned: true })
		);
		type('b', 'y');
		own.make(mine, ['c'], () => moveCell(mine, 'c', 0));
		own.make(mine, [], () => setTitle(mine, 'Autre'));
		own.make(mine, ['a'], () => setCellMode(mine, 'a', 'md'));
		own.make(mine, ['b'], () => deleteCell(mine, 'b'));
		const end = readNotebook(mine);
		expect(end.cells.map(({ id }) => id)).toEqual(['c', 'a', 'd']);

		expect(own.undo()).toEqual({ cell: 'b', cells: ['b'] });
		expect(source(mine, 'b')).toBe('y2');
		expect(own.undo()).toEqual({ cell: 'a', cells: ['a'] });
		expect(readCell(mine, 'a')?.mode).toBe('js');
		expect(own.undo()).toEqual({ cell: null, cells: [] });
		expect(readNotebook(mine).title).toBe('Publics');
		expect(own.undo()?.cell).toBe('c');
		expect(cellOrder(mine)).toEqual(['a', 'd', 'b', 'c']);
		// What was typed in a cell that was deleted since is a text of its own no more: the change before it is next.
		while (own.canUndo) own.undo();
		expect(readNotebook(mine).cells.map(({ id }) => id)).toEqual(begin.cells.map(({ id }) => id));
		expect(source(mine, 'a')).toBe('1');
		while (own.canRedo) own.redo();
		expect(readNotebook(mine)).toEqual(end);
		expect(readNotebook(other)).toEqual(end);
	});

	it('leaves what others wrote in the same cell, and what they moved since', () => {
		const { mine, other, own, type } = screens();
		type('a', 'moi ');
		cellText(other, 'a')?.insert(0, 'elle ');
		own.make(mine, ['b'], () => moveCell(mine, 'b', 0));
		moveCell(other, 'b', 2);
		own.undo();
		// Hers is the last move: it stays, and the typing is what was taken back.
		expect(cellOrder(mine)).toEqual(['a', 'c', 'b']);
		expect(source(mine, 'a')).toBe('elle 1');
		expect(own.undo()).toBeNull();
		expect(own.canUndo).toBe(false);
	});

	it('leaves a cell that it made, or brought back, once another has written in it', () => {
		const { mine, other, own } = screens();
		own.make(mine, ['c'], () => moveCell(mine, 'c', 0));
		own.make(mine, ['d', 'e'], () => {
			insertCell(mine, 0, { id: 'd', mode: 'md', source: 'quatre', pinned: true });
			insertCell(mine, 1, { id: 'e', mode: 'js', source: '5', pinned: true });
		});
		cellText(other, 'd')?.insert(6, ', elle');
		expect(own.undo()).toEqual({ cell: 'd', cells: ['d', 'e'] });
		expect(readCell(other, 'd')).toEqual({
			...{ id: 'd', mode: 'md', source: 'quatre, elle', pinned: true }
		});
		expect(cellOrder(other)).toEqual(['d', 'c', 'a', 'b']);
		expect(own.redo()?.cell).toBe('d');
		expect(source(other, 'e')).toBe('5');
		own.make(mine, ['b'], () => deleteCell(mine, 'b'));
		own.undo();
		cellText(other, 'b')?.insert(0, 'elle ');
		// To do the deletion again would take her words along.
		expect(own.redo()).toBeNull();
		expect(own.canRedo).toBe(false);
		expect(source(other, 'b')).toBe('elle 2');
	});

	it('takes back the latest that is left of it, not an older one of the same kind', () => {
		const { mine, other, own, type } = screens();
		let told = 0;
		own.onChange(() => told++);
		own.make(mine, [], () => setTitle(mine, 'Autre'));
		type('a', 'moi ');
		own.make(mine, ['b'], () => moveCell(mine, 'b', 0));
		moveCell(other, 'b', 2);
		expect(own.undo()).toEqual({ cell: 'a', cells: ['a'] });
		expect(readNotebook(mine).title).toBe('Autre');
		own.undo();
		expect(readNotebook(mine).title).toBe('Publics');
		own.redo();
		own.redo();
		expect([readNotebook(mine).title, source(mine, 'a')]).toEqual(['Autre', 'moi 1']);
		setTitle(other, 'Le sien');
		cellText(other, 'a')?.delete(0, 4);
		told = 0;
		// Nothing is left: whoever shows that there is something to take back hears it.
		expect(own.undo()).toBeNull();
		expect(own.canUndo).toBe(false);
		expect(told).toBeGreaterThan(0);
	});

	it('leaves a place to a cell, and a title, that another changed at the same moment', () => {
		for (const [mineId, otherId] of [
			[1, 2],
			[2, 1]
		] as const) {
			const mine = new Y.Doc();
			const other = new Y.Doc();
			mine.clientID = mineId;
			other.clientID = otherId;
			const written = new Y.Doc();
			writeNotebook(
				written,
				toNotebook({
					title: 'Publics',
					cells: ['a', 'b', 'c'].map((id) => ({ id, source: id }))
				})
			);
			for (const doc of [mine, other]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(written));
			const own = new OwnChanges(mine);
			own.make(mine, [], () => setTitle(mine, 'Le mien'));
			own.make(mine, ['c'], () => moveCell(mine, 'c', 1));
			moveCell(other, 'c', 0);
			setTitle(other, 'Le sien');
			Y.applyUpdate(mine, Y.encodeStateAsUpdate(other));
			Y.applyUpdate(other, Y.encodeStateAsUpdate(mine));
			while (own.canUndo) own.undo();
			const order = cellOrder(mine);
			expect(order).toEqual(mineId < otherId ? ['c', 'a', 'b'] : ['a', 'c', 'b']);
			expect(readNotebook(mine).title).toBe(mineId < otherId ? 'Le sien' : 'Le mien');
			for (const id of order)
				expect((mine.getMap('cells').get(id) as Y.Map<unknown>).get('order')).toBeTypeOf('string');
		}
	});

	it('brings a cell back to its place and with its kind, though another changed both as it went', () => {
		const mine = new Y.Doc();
		const other = new Y.Doc();
		writeNotebook(
			mine,
			toNotebook({
				title: 'Publics',
				cells: [
					{ id: 'a', mode: 'md', source: 'a' },
					{ id: 'b', source: 'b' },
					{ id: 'c', source: 'c' }
				]
			})
		);
		Y.applyUpdate(other, Y.encodeStateAsUpdate(mine));
		const own = new OwnChanges(mine);
		own.make(mine, ['a'], () => deleteCell(mine, 'a'));
		moveCell(other, 'a', 2);
		setCellMode(other, 'a', 'js');
		Y.applyUpdate(mine, Y.encodeStateAsUpdate(other));
		own.undo();
		expect(cellOrder(mine)).toEqual(['a', 'b', 'c']);
		expect(readCell(mine, 'a')).toMatchObject({ mode: 'md', source: 'a' });
		own.redo();
		expect(cellOrder(mine)).toEqual(['b', 'c']);
		own.undo();
		expect(cellOrder(mine)).toEqual(['a', 'b', 'c']);
		expect(own.canUndo).toBe(false);
	});

	it('gives a place to a cell that had none when it was deleted', () => {
		const { mine, own } = screens();
		// Taken away by a program, or by a change that is not wholly here yet.
		(mine.getMap('cells').get('a') as Y.Map<unknown>).delete('order');
		own.make(mine, ['a'], () => deleteCell(mine, 'a'));
		own.undo();
		expect(cellOrder(mine)).toEqual(['b', 'c', 'a']);
		moveCell(mine, 'b', 2);
		expect(cellOrder(mine)).toEqual(['c', 'a', 'b']);
		expect((mine.getMap('cells').get('a') as Y.Map<unknown>).get('order')).toBeTypeOf('string');
	});

	it('brings a deleted cell back with what another had written in it', () => {
		const { mine, other, own } = screens();
		cellText(other, 'b')?.insert(0, 'elle ');
		own.make(mine, ['b'], () => deleteCell(mine, 'b'));
		own.undo();
		expect(source(other, 'b')).toBe('elle 2');
		expect(cellOrder(other)).toEqual(['a', 'b', 'c']);
		cellText(other, 'b')?.insert(0, 'encore ');
		expect(source(mine, 'b')).toBe('encore elle 2');
	});

	it('counts as one what is made of several, in one text or in many', () => {
		const { mine, own, type, typing } = screens();
		own.make(mine, ['d', 'e'], () => {
			insertCell(mine, 3, { id: 'd', mode: 'js', source: '4', pinned: true });
			insertCell(mine, 4, { id: 'e', mode: 'js', source: '5', pinned: true });
		});
		type('a', 'x');
		type('b', 'y');
		const origin = Symbol('together');
		const texts = ['a', 'b'].flatMap((id) => cellText(mine, id) ?? []);
		const all = new Y.UndoManager(texts, { trackedOrigins: new Set([origin]) });
		for (const manager of typing.values()) manager.addTrackedOrigin(origin);
		own.together(all, ['a', 'b'], () =>
			mine.transact(() => texts.forEach((text) => text.insert(0, 'tous ')), origin)
		);
		expect(own.undo()).toEqual({ cell: 'a', cells: ['a', 'b'] });
		expect([source(mine, 'a'), source(mine, 'b')]).toEqual(['x1', 'y2']);
		expect(own.undo()?.cell).toBe('b');
		expect(own.undo()?.cell).toBe('a');
		expect([source(mine, 'a'), source(mine, 'b')]).toEqual(['1', '2']);
		own.undo();
		expect(cellOrder(mine)).toEqual(['a', 'b', 'c']);
	});

	it('knows what was taken back by an editor of its own, and what was not made here', () => {
		const { mine, own, type, typing } = screens();
		type('a', 'x');
		type('b', 'y');
		typing.get('b')?.undo();
		expect(own.undo()?.cell).toBe('a');
		expect([source(mine, 'a'), source(mine, 'b')]).toEqual(['1', '2']);
		let back = 0;
		own.beside(() => back++);
		const go = own.beside(() => back++);
		go();
		expect(own.undo()).toEqual({ cell: null, cells: [] });
		expect(back).toBe(1);
		expect(own.canUndo).toBe(false);
	});

	it('keeps what was not made here, and could not be taken back, where it was', async () => {
		const { mine, own, type } = screens();
		type('a', 'x');
		const answers: PromiseWithResolvers<undefined>[] = [];
		const go = own.beside(() => {
			const answer = Promise.withResolvers<undefined>();
			answers.push(answer);
			return answer.promise;
		});
		own.undo();
		// Written while the answer is waited for.
		type('b', 'y');
		answers[0]?.reject(new Error('refused'));
		await new Promise(setImmediate);
		expect(own.undo()?.cell).toBe('b');
		expect(own.canUndo).toBe(true);
		expect(own.undo()).toEqual({ cell: null, cells: [] });
		expect(answers).toHaveLength(2);
		answers[1]?.resolve(undefined);
		await new Promise(setImmediate);
		expect(own.undo()?.cell).toBe('a');
		expect(source(mine, 'a')).toBe('1');
		expect(own.canUndo).toBe(false);

		// Taken back by other means meanwhile: it does not come again.
		const once = own.beside(() => Promise.reject(new Error('refused')));
		own.undo();
		once();
		await new Promise(setImmediate);
		expect(own.canUndo).toBe(false);
		go();
	});

	it('forgets what was done again once something else is done', () => {
		const { mine, own, type } = screens();
		type('a', 'x');
		own.undo();
		expect(own.canRedo).toBe(true);
		own.make(mine, ['b'], () => deleteCell(mine, 'b'));
		expect(own.canRedo).toBe(false);
		expect(own.redo()).toBeNull();
	});

	it('never takes back a word of another, whatever both do', () => {
		for (let seed = 1; seed <= 60; seed++) {
			const random = seeded(seed);
			const { mine, other, own, type } = screens();
			const pick = <T>(list: readonly T[]): T | undefined =>
				list[Math.floor(random() * list.length)];
			const hers: string[] = [];
			let made = 0;
			for (let step = 0; step < 40; step++) {
				const id = pick(cellOrder(mine));
				const roll = random();
				if (roll < 0.3 && id) type(id, '·');
				else if (roll < 0.4)
					own.make(mine, [], () =>
						insertCell(mine, 0, { id: `n${made++}`, mode: 'js', source: '', pinned: true })
					);
				else if (roll < 0.5 && id) own.make(mine, [id], () => moveCell(mine, id, 0));
				else if (roll < 0.7) {
					const where = pick(['a', 'b', 'c']) ?? 'a';
					const word = `<${seed}-${step}>`;
					const text = cellText(other, where);
					text?.insert(text.length, word);
					if (text) hers.push(word);
				} else if (roll < 0.9) own.undo();
				else own.redo();
			}
			while (own.canUndo) own.undo();
			const all = readNotebook(mine);
			expect(all, `seed ${seed}`).toEqual(readNotebook(other));
			const written = all.cells.map((cell) => cell.source).join('');
			for (const word of hers) expect(written.split(word).length, `seed ${seed}`).toBe(2);
			expect(written.includes('·'), `seed ${seed}`).toBe(false);
			expect(all.cells.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c']);
		}
	});
});
