import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { cellText, deleteCell, insertCell, writeNotebook } from '../collab/document.ts';
import { toCell, toNotebook, type CellSpec } from '../core/notebook/notebook.ts';
import {
	changes,
	type CellSource,
	type HostMessage,
	type RunState,
	type WorkerMessage
} from '../core/protocol/messages.ts';
import { startSession, type Session } from '../sandbox/worker/session.ts';
import { Workspace, type CellHost, type HostReports } from './workspace.svelte.ts';

/** The worker's end of the protocol, played by the test: what it was told, and what it says. */
function atTheWorker() {
	const told: (readonly [string, ...unknown[]])[] = [];
	let lists: (readonly CellSource[])[] = [];
	let say: (message: WorkerMessage) => void = () => {};
	let reports: HostReports | null = null;
	const unused = () => Promise.reject(new Error('not asked for in these tests'));
	const host: CellHost = {
		start: () => void told.push(['start']),
		setCells: (cells) => {
			lists = [...lists, cells];
		},
		run: (cells) => void told.push(['run', ...cells]),
		stop: (cell) => void told.push(['stop', cell]),
		input: (control, value) => void told.push(['input', control, value]),
		window: unused,
		summary: unused,
		look: () => {
			throw new Error('not asked for in these tests');
		},
		preview: () => {
			throw new Error('not asked for in these tests');
		},
		match: unused,
		generation: 1,
		lineage: unused,
		expand: unused,
		setLocale: () => {},
		destroy: () => void told.push(['destroy'])
	};
	return {
		told,
		lists: () => lists,
		last: () => lists.at(-1) ?? [],
		say: (message: WorkerMessage) => say(message),
		replace: (code: string | null) => reports?.replaced(code),
		fail: (code: string) => reports?.failed(code),
		rest: () => say({ type: 'rest', heard: 1 }),
		state: (id: string, state: RunState, run = 1) =>
			say({
				type: 'states',
				states: [{ id, run, state, ms: state === 'done' ? 4 : null, error: null, blockedBy: null }]
			}),
		make: (on: HostReports) => {
			say = on.message;
			reports = on;
			return host;
		}
	};
}

async function open(cells: readonly CellSpec[]) {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ title: 'Publics', cells }));
	const worker = atTheWorker();
	const typing: (() => void)[] = [];
	let seed = 0;
	const workspace = new Workspace({
		connection: { doc, opened: Promise.resolve() },
		host: worker.make,
		later: (work) => {
			typing.push(work);
			return () => {
				const at = typing.indexOf(work);
				if (at >= 0) typing.splice(at, 1);
			};
		},
		random: (bytes) => bytes.fill(++seed)
	});
	await Promise.resolve();
	await Promise.resolve();
	return {
		doc,
		worker,
		workspace,
		pauseTyping: async () => {
			for (const work of typing.splice(0)) work();
			await Promise.resolve();
		},
		type: (id: string, text: string) => cellText(doc, id)?.insert(0, text),
		ids: () => workspace.cells.map((cell) => cell.id)
	};
}

const THREE: readonly CellSpec[] = [
	{ id: 'a', source: 'const x = 1' },
	{ id: 'b', source: 'x + 1' },
	{ id: 'c', mode: 'md', source: '# Titre' }
];

/** An async iteration that tells whether a promise has settled, without waiting for it. */
async function hasSettled(promise: Promise<void>): Promise<boolean> {
	let settled = false;
	void promise.then(() => (settled = true));
	for (let i = 0; i < 5; i++) await Promise.resolve();
	return settled;
}

