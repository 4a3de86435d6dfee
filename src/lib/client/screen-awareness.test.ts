import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { awarenessFrame, readEntries, writeFrame } from '../collab/awareness-frame.ts';
import { NotebookPresence } from './presence.svelte.ts';
import { ScreenAwareness } from './screen-awareness.ts';

const NOTEBOOK = '0'.repeat(26);
let sent: unknown[];
let screen: ScreenAwareness;

beforeEach(() => {
	vi.useFakeTimers();
	sent = [];
	screen = new ScreenAwareness({
		notebookId: NOTEBOOK,
		own: 1,
		send: (frame) => {
			for (const { state } of readEntries(awarenessFrame(frame).decoder))
				sent.push(JSON.parse(new TextDecoder().decode(state)));
		}
	});
});
afterEach(() => vi.useRealTimers());

const at = (cell: string | null) => ({ cell, selection: null });
const told = (...entries: [client: number, state: unknown][]) =>
	screen.received(
		writeFrame(
			NOTEBOOK,
			entries.map(([client, state]) => ({
				...{ client, clock: 1 },
				state: new TextEncoder().encode(JSON.stringify(state))
			}))
		)
	);

it('tells where it is once it is let in, at its pace, and the latest only', () => {
	screen.place(at('a'));
	expect(sent).toEqual([]);
	screen.linked();
	expect(sent).toEqual([at('a')]);
	for (const cell of ['b', 'c', 'd']) screen.place(at(cell));
	expect(sent).toHaveLength(1);
	vi.advanceTimersByTime(100);
	expect(sent).toEqual([at('a'), at('d')]);
	screen.place(at('d'));
	vi.advanceTimersByTime(1000);
	screen.place(at('d'));
	expect(sent).toHaveLength(2);
	// There and back within the pace: nothing to tell.
	screen.place(at('e'));
	screen.place(at('f'));
	screen.place(at('e'));
	vi.advanceTimersByTime(100);
	expect(sent).toHaveLength(3);
});

it('tells it again after a cut, which empties what it knows, and not while the page is away', () => {
	screen.place(at('a'));
	screen.linked();
	told([2, { name: 'Omar', colour: 3, ...at('b') }]);
	expect([...screen.screens.keys()]).toEqual([2]);
	let changes = 0;
	screen.onChange(() => changes++);
	screen.cut();
	expect(screen.screens.size).toBe(0);
	expect(changes).toBe(1);
	screen.place(at('c'));
	vi.advanceTimersByTime(1000);
	expect(sent).toEqual([at('a')]);
	screen.linked();
	expect(sent).toEqual([at('a'), at('c')]);
	screen.away(true);
	screen.place(at('d'));
	vi.advanceTimersByTime(1000);
	expect(sent).toEqual([at('a'), at('c'), null]);
	screen.away(false);
	vi.advanceTimersByTime(100);
	expect(sent.at(-1)).toEqual(at('d'));
});

it('takes what is no presence for a screen that is gone, and what is no frame for nothing', () => {
	told([2, { name: 'Omar', colour: 3, ...at('b') }]);
	for (const wrong of [null, 5, { name: 'Omar', colour: 99 }, { name: 7, colour: 1 }, []]) {
		told([2, { name: 'Omar', colour: 3, ...at('b') }]);
		told([2, wrong]);
		expect(screen.screens.size).toBe(0);
	}
	told([2, { name: 'Omar', colour: 3, ...at('b') }]);
	screen.received(Uint8Array.of(9));
	screen.received(Uint8Array.of(26, 1, 1, 1));
	expect(screen.screens.size).toBe(1);
});

it('makes one person of the screens of one, where they last moved, and none of this person’s', () => {
	const presence = new NotebookPresence();
	const stop = presence.attach({ awareness: screen, status: 'online' });
	presence.at('a');
	screen.linked();
	expect(sent).toEqual([at('a')]);
	told([2, { name: 'Omar', colour: 3, ...at('b') }]);
	// Nobody is known before the server has told of this screen too.
	expect(presence.others).toEqual([]);
	told([1, { name: 'Line', colour: 0, ...at('a') }], [3, { name: 'Omar', colour: 3, ...at('c') }]);
	told([4, { name: 'Omar', colour: 5, ...at('b') }], [5, { name: 'Line', colour: 0, ...at('b') }]);
	expect(presence.self).toMatchObject({ name: 'Line', screens: 2 });
	expect(presence.others.map(({ name, cell, screens }) => [name, cell, screens])).toEqual([
		['Omar', 'c', 2],
		['Omar', 'b', 1]
	]);
	// In its text, on it, and on it again from another screen: the last counts.
	const selection = { anchor: 'AA', head: 'AA' };
	const writes = () => presence.others.map((person) => person.writes);
	expect(writes()).toEqual([false, false]);
	told([3, { name: 'Omar', colour: 3, cell: 'c', selection }]);
	expect(writes()).toEqual([true, false]);
	told([2, { name: 'Omar', colour: 3, ...at('c') }]);
	expect(writes()).toEqual([false, false]);
	const there = presence.on('b');
	told([2, { name: 'Omar', colour: 3, ...at('d') }]);
	expect(presence.others[0]?.cell).toBe('d');
	// What did not change is the same object: it is not drawn again.
	expect(presence.on('b')).toBe(there);
	expect(presence.personOf(4)?.colour).toBe(5);
	expect(presence.personOf(5)).toBeNull();
	stop();
	expect(presence.others).toEqual([]);
});