describe('opening', () => {
	test('gives the worker every cell, in page order, and shows them waiting', async () => {
		const { worker, workspace, ids } = await open(THREE);
		expect(worker.told).toEqual([['start']]);
		expect(worker.lists()).toHaveLength(1);
		expect(worker.last().map((cell) => cell.source)).toEqual(['const x = 1', 'x + 1', '# Titre']);
		expect(ids()).toEqual(['a', 'b', 'c']);
		expect(workspace.title).toBe('Publics');
		expect(workspace.cells.map((cell) => cell.shown)).toEqual(['queued', 'queued', 'queued']);
	});

	test('takes states, outputs and facts as the worker gives them', async () => {
		const { worker, workspace } = await open(THREE);
		worker.say({
			type: 'graph',
			cells: [{ id: 'a', kind: 'code', defines: ['x'], uses: [], from: [], columns: {} }]
		});
		worker.say({ type: 'running', cell: 'a', run: 1 });
		expect(workspace.cell('a')?.shown).toBe('running');
		worker.say({
			type: 'outputs',
			cell: 'a',
			run: 1,
			outputs: [{ kind: 'text', markdown: 'un' }]
		});
		worker.state('a', 'done');
		expect(workspace.cell('a')?.shown).toBe('done');
		expect(workspace.cell('a')?.facts?.defines).toEqual(['x']);
		expect(workspace.cell('a')?.outputs).toEqual([{ kind: 'text', markdown: 'un' }]);
	});

	test('outputs of an older run never replace newer ones', async () => {
		const { worker, workspace } = await open(THREE);
		worker.say({
			type: 'outputs',
			cell: 'a',
			run: 5,
			outputs: [{ kind: 'text', markdown: 'new' }]
		});
		worker.say({
			type: 'outputs',
			cell: 'a',
			run: 4,
			outputs: [{ kind: 'text', markdown: 'old' }]
		});
		expect(workspace.cell('a')?.outputs).toEqual([{ kind: 'text', markdown: 'new' }]);
		worker.say({ type: 'ready' });
		worker.say({
			type: 'outputs',
			cell: 'a',
			run: 1,
			outputs: [{ kind: 'text', markdown: 'again' }]
		});
		expect(workspace.cell('a')?.outputs).toEqual([{ kind: 'text', markdown: 'again' }]);
	});

	test('an error takes away what an older text gave', async () => {
		const { worker, workspace } = await open(THREE);
		worker.say({ type: 'outputs', cell: 'a', run: 1, outputs: [{ kind: 'text', markdown: 'un' }] });
		worker.state('a', 'error');
		expect(workspace.cell('a')?.outputs).toEqual([]);
	});
});

describe('typing and running', () => {
	test('typed code waits, stale, until it is run', async () => {
		const { worker, workspace, type } = await open(THREE);
		worker.state('a', 'done');
		type('a', '// ');
		await Promise.resolve();
		expect(workspace.cell('a')?.shown).toBe('stale');
		expect(worker.lists()).toHaveLength(1);
		workspace.run('a');
		expect(worker.last()[0]?.source).toBe('// const x = 1');
		expect(workspace.cell('a')?.shown).toBe('queued');
	});

	test('typing back to what ran is not stale', async () => {
		const { doc, worker, workspace, type } = await open(THREE);
		worker.state('a', 'done');
		type('a', '!');
		expect(workspace.cell('a')?.stale).toBe(true);
		cellText(doc, 'a')?.delete(0, 1);
		expect(workspace.cell('a')?.shown).toBe('done');
	});

	test('other cells still go with the text they last ran with', async () => {
		const { worker, workspace, type } = await open(THREE);
		type('a', '// half ');
		workspace.insert(3, 'js', '42');
		await Promise.resolve();
		expect(worker.last().map((cell) => cell.source)).toEqual([
			'const x = 1',
			'x + 1',
			'# Titre',
			'42'
		]);
	});

	test('a text shows as it is typed, after a pause', async () => {
		const { worker, workspace, type, pauseTyping } = await open(THREE);
		type('c', 'A');
		type('c', 'B');
		expect(worker.lists()).toHaveLength(1);
		await pauseTyping();
		expect(worker.lists()).toHaveLength(2);
		expect(worker.last()[2]?.source).toBe('BA# Titre');
		expect(workspace.cell('c')?.stale).toBe(false);
	});

	test('running an unchanged cell asks for it by name', async () => {
		const { worker, workspace } = await open(THREE);
		worker.state('a', 'done');
		workspace.run('a');
		expect(worker.told).toContainEqual(['run', 'a']);
		expect(worker.lists()).toHaveLength(1);
	});

	test('running all asks once for what did not change, and for what was stopped', async () => {
		const { worker, workspace, type } = await open(THREE);
		for (const id of ['a', 'c']) worker.state(id, 'done');
		worker.state('b', 'stopped');
		type('a', '// ');
		type('b', '// ');
		workspace.runAll();
		expect(worker.told.filter(([what]) => what === 'run')).toEqual([['run', 'b', 'c']]);
	});

	test('a stopped cell that was changed is released by running it', async () => {
		const { worker, workspace, type } = await open(THREE);
		worker.state('a', 'stopped');
		type('a', '// ');
		workspace.run('a');
		expect(worker.lists()).toHaveLength(2);
		expect(worker.told).toContainEqual(['run', 'a']);
	});

	test('changing a cell from code to text shows it at once', async () => {
		const { worker, workspace } = await open(THREE);
		workspace.setMode('b', 'md');
		await Promise.resolve();
		expect(worker.last()[1]).toEqual({ id: 'b', mode: 'md', source: 'x + 1' });
		expect(workspace.cell('b')?.kind).toBe('text');
	});
});

describe('editing', () => {
	test('inserts where asked, and runs it', async () => {
		const { worker, workspace, ids } = await open(THREE);
		const id = workspace.insert(1, 'js', '7');
		await Promise.resolve();
		expect(ids()).toEqual(['a', id, 'b', 'c']);
		expect(worker.last().map((cell) => cell.id)).toEqual(['a', id, 'b', 'c']);
	});

	test('a deleted cell comes back with its text, id and place', async () => {
		const { worker, workspace, ids } = await open(THREE);
		workspace.setPinned('b', false);
		const gone = workspace.delete('b');
		expect(ids()).toEqual(['a', 'c']);
		await Promise.resolve();
		expect(worker.last().map((cell) => cell.id)).toEqual(['a', 'c']);
		if (!gone) throw new Error('the cell was there');
		workspace.restore(gone);
		expect(ids()).toEqual(['a', 'b', 'c']);
		expect(workspace.cell('b')?.source).toBe('x + 1');
		expect(workspace.cell('b')?.pinned).toBe(false);
	});

	test('it comes back after its neighbour, though cells came before it meanwhile', async () => {
		const { workspace, ids } = await open(THREE);
		const gone = workspace.delete('b');
		const id = workspace.insert(0, 'js', '0');
		if (gone) workspace.restore(gone);
		expect(ids()).toEqual([id, 'a', 'b', 'c']);
	});

	test('restoring twice brings one cell', async () => {
		const { workspace, ids } = await open(THREE);
		const gone = workspace.delete('a');
		if (gone) workspace.restore(gone);
		if (gone) workspace.restore(gone);
		expect(ids()).toEqual(['a', 'b', 'c']);
	});

	test('moves within the page only', async () => {
		const { workspace, ids } = await open(THREE);
		expect(workspace.move('a', 1)).toBe(true);
		expect(ids()).toEqual(['b', 'a', 'c']);
		expect(workspace.move('b', -1)).toBe(false);
		expect(workspace.move('c', 1)).toBe(false);
		expect(ids()).toEqual(['b', 'a', 'c']);
	});

	test('a copy stands below, with an id of its own', async () => {
		const { workspace, ids } = await open(THREE);
		const copy = workspace.duplicate('a');
		expect(ids()).toEqual(['a', copy, 'b', 'c']);
		expect(copy).not.toBe('a');
		expect(workspace.cell(copy ?? '')?.source).toBe('const x = 1');
	});

	test('undo in a cell takes back a mend, and nothing in another cell', async () => {
		const { workspace } = await open(THREE);
		workspace.edit('a', 6, 1, 'total');
		workspace.edit('b', 0, 1, 'total');
		expect(workspace.cell('a')?.source).toBe('const total = 1');
		workspace.cell('a')?.undo.undo();
		expect(workspace.cell('a')?.source).toBe('const x = 1');
		expect(workspace.cell('b')?.source).toBe('total + 1');
	});

	test('cells go to another version of a file in one step, run, and come back in one step', async () => {
		const { doc, worker, workspace, type } = await open([
			{ id: 'a', source: 'const t = FileAttachment("b@3.arrow").arquero()' },
			{ id: 'b', source: 't.count()' },
			{ id: 'c', mode: 'md', source: 'De b@3.arrow, et non ab@3.arrow.' }
		]);
		const sources = () => workspace.cells.map(({ source }) => source);
		const before = sources();
		let changes = 0;
		doc.on('afterTransaction', ({ changed }: Y.Transaction) => (changes += changed.size ? 1 : 0));
		const takeBack = workspace.repin('b@3.arrow', 'b@4.arrow');
		expect(changes).toBe(1);
		const after = [
			'const t = FileAttachment("b@4.arrow").arquero()',
			't.count()',
			'De b@4.arrow, et non ab@3.arrow.'
		];
		expect(sources()).toEqual(after);
		expect(worker.last().map(({ source }) => source)).toEqual(after);
		expect(workspace.repin('b@3.arrow', 'b@4.arrow')).toBeNull();
		// What is typed since is no part of it.
		type('b', '// ');
		takeBack?.();
		expect(changes).toBe(3);
		expect(sources()).toEqual([before[0], '// t.count()', before[2]]);
		expect(worker.last()[0]?.source).toBe(before[0]);
		takeBack?.();
		expect(changes).toBe(3);
	});

	test('undo in a cell takes back its part of another version, once', async () => {
		const { workspace } = await open([
			{ id: 'a', source: '"b@3.arrow"' },
			{ id: 'b', source: '"b@3.arrow" + 1' }
		]);
		workspace.edit('a', 0, 0, '// ');
		const takeBack = workspace.repin('b@3.arrow', 'b@12.arrow');
		workspace.cell('a')?.undo.undo();
		expect(workspace.cell('a')?.source).toBe('// "b@3.arrow"');
		expect(workspace.cell('b')?.source).toBe('"b@12.arrow" + 1');
		takeBack?.();
		expect(workspace.cell('a')?.source).toBe('// "b@3.arrow"');
		expect(workspace.cell('b')?.source).toBe('"b@3.arrow" + 1');
	});

	test('several cells are written in one change, and taken back in one', async () => {
		const { workspace, worker } = await open([
			{ id: 'a', source: 'const seuil = 3' },
			{ id: 'b', source: 'seuil + seuil' },
			{ id: 'c', source: '1' }
		]);
		const sources = () => workspace.cells.map(({ source }) => source);
		let changes = 0;
		workspace.doc.on('update', () => changes++);
		const edits = new Map([
			['a', [{ at: 6, length: 5, insert: 'minimum' }]],
			[
				'b',
				[
					{ at: 0, length: 5, insert: 'minimum' },
					{ at: 8, length: 5, insert: 'minimum' }
				]
			],
			['c', []],
			['gone', [{ at: 0, length: 0, insert: 'x' }]]
		]);
		const takeBack = workspace.rewriteAll(edits);
		expect(changes).toBe(1);
		expect(sources()).toEqual(['const minimum = 3', 'minimum + minimum', '1']);
		expect(worker.last().map(({ source }) => source)).toEqual(sources());
		takeBack?.();
		expect(changes).toBe(2);
		expect(sources()).toEqual(['const seuil = 3', 'seuil + seuil', '1']);
		expect(workspace.rewriteAll(new Map([['a', []]]))).toBeNull();
	});

	test('a name that takes the place of another is noted, and comes back to none', async () => {
		const { workspace } = await open([{ id: 'a', source: 'const a = 1' }]);
		const cell = workspace.cell('a');
		const says = (...defines: string[]) => {
			cell?.takeFacts({ ...{ id: 'a', kind: 'code', uses: [], from: [], columns: {} }, defines });
			return cell?.renamed ?? null;
		};
		expect(says('seuil')).toBeNull();
		// While it is written, it defines nothing.
		expect(says()).toBeNull();
		expect(says('minim')).toEqual({ from: 'seuil', to: 'minim' });
		expect(says('minimum')).toEqual({ from: 'seuil', to: 'minimum' });
		expect(says('minimum', 'autre')).toEqual({ from: 'seuil', to: 'minimum' });
		expect(says('seuil', 'autre')).toBeNull();
		expect(says('un', 'deux')).toBeNull();
	});

	test('what another person does arrives: cells, text and title', async () => {
		const { doc, workspace, ids } = await open(THREE);
		const other = new Y.Doc();
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		deleteCell(other, 'a');
		insertCell(other, 2, toCell({ id: 'd', source: '9' }));
		cellText(other, 'b')?.insert(0, '// ');
		other.getMap('meta').set('title', 'Nouveaux publics');
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		expect(ids()).toEqual(['b', 'c', 'd']);
		expect(workspace.cell('b')?.source).toBe('// x + 1');
		expect(workspace.title).toBe('Nouveaux publics');
	});
});

/**
 * The worker's own session, in the order in which it really speaks: each message and each turn of its event loop is
 * taken when the test says so.
 */
function realWorker() {
	let reports: HostReports | null = null;
	let toWorker: HostMessage[] = [];
	let fromWorker: WorkerMessage[] = [];
	let turns: (() => void)[] = [];
	let session: Session;
	let sent = 0;
	let runs = 0;
	let cells: readonly CellSource[] = [];
	const boot = (): void => {
		toWorker = [];
		fromWorker = [];
		turns = [];
		sent = 0;
		session = startSession(
			{
				send: (message) => void fromWorker.push(structuredClone(message)),
				now: () => 0,
				soon: (task) => void turns.push(task),
				frame: () => {}
			},
			{ make: () => ({}), picture: () => null }
		);
		reports?.message({ type: 'ready' });
		post({ type: 'cells', cells, held: [] });
	};
	const post = (message: HostMessage): void => {
		if (changes(message)) sent++;
		toWorker.push(message);
	};
	const unused = () => Promise.reject(new Error('not asked for in these tests'));
	const host: CellHost = {
		start: boot,
		setCells: (list) => {
			cells = list;
			post({ type: 'cells', cells, held: [] });
		},
		run: (cells) => post({ type: 'run', cells }),
		stop: () => {},
		input: (control, value) => post({ type: 'input', control, value }),
		window: unused,
		summary: unused,
		match: unused,
		look: () => {
			throw new Error('not asked for in these tests');
		},
		preview: () => {
			throw new Error('not asked for in these tests');
		},
		generation: 1,
		lineage: unused,
		expand: unused,
		setLocale: () => {},
		destroy: () => {}
	};
	/** One thing happens, on the page's side first; answers what the page was told, if anything. */
	const step = (): WorkerMessage['type'] | 'turn' | null => {
		const said = fromWorker.shift();
		if (said) {
			if (said.type === 'running') runs++;
			if (said.type !== 'rest' || said.heard === sent) reports?.message(said);
			return said.type;
		}
		const message = toWorker.shift();
		if (message) session.receive(message);
		else {
			const turn = turns.shift();
			if (!turn) return null;
			turn();
		}
		return 'turn';
	};
	return {
		replace: () => {
			reports?.replaced(null);
			boot();
		},
		make: (on: HostReports) => {
			reports = on;
			return host;
		},
		/** How many times cells were run. */
		runs: () => runs,
		/** Goes on until nothing is left to happen; answers the message after which the promise had settled. */
		async until(settled: Promise<void>): Promise<string | null> {
			let after: string | null = null;
			let last: string = 'before';
			let over = false;
			void settled.then(() => (over = true));
			// A promise that a cell waits for takes turns of this loop, not of the worker's.
			for (let idle = 0; idle < 20;) {
				for (let i = 0; i < 5; i++) await Promise.resolve();
				if (over) after ??= last;
				const what = step();
				if (what === null) idle++;
				else if (what !== 'turn') last = what;
			}
			return after;
		}
	};
}

async function openReal(cells: readonly CellSpec[]) {
	const doc = new Y.Doc();
	writeNotebook(doc, toNotebook({ title: 'Publics', cells }));
	const worker = realWorker();
	const workspace = new Workspace({
		connection: { doc, opened: Promise.resolve() },
		host: worker.make,
		later: () => () => {},
		random: (bytes) => bytes.fill(7)
	});
	const shown = (id: string): unknown => {
		const output = workspace.cell(id)?.outputs[0];
		return output?.kind === 'value' ? output.value.text : undefined;
	};
	const states = (): unknown[] => workspace.cells.map((cell) => cell.state?.state);
	await Promise.resolve();
	await Promise.resolve();
	return { worker, workspace, shown, states };
}

const CHAIN: readonly CellSpec[] = [
	{ id: 'a', source: 'const x = 1' },
	{ id: 'b', source: 'const y = await Promise.resolve(x + 1); display(y)' },
	{ id: 'c', source: 'y + 1' }
];

describe('settled, with the worker’s own session', () => {
	test('waits until the worker has run all and said it', async () => {
		const { worker, workspace, shown, states } = await openReal(CHAIN);
		expect(await worker.until(workspace.settled())).toBe('rest');
		expect(states()).toEqual(['done', 'done', 'done']);
		expect(shown('c')).toBe('3');
		expect(workspace.idle).toBe(true);
	});

	test('a new worker has all to do again', async () => {
		const { worker, workspace, states } = await openReal(CHAIN);
		await worker.until(workspace.settled());
		worker.replace();
		expect(await worker.until(workspace.settled())).toBe('rest');
		expect(states()).toEqual(['done', 'done', 'done']);
	});

	test('running all again, with the same text, waits for the new runs', async () => {
		const { worker, workspace } = await openReal(CHAIN);
		await worker.until(workspace.settled());
		const before = workspace.cells.map((cell) => cell.state?.run ?? 0);
		workspace.runAll();
		expect(await worker.until(workspace.settled())).toBe('rest');
		const after = workspace.cells.map((cell) => cell.state?.run ?? 0);
		expect(after.every((run, index) => run > (before[index] ?? 0))).toBe(true);
	});

	test('running all again runs each cell once', async () => {
		const { worker, workspace } = await openReal(CHAIN);
		await worker.until(workspace.settled());
		const before = worker.runs();
		workspace.runAll();
		await worker.until(workspace.settled());
		expect(worker.runs() - before).toBe(CHAIN.length);
	});

	test('running one cell again waits for what depends on it', async () => {
		const { worker, workspace } = await openReal(CHAIN);
		await worker.until(workspace.settled());
		const before = workspace.cell('c')?.state?.run ?? 0;
		workspace.run('a');
		expect(await worker.until(workspace.settled())).toBe('rest');
		expect(workspace.cell('c')?.state?.run).toBeGreaterThan(before);
	});

	test('a deleted cell is missed by those that used it, before all is at rest', async () => {
		const { worker, workspace, states } = await openReal(CHAIN);
		await worker.until(workspace.settled());
		workspace.delete('a');
		expect(await worker.until(workspace.settled())).toBe('rest');
		expect(states()).toEqual(['error', 'blocked']);
	});

	test('a control that is moved is waited for', async () => {
		const { worker, workspace, shown } = await openReal([
			{ id: 'a', source: 'const x = view(Inputs.range([0, 10], {value: 1}));' },
			{ id: 'b', source: 'const y = await Promise.resolve(x); display(y)' }
		]);
		await worker.until(workspace.settled());
		expect(shown('b')).toBe('1');
		workspace.input('a.0', 8);
		expect(await worker.until(workspace.settled())).toBe('rest');
		expect(shown('b')).toBe('8');
	});

	test('what is sent while the worker comes to rest is waited for too', async () => {
		const { worker, workspace, shown } = await openReal(CHAIN);
		const first = worker.until(workspace.settled());
		workspace.setMode('a', 'md');
		workspace.insert(1, 'js', 'const x = 40');
		const settled = workspace.settled();
		await first;
		await worker.until(settled);
		expect(shown('c')).toBe('42');
	});

	test('failed and blocked cells are at rest', async () => {
		const { worker, workspace, states } = await openReal([
			{ id: 'a', source: 'const x = null.y' },
			{ id: 'b', source: 'x' }
		]);
		expect(await worker.until(workspace.settled())).toBe('rest');
		expect(states()).toEqual(['error', 'blocked']);
	});
});

describe('settled, whatever becomes of the worker', () => {
	test('an edit that has yet to be sent keeps it waiting', async () => {
		const { worker, workspace } = await open([{ id: 'a', source: '1' }]);
		worker.state('a', 'done');
		worker.rest();
		expect(await hasSettled(workspace.settled())).toBe(true);
		workspace.delete('a');
		expect(await hasSettled(workspace.settled())).toBe(false);
		worker.rest();
		expect(await hasSettled(workspace.settled())).toBe(true);
	});

	test('a stopped cell is at rest; why the worker was replaced is known', async () => {
		const { worker, workspace } = await open([{ id: 'a', source: '1' }]);
		worker.replace('sandbox_memory');
		worker.state('a', 'stopped');
		const settled = workspace.settled();
		worker.say({ type: 'ready' });
		expect(await hasSettled(settled)).toBe(false);
		worker.rest();
		expect(await hasSettled(settled)).toBe(true);
		expect(workspace.warning).toBe('sandbox_memory');
	});

	test('a lost worker keeps nobody waiting, and says why', async () => {
		const { worker, workspace } = await open(THREE);
		const settled = workspace.settled();
		worker.fail('sandbox_no_worker');
		expect(await hasSettled(settled)).toBe(true);
		expect(workspace.lost).toBe('sandbox_no_worker');
		workspace.restart();
		expect(workspace.lost).toBe(null);
		expect(worker.told.filter(([what]) => what === 'start')).toHaveLength(2);
	});
});

describe('a text that a panel writes', () => {
	test('changes in several places as one step that can be taken back, and runs', async () => {
		const { workspace, worker, type } = await open([{ id: 'a', source: 'un deux trois' }]);
		const cell = workspace.cell('a');
		type('a', 'x');
		workspace.rewrite('a', [
			{ at: 1, length: 2, insert: 'UN' },
			{ at: 9, length: 5, insert: '' },
			{ at: 4, length: 0, insert: '+' }
		]);
		expect(cell?.source).toBe('xUN +deux ');
		expect(worker.last()[0]?.source).toBe('xUN +deux ');
		workspace.rewrite('a', [{ at: 0, length: 1, insert: '' }]);
		cell?.undo.undo();
		expect(cell?.source).toBe('xUN +deux ');
		cell?.undo.undo();
		expect(cell?.source).toBe('xun deux trois');
		workspace.rewrite('absente', [{ at: 0, length: 0, insert: 'x' }]);
		const lists = worker.lists().length;
		workspace.rewrite('a', []);
		expect(worker.lists()).toHaveLength(lists);
	});
});

describe('taking back and doing again', () => {
	/** A cell whose words were typed in its editor, and which was moved after. */
	async function typedAndMoved() {
		const page = await open([{ id: 'a', source: '1' }]);
		const { doc, workspace, ids } = page;
		workspace.insert(1, 'js', '');
		const id = ids()[1] ?? '';
		const view = workspace.cell(id);
		doc.transact(() => view?.text.insert(0, 'deux'), view?.undo);
		workspace.move(id, -1);
		return { ...page, id, words: () => workspace.cell(id)?.source };
	}

	test('goes on in order past a cell that went, with what was typed in it', async () => {
		const { workspace, ids, id, words } = await typedAndMoved();
		for (let i = 0; i < 3; i++) workspace.undo();
		expect(ids()).toEqual(['a']);
		workspace.redo();
		expect([ids(), words()]).toEqual([['a', id], '']);
		workspace.redo();
		expect([ids(), words()]).toEqual([['a', id], 'deux']);
		workspace.redo();
		expect(ids()).toEqual([id, 'a']);
		expect(workspace.redoable).toBe(false);
		// And back again, in the cell's new text.
		for (let i = 0; i < 2; i++) workspace.undo();
		expect([ids(), words()]).toEqual([['a', id], '']);
	});

	test('of words in a cell that was deleted and came back is of its new text', async () => {
		const { workspace, ids, id, words } = await typedAndMoved();
		workspace.delete(id);
		expect(ids()).toEqual(['a']);
		workspace.undo();
		expect([ids(), words()]).toEqual([[id, 'a'], 'deux']);
		for (let i = 0; i < 2; i++) workspace.undo();
		expect([ids(), words()]).toEqual([['a', id], '']);
	});

	test('of words in a cell that another deleted is not offered', async () => {
		const { doc, workspace } = await open(THREE);
		const view = workspace.cell('a');
		doc.transact(() => view?.text.insert(0, 'deux'), view?.undo);
		expect(workspace.undoable).toBe(true);
		const other = new Y.Doc();
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		deleteCell(other, 'a');
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		expect(workspace.undoable).toBe(false);
		expect(workspace.undo()).toBeNull();
	});

	test('of one change in several cells goes on in those that came back', async () => {
		const { workspace } = await open([
			{ id: 'a', source: 'x' },
			{ id: 'b', source: 'x' }
		]);
		const edit = [{ at: 0, length: 1, insert: 'y' }];
		workspace.rewriteAll(
			new Map([
				['a', edit],
				['b', edit]
			])
		);
		workspace.delete('b');
		for (let i = 0; i < 2; i++) workspace.undo();
		expect(['a', 'b'].map((id) => workspace.cell(id)?.source)).toEqual(['x', 'x']);
	});
});
